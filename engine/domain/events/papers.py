"""Papers printed and numbers issued; what stands on a paper only as a digest."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.domain.events.event import Event
from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPrinted(Event):
    """``number`` counts the printings of a form; ``changed`` names what differs from the last."""

    wire = "motcua.paper.printed.v1"
    key: Key
    form: str
    number: int
    changed: tuple[str, ...] = ()
    content: str = field(default="", metadata={"private": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberIssued(Event):
    """A number of a register, never used again."""

    wire = "motcua.number.issued.v1"
    key: Key
    register: str
    series: str
    number: int
    text: str
    by: str
    code: str | None = None
