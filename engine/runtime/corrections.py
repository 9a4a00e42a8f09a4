"""What a ``creating`` task listener may change of the task that is about to be there.

The names are those of ``/v2``. An assignee given by the model stands: only a
task without one gets it here. None keeps a value, an empty text or list clears it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from engine.domain.events import TaskCreated
from engine.errors import InvalidInput
from engine.runtime.timer import parse_instant

NAMES: Final = frozenset(
    ("assignee", "dueDate", "followUpDate", "candidateUsers", "candidateGroups", "priority")
)


def check(corrections: Mapping[str, Any]) -> None:
    """``InvalidInput`` names what no task can have."""
    for name, value in corrections.items():
        if name not in NAMES:
            raise InvalidInput(f"A task has no '{name}' to correct.", code="correction-unfit")
        if value is not None and not _fits(name, value):
            raise InvalidInput(f"The correction of '{name}' is unfit.", code="correction-unfit")


def _fits(name: str, value: object) -> bool:
    if name == "priority":
        return not isinstance(value, bool) and isinstance(value, int) and 0 <= value <= 100
    if name.startswith("candidate"):
        return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)
    if not isinstance(value, str):
        return False
    try:
        return name == "assignee" or not value or parse_instant(value) is not None
    except ValueError:
        return False


def corrected(event: TaskCreated, corrections: Mapping[str, Any]) -> TaskCreated:
    """The task as the listeners want it; the values were checked when they came."""
    changes: dict[str, Any] = {}
    for name, value in corrections.items():
        if value is None:
            continue
        if name == "assignee":
            changes["assignee"] = event.assignee or value or None
        elif name == "priority":
            changes["priority"] = int(value)
        elif name == "candidateUsers":
            changes["candidate_users"] = tuple(value)
        elif name == "candidateGroups":
            changes["candidate_groups"] = tuple(value)
        else:
            changes["due_at" if name == "dueDate" else "follow_up_at"] = _instant(value)
    return replace(event, **changes)


def _instant(text: str) -> datetime | None:
    return parse_instant(text) if text else None
