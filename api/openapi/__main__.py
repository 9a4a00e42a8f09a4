"""Write the OpenAPI documents and the list of calls to docs."""

from __future__ import annotations

from pathlib import Path

from api.app import create_app
from api.openapi import FOLDER, TITLES, dump
from api.openapi.calls import FILE, calls_page
from api.openapi.events import PAGE, SCHEMAS, events_page, events_schemas
from engine.settings import Settings


def main() -> None:
    """Write all of them."""
    app = create_app(None, Settings())  # type: ignore[arg-type] # documents need no engine
    FOLDER.mkdir(parents=True, exist_ok=True)
    for door in TITLES:
        document = app.extensions["motcua"]["document"](door)
        (FOLDER / f"{door}.json").write_text(dump(document), encoding="utf-8")
    Path(PAGE).write_text(events_page(), encoding="utf-8")
    Path(SCHEMAS).write_text(events_schemas(), encoding="utf-8")
    Path(FILE).write_text(calls_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
