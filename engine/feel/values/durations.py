"""The two durations of FEEL, which never mix: months, and exact time."""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel.values.times import NANOS


@dataclass(frozen=True, slots=True, order=True)
class MonthsDuration:
    """Years and months, as a number of months."""

    months: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        text = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return f"{'-' if self.months < 0 else ''}P{text or '0M'}"


@dataclass(frozen=True, slots=True, order=True)
class DaysDuration:
    """Days and time, as a number of nanoseconds."""

    nanos: int

    def __str__(self) -> str:
        seconds, nano = divmod(abs(self.nanos), NANOS)
        minutes, second = divmod(seconds, 60)
        hours, minute = divmod(minutes, 60)
        days, hour = divmod(hours, 24)
        fraction = f".{nano:09d}".rstrip("0") if nano else ""
        clock = (f"{hour}H" if hour else "") + (f"{minute}M" if minute else "")
        clock += f"{second}{fraction}S" if second or nano else ""
        text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
        return f"{'-' if self.nanos < 0 else ''}P{text or 'T0S'}"


def days_duration_of_seconds(seconds: int) -> DaysDuration:
    """A duration of whole seconds."""
    return DaysDuration(seconds * NANOS)
