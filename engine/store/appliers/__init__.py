"""Events to rows: one file per noun, one short function per event."""

from engine.store.appliers import (
    decisions,
    documents,
    dossiers,
    instances,
    interventions,
    jobs,
    legal_clocks,
    money,
    operations,
    papers,
    registers,
    rehoming,
    states,
    tasks,
    waits,
    webhooks,
)
from engine.store.appliers.registry import Projection, apply, registered

__all__ = [
    "Projection",
    "apply",
    "decisions",
    "documents",
    "dossiers",
    "instances",
    "interventions",
    "jobs",
    "legal_clocks",
    "money",
    "operations",
    "papers",
    "registered",
    "registers",
    "rehoming",
    "states",
    "tasks",
    "waits",
    "webhooks",
]
