"""From a printing command to the PDF: the content in a transaction, the setting after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from engine.domain.actors import Actor
from engine.domain.papers import qr_svg, template
from engine.ports.engine import Engine


def print_pdf(engine: Engine, command: object, actor: Actor) -> bytes:
    """The paper a command answers, as PDF."""
    result = engine.execute(command, actor).result
    files = {}
    if "once_qr" in result:
        files["qr.svg"] = qr_svg(str(result["once_qr"]))
    return engine.printer.print_pdf(
        template(),
        cast("Mapping[str, object]", result["once_data"]),
        files,
        made_at=datetime.fromisoformat(str(result["made_at"])),
    )
