"""The law's clock: terms, calendars, pauses, due dates and why they are what they are.

Pure: calendars come in as data, instants as arguments. Nothing here knows a
holiday; a number of the law is a row with a source.
"""

from engine.domain.clock.calendar import DayRule, Session, WorkCalendar, working_days_between
from engine.domain.clock.due import Due, compute_due
from engine.domain.clock.explanation import Line
from engine.domain.clock.pauses import Pause
from engine.domain.clock.term import Term, parse_term

__all__ = [
    "DayRule",
    "Due",
    "Line",
    "Pause",
    "Session",
    "Term",
    "WorkCalendar",
    "compute_due",
    "parse_term",
    "working_days_between",
]
