"""Put the pages into a Flask application that serves the APIs already."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, current_app, g, request
from werkzeug.exceptions import HTTPException

from engine.errors import Rejected
from engine.ports.engine import Engine
from web import bundles, cookies, csrf, desk, dossiers, failures, home, signing, tasks
from web.headers import protect
from web.messages import LANGUAGES
from web.render import see_other
from web.visitor import current, recognise, stranger


def register(app: Flask, engine: Engine) -> None:
    """Add pages, assets and error pages to ``app``."""
    for blueprint in create_blueprints(engine):
        app.register_blueprint(blueprint)
    app.jinja_env.globals["demo"] = engine.settings.demo
    failures.install(app)


def create_blueprints(engine: Engine) -> tuple[Blueprint, ...]:
    """The pages' blueprints; one engine serves all of them."""
    pages = Blueprint("web", __name__, template_folder="templates")
    pages.before_request(lambda: _recognise(engine))
    pages.before_request(_switch_language)
    pages.before_request(_refuse_forged_posts)
    pages.after_request(_finish)
    pages.register_error_handler(HTTPException, failures.http_page)
    pages.register_error_handler(Rejected, failures.rejected_page)
    pages.register_error_handler(Exception, failures.bug_page)
    home.add_routes(pages)
    signing.add_routes(pages, engine)
    for area in (desk, tasks, dossiers):
        area.add_routes(pages, engine)
    return pages, bundles.create_blueprint()


def _recognise(engine: Engine) -> None:
    # A stranger stands in first: the error page of a failing database needs one too.
    g.visitor = stranger(request)
    g.visitor = recognise(request, engine)


def _switch_language() -> Response | None:
    chosen = request.args.get("lang")
    if request.method != "GET" or chosen not in LANGUAGES:
        return None
    answer = see_other(request.path)
    cookies.put(request, answer, cookies.LANGUAGE, chosen)
    return answer


def _refuse_forged_posts() -> Response | None:
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return None
    own = f"{request.scheme}://{request.host}"
    ours = csrf.from_this_site(
        request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin"), own
    )
    presented = request.headers.get(csrf.HEADER) or request.form.get(csrf.FIELD, "")
    if ours and csrf.holds(current().form_secret, presented):
        return None
    current_app.logger.info("post to %s refused: not from a page of this visitor", request.path)
    return failures.form_page()


def _finish(response: Response) -> Response:
    visitor = current()
    if visitor.new_secret:
        cookies.put(request, response, cookies.VISITOR, visitor.form_secret)
    return protect(response, nonce=visitor.nonce, https=request.is_secure)
