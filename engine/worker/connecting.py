"""A connector behind a call: where it is, whether it is open, and how the call went."""

from __future__ import annotations

import logging
from datetime import datetime
from urllib.parse import quote, unquote

from engine.commands.connectors import NoteConnectorCall, OpenConnector
from engine.domain.actors import SYSTEM
from engine.domain.jobs.headers import Headers, HeaderUnfit
from engine.errors import NotFound
from engine.worker.tools import Tools

log = logging.getLogger("motcua.worker")


class Closed(Exception):
    """The connector is in maintenance, or down and spared for a while."""

    def __init__(self, until: datetime) -> None:
        super().__init__("closed")
        self.until = until


def open_connector(id: str, headers: Headers, tools: Tools) -> str:
    """The URL to call: the registry's, with the header ``path`` behind it."""
    try:
        found = tools.engine.execute(OpenConnector(id=id), SYSTEM).result
    except NotFound:
        raise HeaderUnfit("The header 'connector' names no connector in force.") from None
    until = found["closed_until"]
    if isinstance(until, datetime):
        raise Closed(until)
    path = headers.text("path", "").lstrip("/")
    if ".." in unquote(path).split("/"):
        raise HeaderUnfit("The header 'path' leaves the connector.")
    # What a variable brings along must not become another host, query or fragment by accident.
    return f"{str(found['url']).rstrip('/')}/{quote(path, safe='/?&=%:@,;~')}"


def note(id: str, failure: str | None, tools: Tools) -> None:
    """Keep how it went; a note that cannot be kept stops no call."""
    if not id:
        return
    try:
        tools.engine.execute(NoteConnectorCall(id=id, failure=failure), SYSTEM)
    except Exception as error:
        log.warning("health of connector %s not kept: %s", id, type(error).__name__)
