"""The built browser assets: hashed names from the manifest, served compressed and for good.

Without `make web` there is no manifest: pages then come without style and
script, complete and usable, and the log says what to run.
"""

from __future__ import annotations

import json
import logging
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, abort, request, send_from_directory, url_for

DIST = Path(__file__).parent / "static" / "dist"
_YEAR = 365 * 24 * 3600
_log = logging.getLogger(__name__)


@cache
def manifest() -> dict[str, str]:
    """Logical name -> file name of each built bundle."""
    try:
        names: dict[str, str] = json.loads((DIST / "manifest.json").read_text("utf-8"))
    except FileNotFoundError:
        _log.warning("the browser assets are not built, pages come without style: run `make web`")
        return {}
    return names


def asset(name: str) -> str | None:
    """The URL of a bundle such as ``main.css``, or None when nothing is built."""
    file = manifest().get(name)
    return url_for("web_assets.bundle", name=file) if file else None


def create_blueprint() -> Blueprint:
    """Serves ``/static/dist``; its files never change under one name."""
    blueprint = Blueprint("web_assets", __name__)
    blueprint.add_url_rule("/static/dist/<path:name>", "bundle", bundle)
    return blueprint


def bundle(name: str) -> Response:
    """One built file, in its gzip form where the browser takes it."""
    if name.endswith(".gz"):
        abort(404)
    packed = (
        "gzip" in request.headers.get("Accept-Encoding", "") and (DIST / f"{name}.gz").is_file()
    )
    response = send_from_directory(DIST, name, max_age=_YEAR) if not packed else _packed(name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Vary"] = "Accept-Encoding"
    response.cache_control.public = True
    response.cache_control.immutable = True
    return response


def _packed(name: str) -> Response:
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    response = send_from_directory(DIST, f"{name}.gz", mimetype=kind, max_age=_YEAR)
    response.headers["Content-Encoding"] = "gzip"
    return response
