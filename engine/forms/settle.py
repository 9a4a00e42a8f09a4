"""Which fields are shown, locked and computed for given data: rounds until nothing changes.

A hidden field has no value for any expression, a locked one has the process's
value, a computed one the expression's. One may depend on another, so the form is
evaluated again until two rounds agree; a form that never agrees is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.feel import Environment, FeelError
from engine.forms.compose import State, compose
from engine.forms.expressions import Expression, FormScope, as_feel, as_json
from engine.forms.model import Component, Path, Switch
from engine.forms.pointers import get

MAX_ROUNDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One component where it stands now: in the form, or in a certain row.

    ``path`` is where its value lives, empty for a component without one;
    ``movable`` when it stands in a row that may change its index.
    """

    component: Component
    path: Path
    row: Path
    scope: FormScope
    hidden: bool
    locked: bool
    movable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The form for certain answers: what stands where, and the data it then shows.

    ``broken`` are the places whose expression is too costly to evaluate;
    ``stable`` is False when the conditions never agreed.
    """

    placed: tuple[Placed, ...]
    data: Mapping[str, object]
    state: State
    broken: tuple[Path, ...]
    stable: bool


def settle(
    components: Sequence[Component],
    answers: Mapping[str, object],
    context: Mapping[str, object],
    env: Environment,
) -> Settled:
    """Evaluate conditions, locks and computed values until they agree with each other."""
    state = State()
    size = sum(1 for top in components for _ in top.walk())
    for _ in range(min(MAX_ROUNDS, 3 + size)):
        data = compose(components, answers, context, state)
        look = _Look(env, data)
        look.walk(components, (), (), look.root, False)
        stable = look.state == state
        state = look.state
        if stable:
            break
    return Settled(
        placed=tuple(look.placed),
        data=data,
        state=state,
        broken=tuple(look.broken),
        stable=stable,
    )


class _Look:
    def __init__(self, env: Environment, data: Mapping[str, object]) -> None:
        self.state = State()
        self.placed: list[Placed] = []
        self.broken: list[Path] = []
        self.movable: set[Path] = set()
        self.root = FormScope(as_feel(data), env)

    def walk(
        self,
        components: Sequence[Component],
        prefix: tuple[str, ...],
        row: Path,
        scope: FormScope,
        hidden: bool,
    ) -> None:
        for component in components:
            place = (*prefix, *component.steps)
            gone = self.place(component, place, row, scope, hidden)
            if component.binding == "group":
                self.walk(component.children, place, row, scope, gone)
            elif component.binding == "list" and not gone:
                self.rows(component, (*row, *place), row, scope)
            elif component.compute is not None and not gone:
                path: Path = (*row, *place)
                self.state.computed[path] = self.value(component.compute, scope, path)

    def place(
        self,
        component: Component,
        place: tuple[str, ...],
        row: Path,
        scope: FormScope,
        hidden: bool,
    ) -> bool:
        path: Path = (*row, *place) if component.steps else ()
        gone = hidden or self.switch(component.hide, scope, path)
        locked = self.switch(component.readonly, scope, path) or self.switch(
            component.disabled, scope, path
        )
        if gone:
            self.state.hidden.add((component.id, row))
        if locked:
            self.state.locked.add((component.id, row))
        self.placed.append(
            Placed(
                component=component,
                path=path,
                row=row,
                scope=scope,
                hidden=gone,
                locked=locked,
                movable=row in self.movable,
            )
        )
        return gone

    def rows(self, component: Component, path: Path, row: Path, scope: FormScope) -> None:
        items = get(self.root.data, path)
        movable = row in self.movable or not (component.rows and component.rows.fixed)
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if movable:
                self.movable.add((*path, index))
            self.walk(component.children, (), (*path, index), scope.inner(item, index), False)

    def switch(self, switch: Switch | None, scope: FormScope, path: Path) -> bool:
        if isinstance(switch, Expression):
            return self.value(switch, scope, path) is True
        return switch is True

    def value(self, expression: Expression, scope: FormScope, path: Path) -> object:
        try:
            return as_json(expression.evaluate(scope))
        except FeelError:
            self.broken.append(path)
            return None
