"""Rows of law were loaded or changed."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class LawChanged(Event):
    """``rows`` rows of a kind; ``digest`` is SHA-256 over them in canonical form."""

    wire = "motcua.law.changed.v1"
    kind: str
    rows: int
    digest: str
    origin: str
    decision: str | None = None
