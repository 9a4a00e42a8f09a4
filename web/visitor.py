"""Who looks at a page: language, live session and the secret their forms are signed with."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask import Request, g

from engine.ports.engine import Engine, Session
from web import cookies
from web.messages import LANGUAGES, Catalogue, catalogue


@dataclass(slots=True, kw_only=True)
class Visitor:
    """One request's visitor. ``form_secret`` is the session's, or a visitor cookie's."""

    words: Catalogue
    nonce: str
    session: Session | None = None
    form_secret: str = ""
    new_secret: bool = False

    def secret(self) -> str:
        """The secret to sign a form with; a visitor without one is given one."""
        if not self.form_secret:
            self.form_secret = secrets.token_urlsafe(32)
            self.new_secret = True
        return self.form_secret


def stranger(request: Request) -> Visitor:
    """A visitor known by language only, without asking the engine."""
    asked = request.args.get("lang") or cookies.read(request, cookies.LANGUAGE)
    language = asked if asked in LANGUAGES else LANGUAGES[0]
    return Visitor(words=catalogue(language), nonce=secrets.token_urlsafe(18))


def recognise(request: Request, engine: Engine) -> Visitor:
    """The visitor with their live session, when the cookie still opens one."""
    visitor = stranger(request)
    if cookie := cookies.read(request, cookies.SESSION):
        visitor.session = engine.session(cookie)
    if visitor.session:
        visitor.form_secret = visitor.session.csrf
    else:
        visitor.form_secret = cookies.read(request, cookies.VISITOR)
    return visitor


def current() -> Visitor:
    """The visitor of the request being answered."""
    visitor: Visitor = g.visitor
    return visitor
