"""A root moves from one unit to another: merged units, or a fact that changed."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.events.event import Event
from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class RootRehomed(Event):
    """Paths of units and ids of agencies, old to new; codes, receipts and signers stay.

    ``reason``: ``merge`` moves the counter that received too, ``facts`` only who decides.
    """

    wire = "motcua.instance.rehomed.v1"
    key: Key
    unit_from: str
    unit_to: str
    agencies: dict[str, str]
    reason: str
    decision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsMerged(Event):
    """Codes of the old units and of the one that took over, with day and decision."""

    wire = "motcua.unit.merged.v1"
    units: tuple[str, ...]
    into: str
    on: str
    decision: str
