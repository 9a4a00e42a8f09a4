"""Write the OpenAPI documents to docs/openapi."""

from __future__ import annotations

from api.app import create_app
from api.openapi import FOLDER, TITLES, dump
from engine.settings import Settings


def main() -> None:
    """Write both documents."""
    app = create_app(None, Settings())  # type: ignore[arg-type] # documents need no engine
    FOLDER.mkdir(parents=True, exist_ok=True)
    for door in TITLES:
        document = app.extensions["motcua"]["document"](door)
        (FOLDER / f"{door}.json").write_text(dump(document), encoding="utf-8")


if __name__ == "__main__":
    main()
