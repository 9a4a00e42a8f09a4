"""Decisions made, by a process or by a caller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.domain.events.event import Event
from engine.domain.ids import InstanceRef, Key


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionEvaluated(Event):
    """One evaluation. ``decisions`` hold inputs, rules and results of each decision made on the
    way, the asked one last; their values may be personal, so they are private.
    """

    wire = "motcua.decision.evaluated.v1"
    key: Key
    decision_key: Key
    decision_id: str
    instance: InstanceRef | None = None
    element_key: Key | None = None
    failed: bool = False
    decisions: tuple[Mapping[str, object], ...] = field(default=(), metadata={"private": True})
