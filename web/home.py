"""The start page: what this is, where to sign in, and who you are once you have."""

from __future__ import annotations

from flask import Blueprint, Response, current_app
from werkzeug.exceptions import HTTPException

from web.render import page

_INTERFACES = (
    ("/v2/openapi.json", "home.engine_api"),
    ("/api/openapi.json", "home.counter_api"),
)


def add_routes(pages: Blueprint) -> None:
    """``GET /``."""
    pages.add_url_rule("/", "home", home)


def home() -> Response:
    """The start page of strangers and of those who are signed in."""
    return page("home.html", interfaces=[row for row in _INTERFACES if _exists(row[0])])


def _exists(path: str) -> bool:
    try:
        current_app.url_map.bind("").match(path)
    except HTTPException:
        return False
    return True
