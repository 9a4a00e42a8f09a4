"""The clock's values as plain JSON data and back, the same for every door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, cast, get_args

from engine.domain.clock.calendar import DayRule
from engine.domain.clock.due import Due
from engine.domain.clock.explanation import Line
from engine.domain.clock.law import LegalCalendars
from engine.domain.clock.pauses import Pause, PauseKind
from engine.errors import Fault, InvalidInput

PAUSE_KINDS: Final = get_args(PauseKind)


def derivation(lines: Iterable[Line]) -> list[dict[str, object]]:
    """One object per day: date, what counted, rule id, source and sentence in both languages."""
    return [
        {
            "date": line.date.isoformat(),
            "counted": format(line.counted, "f"),
            "rule": line.rule,
            "source": dict(line.source_text),
            "verified": line.verified,
            "text": dict(line.text),
        }
        for line in lines
    ]


def day_document(rule: DayRule) -> dict[str, object]:
    """A day off or worked, as lists of calendars show it."""
    return {
        "date": rule.date.isoformat(),
        "kind": rule.kind,
        "name": dict(rule.name),
        "rule": rule.rule,
        "source": dict(rule.source_text),
        "verified": rule.verified,
        "unit": rule.unit or None,
    }


def due_document(due: Due, law: LegalCalendars) -> dict[str, object]:
    """The due date as every door writes it; ``warnings`` say where the data end."""
    years = law.years_without_holidays(line.date for line in due.lines)
    return {
        "due": due.at.isoformat(),
        "derivation": derivation(due.lines),
        "calendar": law.version,
        "warnings": [
            {
                "code": "no-holidays-known",
                "vi": f"Chưa có dữ liệu ngày lễ của năm {year}",
                "en": f"The calendar knows no holidays of {year}",
            }
            for year in years
        ],
    }


def pause_from(data: Mapping[str, object], pointer: str) -> Pause:
    """A pause as somebody wrote it; ``InvalidInput`` points at the member that is wrong."""
    kind = str(data.get("kind", "other"))
    if kind not in PAUSE_KINDS:
        raise _refused(f"{pointer}/kind", f"must be one of {', '.join(PAUSE_KINDS)}")
    rule = data.get("rule")
    if not isinstance(rule, str) or not rule:
        raise _refused(f"{pointer}/rule", "names the rule of the law the clock stands by")
    until = data.get("to")
    return Pause(
        start=_instant(data.get("from"), f"{pointer}/from"),
        end=None if until is None else _instant(until, f"{pointer}/to"),
        kind=cast("PauseKind", kind),
        rule=rule,
    )


def _instant(value: object, pointer: str) -> datetime:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise _refused(pointer, "must be an instant with an offset, such as 2026-11-23T09:00+07:00")
    return found


def _refused(pointer: str, sentence: str) -> InvalidInput:
    return InvalidInput(
        f"{pointer} {sentence}.",
        [Fault(pointer=pointer, code="pause", sentence=sentence)],
        code="bad-pauses",
    )
