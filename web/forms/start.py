"""The answers a form begins with: default values and the first rows of its lists.

Only where the process has no value yet: what somebody answered before wins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.forms import Component, Form
from engine.forms.pointers import MISSING, get, put


def first_answers(form: Form, context: Mapping[str, object]) -> dict[str, object]:
    """Answers for a form nobody has touched."""
    out: dict[str, object] = {}
    _begin(form.components, (), context, out)
    return out


def _begin(
    components: Sequence[Component],
    prefix: tuple[str, ...],
    context: Mapping[str, object],
    out: dict[str, object],
) -> None:
    for component in components:
        place = (*prefix, *component.steps)
        if component.binding == "group":
            _begin(component.children, place, context, out)
        elif component.rows is not None:
            if not component.rows.fixed and not isinstance(get(context, place), list):
                put(out, place, [new_row(component) for _ in range(component.rows.default)])
        elif component.binding == "value" and get(context, place) in (MISSING, None):
            default = component.properties.get("defaultValue")
            if default is not None and not component.computed:
                put(out, place, default)


def new_row(component: Component) -> dict[str, object]:
    """A row that was just added."""
    row: dict[str, object] = {}
    _begin(component.children, (), {}, row)
    return row
