"""The half of the check that depends on other values: conditions, FEEL limits, live options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from engine.feel import FeelError
from engine.forms.expressions import Expression, as_json
from engine.forms.model import FormFault, Limit
from engine.forms.options import choices, same
from engine.forms.pointers import MISSING, get
from engine.forms.sentences import fault
from engine.forms.settle import Placed
from engine.forms.temporal import exists, is_past


def field_faults(
    placed: Placed, value: object, context: Mapping[str, object]
) -> Iterator[FormFault]:
    """What is wrong with one shown, open field; ``value`` is MISSING when nothing was sent."""
    component = placed.component
    if _empty(value) or (value is False and component.type == "checkbox"):
        if component.rules.required:
            yield fault("required", placed.path, component)
        return
    if component.options is not None:
        yield from _choice(placed, value, context)
    elif component.type in ("textfield", "textarea") and isinstance(value, str):
        yield from _lengths(placed, value)
    elif component.type == "number":
        yield from _number(placed, value)
    elif component.type == "datetime" and isinstance(value, str):
        yield from _moment(placed, value)
    elif component.type == "filepicker" and isinstance(value, list):
        yield from _several(placed, value)


def _empty(value: object) -> bool:
    return value is MISSING or value is None or value == "" or value == []


def _choice(placed: Placed, value: object, context: Mapping[str, object]) -> Iterator[FormFault]:
    component = placed.component
    if component.options is None or component.options.static is not None:
        return
    known = choices(placed, context)
    if known is None:
        yield fault("no-options", placed.path, component)
        return
    many = component.type in ("checklist", "taglist")
    for one in value if many and isinstance(value, list) else [value]:
        if not any(same(one, choice) for choice, _ in known):
            yield fault("not-an-option", placed.path, component)
            return


def _lengths(placed: Placed, value: str) -> Iterator[FormFault]:
    rules = placed.component.rules
    least = _live(rules.min_length, placed)
    most = _live(rules.max_length, placed)
    if least is not None and len(value) < least:
        yield fault("too-short", placed.path, placed.component, least)
    if most is not None and len(value) > most:
        yield fault("too-long", placed.path, placed.component, most)


def _number(placed: Placed, value: object) -> Iterator[FormFault]:
    component, rules = placed.component, placed.component.rules
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return
    # As text the number escapes the schema's own limits; FEEL limits always do.
    bound = _bound if component.properties.get("serializeToString") is True else _live
    least, most = bound(rules.minimum, placed), bound(rules.maximum, placed)
    if least is not None and number < least:
        yield fault("minimum", placed.path, component, least)
    if most is not None and number > most:
        yield fault("maximum", placed.path, component, most)
    digits = rules.decimal_digits
    exponent = number.normalize().as_tuple().exponent
    if digits is not None and isinstance(exponent, int) and -exponent > digits:
        yield fault("decimal-digits", placed.path, component, digits)
    if rules.increment and _remainder(number, Decimal(rules.increment)):
        yield fault("increment", placed.path, component, rules.increment)


def _remainder(number: Decimal, step: Decimal) -> bool:
    try:
        return bool(step) and number % step != 0
    except InvalidOperation:  # the quotient has more digits than a decimal holds
        return True


def _several(placed: Placed, value: list[object]) -> Iterator[FormFault]:
    multiple = placed.component.multiple
    if isinstance(multiple, Expression) and len(value) > 1:
        try:
            allowed = multiple.evaluate(placed.scope) is True
        except FeelError:
            allowed = False
        if not allowed:
            yield fault("too-many-rows", placed.path, placed.component, 1)


def _live(limit: Limit, placed: Placed) -> Decimal | None:
    return _bound(limit, placed) if isinstance(limit, Expression) else None


def _bound(limit: Limit, placed: Placed) -> Decimal | None:
    if limit is None:
        return None
    try:
        found = as_json(limit.evaluate(placed.scope)) if isinstance(limit, Expression) else limit
        return None if found is None or isinstance(found, bool) else Decimal(str(found))
    except (FeelError, InvalidOperation):
        return None


def _moment(placed: Placed, value: str) -> Iterator[FormFault]:
    component = placed.component
    if not exists(component, value):
        subtype = str(component.properties.get("subtype", "date"))
        yield fault(subtype, placed.path, component)
    elif component.properties.get("disallowPassedDates") is True:
        env = placed.scope.env
        if is_past(component, value, env.now(), env.zone):
            yield fault("past-date", placed.path, component)


def lock_faults(
    placed: Placed, answers: Mapping[str, object], context: Mapping[str, object]
) -> Iterator[FormFault]:
    """A locked field may be sent back as it was, never changed."""
    given = get(answers, placed.path)
    if given is MISSING or given is None:
        return
    known = get(context, placed.path)
    if known is not MISSING and same(given, known):
        return
    if placed.movable and _elsewhere(placed, given, context):
        return
    yield fault("read-only", placed.path, placed.component)


def _elsewhere(placed: Placed, given: object, context: Mapping[str, object]) -> bool:
    # In a list that grows and shrinks a row's index says nothing: any row's value will do.
    rows = get(context, placed.row[:-1])
    inside = placed.path[len(placed.row) :]
    return isinstance(rows, list) and any(
        known is not MISSING and same(given, known) for known in (get(r, inside) for r in rows)
    )
