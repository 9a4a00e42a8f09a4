"""The choices of a select, radio, checklist or taglist: written in the form, or from data."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from engine.feel import FeelError
from engine.forms.expressions import as_json
from engine.forms.model import Options
from engine.forms.pointers import MISSING, get
from engine.forms.settle import Placed


def choices(placed: Placed, context: Mapping[str, object]) -> tuple[tuple[object, str], ...] | None:
    """(value, label) pairs in order, or None when the field has no list now."""
    options = placed.component.options
    if options is None:
        return None
    if options.static is not None:
        return options.static
    found = _found(options, placed, context)
    if not isinstance(found, list):
        return None
    return tuple(pair for pair in map(_pair, found) if pair is not None)


def _found(options: Options, placed: Placed, context: Mapping[str, object]) -> object:
    if options.expression is None:
        steps = str(options.key).split(".")
        found = get(context, steps)
        # A list the person fills in elsewhere on this form may be the source as well.
        return get(placed.scope.data, steps) if found is MISSING else found
    try:
        return as_json(options.expression.evaluate(placed.scope))
    except FeelError:
        return None


def _pair(item: object) -> tuple[object, str] | None:
    if isinstance(item, Mapping):
        value, label = item.get("value"), item.get("label")
        if value in (None, "", {}, []):
            return None
        return value, label if isinstance(label, str) and label else str(value)
    if item in (None, "", []):
        return None
    return item, str(item)


def same(one: object, other: object) -> bool:
    """JSON equality: 1 and 1.0 are one number, true is no number."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float | Decimal) and isinstance(other, int | float | Decimal):
        return Decimal(str(one)) == Decimal(str(other))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other
