"""One line per day: what it was, whether it counted, by which rule, from which source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from engine.domain.clock.calendar import Day

_WEEKDAYS: Final = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """``counted`` in the term's unit (days or hours); ``text`` in Vietnamese and English."""

    date: date
    counted: Decimal
    rule: str
    source: str
    verified: bool = True
    text: Mapping[str, str] = field(default_factory=dict)
    source_text: Mapping[str, str] = field(default_factory=dict)


_SOURCES: Final = {
    "calendar": {"vi": "lịch làm việc", "en": "working calendar"},
    "dossier": {"vi": "hồ sơ", "en": "dossier"},
}


def line(
    when: date,
    counted: Decimal,
    rule: str,
    source: str,
    vi: str,
    en: str,
    *,
    verified: bool = True,
    source_text: Mapping[str, str] | None = None,
) -> Line:
    """A line whose sentences begin with weekday and date as the administration writes them."""
    day = when.weekday()
    return Line(
        date=when,
        counted=counted,
        rule=rule,
        source=source,
        verified=verified,
        text={
            "vi": f"{_WEEKDAYS['vi'][day]} {when:%d/%m/%Y}: {vi}",
            "en": f"{_WEEKDAYS['en'][day]} {when:%d/%m/%Y}: {en}",
        },
        source_text=source_text or _SOURCES.get(source, {"vi": source, "en": source}),
    )


def off(day: Day) -> Line:
    """A day that does not count because nobody works."""
    if day.rule is None:
        return line(
            day.date, Decimal(0), "weekend", "calendar", "ngày nghỉ hằng tuần", "weekly day off"
        )
    names = day.rule.name
    # A notice says itself that the day is off; a holiday has only its name.
    off_vi, off_en = ("", "") if day.rule.kind == "off" else ("nghỉ, ", "off, ")
    return line(
        day.date,
        Decimal(0),
        day.rule.rule,
        day.rule.source,
        f"{off_vi}{names.get('vi', day.rule.rule)}",
        f"{off_en}{names.get('en', day.rule.rule)}",
        verified=day.rule.verified,
        source_text=day.rule.source_text,
    )


def paused(when: date, rule: str) -> Line:
    """A day on which the clock stood."""
    return line(when, Decimal(0), rule, "dossier", "tạm dừng tính thời hạn", "clock paused")


def counted_day(day: Day, number: Decimal, unit: tuple[str, str]) -> Line:
    """A day that counts; worked days off say by which notice."""
    extra_vi = extra_en = ""
    rule, source, verified = "working-day", "calendar", True
    known: Mapping[str, str] = {}
    if day.rule is not None:
        rule, source, verified = day.rule.rule, day.rule.source, day.rule.verified
        known = day.rule.source_text
        extra_vi = f" ({day.rule.name.get('vi', rule)})"
        extra_en = f" ({day.rule.name.get('en', rule)})"
    return line(
        day.date,
        Decimal(1),
        rule,
        source,
        f"{unit[0]} thứ {number}{extra_vi}",
        f"{unit[1]} {number}{extra_en}",
        verified=verified,
        source_text=known,
    )
