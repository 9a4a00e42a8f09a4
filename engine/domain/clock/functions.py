"""The clock as functions of FEEL: ``deadline(start, term)``, ``working days between(a, b)``.

A date made by ``deadline`` remembers what it was made from, so that a timer or
task that uses it can be computed again. A wrong term or start is an error, not
null: a task must not lose its date in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Final

from engine.domain.clock.calendar import HANOI, working_days_between
from engine.domain.clock.law import LegalCalendars
from engine.domain.clock.legal import LegalDate, Origin, PauseRecord, amber_of, due_of
from engine.domain.clock.term import parse_term
from engine.errors import InvalidInput
from engine.feel import (
    FeelDate,
    FeelDateTime,
    FeelError,
    FeelFunction,
    FeelTime,
    HostFunction,
    from_datetime,
    parse_date_time,
    to_datetime,
)

DEADLINE: Final = ("deadline", "hạn trả")
BETWEEN: Final = ("working days between", "số ngày làm việc giữa")


class LegalFunctions:
    """Functions bound to a place, a procedure and the pauses so far."""

    def __init__(
        self,
        law: Callable[[], LegalCalendars],
        now: Callable[[], datetime],
        *,
        unit: str = "",
        procedure_code: str | None = None,
        pauses: Callable[[], tuple[PauseRecord, ...]] = tuple,
    ) -> None:
        self._law = law
        self._now = now
        self._unit = unit
        self._procedure_code = procedure_code
        self._pauses = pauses
        # Kept with the value: an id is only an identity while its object lives.
        self._made: dict[int, tuple[object, LegalDate]] = {}

    def functions(self) -> Mapping[str, FeelFunction]:
        """By name, in English and Vietnamese."""
        found: dict[str, FeelFunction] = {}
        for name in DEADLINE:
            found[name] = HostFunction(
                name, ["start", "term", "cut off"], self._deadline, optional=1
            )
        for name in BETWEEN:
            found[name] = HostFunction(name, ["from", "to"], self._between)
        return found

    def legal_date(self, value: object) -> LegalDate | None:
        """What this very value was made from; None when ``deadline`` did not make it."""
        found = self._made.get(id(value))
        return found[1] if found is not None and found[0] is value else None

    def _deadline(self, start: object, term: object, cut_off: object) -> FeelDateTime:
        law = self._law()
        origin = Origin(
            term=_term(term),
            start=_moment(start),
            unit=self._unit,
            procedure_code=self._procedure_code,
            cut_off=_hour(cut_off),
            calendar=law.version,
        )
        try:
            due = due_of(origin, law, self._now(), self._pauses()).at
        except InvalidInput as refusal:
            raise FeelError(f"deadline: {refusal.sentence}") from None
        amber = amber_of(origin, due, law)
        # With its offset, not the name of a zone: so it stands on slips and in JSON.
        value = from_datetime(due.replace(tzinfo=timezone(due.utcoffset() or timedelta())))
        self._made[id(value)] = (value, LegalDate(origin=origin, due_at=due, amber_at=amber))
        return value

    def _between(self, first: object, last: object) -> Decimal:
        calendar = self._law().calendar(self._unit)
        return Decimal(working_days_between(calendar, _day(first), _day(last)))


def _term(value: object) -> str:
    if not isinstance(value, str):
        raise FeelError('deadline: the term is a text such as "3WD"')
    try:
        return str(parse_term(value))
    except InvalidInput as refusal:
        raise FeelError(f"deadline: {refusal.sentence}") from None


def _moment(value: object) -> datetime:
    if isinstance(value, str):
        value = parse_date_time(value)
    if isinstance(value, FeelDate):
        value = FeelDateTime(value, FeelTime(0, 0, 0))
    if not isinstance(value, FeelDateTime):
        raise FeelError("deadline: the start is no date and time")
    moment = to_datetime(value)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=HANOI)


def _day(value: object) -> date:
    if isinstance(value, FeelDate):
        return date(value.year, value.month, value.day)
    try:
        return _moment(value).astimezone(HANOI).date()
    except FeelError:
        raise FeelError("working days between: two dates are needed") from None


def _hour(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, FeelTime):
        return f"{value.hour:02d}:{value.minute:02d}"
    try:
        return f"{time.fromisoformat(str(value)):%H:%M}"
    except ValueError:
        raise FeelError('deadline: the cut-off is a time such as "15:00"') from None
