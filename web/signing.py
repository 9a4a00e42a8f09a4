"""Signing in and out. A new session each time, so a secret planted before is worth nothing."""

from __future__ import annotations

import unicodedata

from flask import Blueprint, Response, request

from engine.commands.log_in import LogIn, LogOut
from engine.domain.actors import SYSTEM
from engine.errors import NotAuthenticated
from engine.packages.seed import DEMO_ACCOUNTS
from engine.ports.engine import Engine
from web import cookies
from web.render import local_path, page, see_other
from web.visitor import current

_NOTICES = {"signed-out": "signin.signed_out", "first": "signin.first"}


def add_routes(pages: Blueprint, engine: Engine) -> None:
    """``GET`` and ``POST /sign-in``, ``POST /sign-out``."""
    doors = Doors(engine)
    pages.add_url_rule("/sign-in", "sign_in_form", doors.sign_in_form, methods=["GET"])
    pages.add_url_rule("/sign-in", "sign_in", doors.sign_in, methods=["POST"])
    pages.add_url_rule("/sign-out", "sign_out", doors.sign_out, methods=["POST"])


class Doors:
    """The views of signing in and out, over one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # In a demonstration the page says who can sign in: nothing there is secret.
        self._accounts = DEMO_ACCOUNTS if engine.settings.demo else ()

    def sign_in_form(self) -> Response:
        """The form; who is signed in already goes on to where they wanted to be."""
        if current().session:
            return see_other(local_path(request.args.get("next", "/")))
        return self._form({}, "")

    def sign_in(self) -> Response:
        """Open a session, or show the form again with what is wrong."""
        name = unicodedata.normalize("NFC", request.form.get("name", "").strip())
        password = request.form.get("password", "")
        errors = _missing(name, password)
        if not errors:
            try:
                return self._open(name, password)
            except NotAuthenticated as refusal:
                throttled = refusal.reason == "locked-out"
                errors = {"name": "signin.throttled" if throttled else "signin.refused"}
        return self._form(errors, name)

    def sign_out(self) -> Response:
        """Close the session; without one this is the same page."""
        self._close()
        answer = see_other("/sign-in?notice=signed-out")
        cookies.drop(request, answer, cookies.SESSION)
        return answer

    def _open(self, name: str, password: str) -> Response:
        opened = self._engine.execute(LogIn(name=name, password=password), SYSTEM).result
        self._close()
        answer = see_other(local_path(request.form.get("next", "/")))
        cookies.put(request, answer, cookies.SESSION, str(opened["secret"]))
        cookies.drop(request, answer, cookies.VISITOR)
        return answer

    def _close(self) -> None:
        if session := current().session:
            secret = cookies.read(request, cookies.SESSION)
            self._engine.execute(LogOut(secret=secret), session.actor)

    def _form(self, errors: dict[str, str], name: str) -> Response:
        return page(
            "sign_in.html",
            400 if errors else 200,
            errors=errors,
            notice=_NOTICES.get(request.args.get("notice", "")),
            accounts=self._accounts,
            name=name,
            next=local_path(request.values.get("next", "/")),
        )


def _missing(name: str, password: str) -> dict[str, str]:
    if not cookies.may_sign_in(request):
        return {"name": "signin.insecure"}
    errors = {}
    if not name:
        errors["name"] = "signin.name_missing"
    if not password:
        errors["password"] = "signin.password_missing"  # noqa: S105 - the key of a text
    return errors
