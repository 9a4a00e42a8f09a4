"""Papers: a typst template and its data become a PDF."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, Protocol

from engine.errors import MotcuaError

Reason = Literal["pdf-template", "pdf-timeout", "pdf-package"]


class PdfFailed(MotcuaError):
    """No paper: the template is wrong, takes too long, or asks for a package of the network."""

    code = "pdf-failed"

    def __init__(self, reason: Reason, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.sentence = sentence


class PdfPrinter(Protocol):
    """Prints without touching network or database."""

    def print_pdf(
        self,
        template: str,
        data: Mapping[str, object],
        files: Mapping[str, bytes] | None = None,
        *,
        made_at: datetime,
    ) -> bytes:
        """The template sees ``json("data.json")`` and ``files`` by name.

        PDF/A with a text layer; equal arguments give equal bytes. ``PdfFailed`` otherwise.
        """
