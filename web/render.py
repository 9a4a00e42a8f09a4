"""One way to make a page: template, words, assets and form token of the current visitor."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, make_response, render_template, request

from web import csrf
from web.bundles import asset
from web.messages import LANGUAGES
from web.visitor import current


def page(template: str, status: int = 200, **context: object) -> Response:
    """Render ``template`` for the current visitor."""
    visitor = current()
    html = render_template(
        template,
        t=visitor.words,
        language=visitor.words.language,
        languages=LANGUAGES,
        nonce=visitor.nonce,
        actor=visitor.session.actor if visitor.session else None,
        form_token=lambda: csrf.token(visitor.secret()),
        asset=asset,
        here=request.path,
        **context,
    )
    return make_response(html, status)


def see_other(path: str) -> Response:
    """Go to another page of this site with a GET."""
    return Response(status=303, headers={"Location": path})


def local_path(target: str) -> str:
    """``target`` when it is a path of this site, else the start page; no open redirect."""
    parts = urlsplit(target)
    local = target.startswith("/") and not target.startswith(("//", "/\\"))
    clean = all(character >= " " and character != "\\" for character in target)
    return target if local and clean and not (parts.scheme or parts.netloc) else "/"
