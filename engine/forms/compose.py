"""The process's variables with the answers laid over them, as the form shows them."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from engine.forms.model import Component, Path, Rows
from engine.forms.pointers import MISSING, drop, get, put

Spot: TypeAlias = tuple[str, Path]
"""A component in one row: its id and the path of the row (empty: the form itself)."""

MAX_ROWS = 1_000
_TEXTS = {"textfield", "textarea"}


@dataclass(slots=True)
class State:
    """What one round of evaluation found."""

    hidden: set[Spot] = field(default_factory=set)
    locked: set[Spot] = field(default_factory=set)
    computed: dict[Path, object] = field(default_factory=dict)


def roots(components: Sequence[Component]) -> dict[str, None]:
    """The variable names a form reads and writes, in document order."""
    found: dict[str, None] = {}
    for component in components:
        if component.steps:
            found[component.steps[0]] = None
        elif component.binding == "group":
            found.update(roots(component.children))
    return found


def compose(
    components: Sequence[Component],
    answers: Mapping[str, object],
    context: Mapping[str, object],
    state: State,
    *,
    keep_hidden: bool = False,
) -> dict[str, object]:
    """Variables and answers as one tree; neither is changed.

    A hidden field has no value in it, or with ``keep_hidden`` the variable's.
    """
    bound = roots(components)
    data = {
        name: copy.deepcopy(value) if name in bound else value for name, value in context.items()
    }
    _Overlay(state, keep_hidden).lay(components, (), context, answers, data, ())
    return data


@dataclass(frozen=True, slots=True)
class _Overlay:
    state: State
    keep_hidden: bool

    def lay(
        self,
        components: Sequence[Component],
        prefix: tuple[str, ...],
        context: object,
        answers: object,
        out: dict[str, object],
        row: Path,
    ) -> None:
        for component in components:
            place = (*prefix, *component.steps)
            if component.binding == "group":
                self.lay(component.children, place, context, answers, out, row)
            elif component.binding == "none":
                continue
            elif (component.id, row) in self.state.hidden:
                if not self.keep_hidden:
                    drop(out, place)
            elif component.computed:
                put(out, place, copy.deepcopy(self.state.computed.get((*row, *place))))
            elif component.binding == "list":
                put(out, place, self.rows(component, place, context, answers, row))
            elif (component.id, row) not in self.state.locked:
                given = get(answers, place)
                if given is not MISSING:
                    put(out, place, _answer(component, given))

    def rows(
        self,
        component: Component,
        place: tuple[str, ...],
        context: object,
        answers: object,
        row: Path,
    ) -> list[object]:
        rows = component.rows or Rows()
        before, given = get(context, place), get(answers, place)
        known = before if isinstance(before, list) else []
        if isinstance(given, list):
            count = len(given)
        else:
            count = len(known) if isinstance(before, list) else rows.default * rows.fixed
        # A row added or removed shifts the others: only fixed rows keep what the form hides.
        keep = rows.fixed or not isinstance(given, list)
        out: list[object] = []
        for index in range(min(count, MAX_ROWS)):
            old = known[index] if keep and index < len(known) else {}
            item = copy.deepcopy(old) if isinstance(old, dict) else {}
            answer = given[index] if isinstance(given, list) else {}
            where: Path = (*row, *place, index)
            self.lay(component.children, (), old, answer, item, where)
            if not rows.fixed:
                self.unlocked(component.children, answer, item, where)
            out.append(item)
        return out

    def unlocked(
        self,
        components: Sequence[Component],
        answer: object,
        item: dict[str, object],
        row: Path,
    ) -> None:
        # In rows that may move, a locked value travels with its row; check has compared it.
        for component in components:
            if component.binding == "value" and (component.id, row) in self.state.locked:
                given = get(answer, component.steps)
                if given is not MISSING:
                    put(item, component.steps, copy.deepcopy(given))


def _answer(component: Component, given: object) -> object:
    if given == "" and component.type not in _TEXTS:
        return None
    return copy.deepcopy(given)
