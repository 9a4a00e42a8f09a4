"""When a timer start event of a deployed definition is due."""

from __future__ import annotations

from datetime import datetime

from engine.errors import InvalidInput
from engine.feel import Environment, FeelError
from engine.ports.runtime import StartInfo
from engine.runtime.expression import ZONE, Feel, value_of
from engine.runtime.jsontext import dumps, loads
from engine.runtime.timer import first_due, parse_cycle


def next_start(
    start: StartInfo, deployed_at: datetime, now: datetime | None = None
) -> datetime | None:
    """The first due time, or with ``now`` the one later than that; None when used up.

    A cycle counts from the deployment, so it neither drifts when it fires late nor
    makes up for what was missed. There is no instance yet: the expression sees no variables.
    """
    kind = start.timer_kind
    if kind is None:
        raise InvalidInput(f"'{start.element_id}' is no timer start event.", code="no-timer")
    try:
        text = _text(start, deployed_at)
        if now is None:
            return first_due(kind, text, deployed_at).at
        return parse_cycle(text).after(deployed_at, now) if kind == "cycle" else None
    except (ValueError, FeelError) as error:
        raise InvalidInput(f"Timer of '{start.element_id}': {error}", code="timer") from None


def _text(start: StartInfo, now: datetime) -> str:
    compiled = value_of(start.expression)
    if not isinstance(compiled, Feel):
        return start.expression or ""
    value = compiled.run({}, Environment(now=lambda: now, zone=ZONE))
    text = value if isinstance(value, str) else loads(dumps(value))
    if not isinstance(text, str):
        raise ValueError("the expression gives neither a time nor a duration")
    return text
