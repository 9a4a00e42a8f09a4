"""When a timer start event of a deployed definition is due."""

from __future__ import annotations

from datetime import datetime

from engine.errors import InvalidInput
from engine.feel import Environment, FeelError
from engine.ports.runtime import StartInfo
from engine.runtime.expression import ZONE, Feel, value_of
from engine.runtime.jsontext import dumps, loads
from engine.runtime.timer import Cycle, first_due, parse_cycle


def next_start(start: StartInfo, after: datetime, fired: int) -> datetime | None:
    """The first due time for ``fired`` 0, the one after ``after`` else; None when used up.

    There is no instance yet, so the expression sees no variables.
    """
    kind = start.timer_kind
    if kind is None:
        raise InvalidInput(f"'{start.element_id}' is no timer start event.", code="no-timer")
    try:
        text = _text(start, after)
        if fired == 0:
            return first_due(kind, text, after).at
        return _following(parse_cycle(text), after, fired) if kind == "cycle" else None
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


def _following(cycle: Cycle, after: datetime, fired: int) -> datetime | None:
    if 0 <= cycle.repetitions <= fired:
        return None
    if cycle.cron is not None:
        return cycle.cron.after(after, ZONE)
    if cycle.interval is None:
        return None
    if cycle.start is None:
        return cycle.interval.after(after, ZONE)
    # Counted from the anchor, so that P1M from the 31st stays on the 31st.
    count = fired
    due = cycle.interval.after(cycle.start, ZONE, count)
    while due <= after:
        count += 1
        due = cycle.interval.after(cycle.start, ZONE, count)
    return due
