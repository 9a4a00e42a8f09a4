"""Two versions side by side: what the law, the people and the diagram see differently."""

from __future__ import annotations

from collections.abc import Iterator

from engine.packages.changes.change import Change
from engine.packages.changes.drawing import drawing_changes
from engine.packages.changes.law import law_changes
from engine.packages.changes.tables import decision_changes, form_changes
from engine.packages.model import Package


def compare(old: Package, new: Package) -> Iterator[Change]:
    """The changes from ``old`` to ``new``; both must have a readable ``procedure.yml``."""
    yield from law_changes(old.facts, new.facts)
    yield from drawing_changes(old, new)
    yield from decision_changes(old, new)
    yield from form_changes(old, new)
