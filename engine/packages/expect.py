"""Comparisons of a scenario with what an engine shows; ``Differs`` says both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from engine.forms.options import same
from engine.packages.driver import OpenTask


class Differs(Exception):
    """The engine shows something else than the scenario tells."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi = vi
        self.en = en


def open_tasks(wanted: Sequence[str], tasks: Sequence[OpenTask]) -> None:
    """Exactly these tasks are open."""
    expected, found = Counter(wanted), Counter(task.element_id for task in tasks)
    if expected != found:
        raise Differs(
            f"chờ các công việc {listed(expected)}, đang mở: {listed(found)}",
            f"expected the tasks {listed(expected)}, open are: {listed(found)}",
        )


def one(element_id: str, tasks: Sequence[OpenTask]) -> OpenTask:
    """The first open task of an element."""
    for task in tasks:
        if task.element_id == element_id:
            return task
    found = listed(Counter(task.element_id for task in tasks))
    raise Differs(
        f"không có công việc {element_id} đang mở; đang mở: {found}",
        f"no task {element_id} is open; open are: {found}",
    )


def due(task: OpenTask, wanted: datetime) -> None:
    """The task is due then."""
    if task.due_at != wanted:
        shown = task.due_at.isoformat() if task.due_at else "-"
        raise Differs(
            f"hạn của {task.element_id} phải là {wanted.isoformat()}, đang là {shown}",
            f"{task.element_id} should be due {wanted.isoformat()}, is due {shown}",
        )


def groups(task: OpenTask, wanted: Sequence[str]) -> None:
    """The task is for these groups."""
    if sorted(task.groups) != sorted(wanted):
        raise Differs(
            f"nhóm của {task.element_id} phải là {list(wanted)}, đang là {list(task.groups)}",
            f"{task.element_id} should be for {list(wanted)}, is for {list(task.groups)}",
        )


def variables(wanted: Mapping[str, object], known: Mapping[str, object]) -> None:
    """Each path holds its value."""
    for path, value in wanted.items():
        found = at(known, path)
        if not same(found, value):
            raise Differs(
                f"biến {path} phải là {value!r}, đang là {found!r}",
                f"variable {path} should be {value!r}, is {found!r}",
            )


def at(tree: object, path: str) -> object:
    """The value at a dotted path, list places from 0; None when there is none."""
    for step in path.split("."):
        if isinstance(tree, Mapping):
            tree = tree.get(step)
        elif isinstance(tree, list) and step.isdigit() and int(step) < len(tree):
            tree = tree[int(step)]
        else:
            return None
    return tree


def listed(counts: Mapping[str, int]) -> str:
    """Ids with their numbers, for a sentence."""
    shown = [name if n == 1 else f"{name} ×{n}" for name, n in sorted(counts.items())]
    return ", ".join(shown) or "-"
