"""Events to rows: one file per noun, one short function per event."""

from engine.store.appliers import (
    decisions,
    instances,
    interventions,
    jobs,
    operations,
    states,
    tasks,
    waits,
)
from engine.store.appliers.registry import Projection, apply, registered

__all__ = [
    "Projection",
    "apply",
    "decisions",
    "instances",
    "interventions",
    "jobs",
    "operations",
    "registered",
    "states",
    "tasks",
    "waits",
]
