"""Dates and times of a datetime field: does the day exist, does it lie in the past."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from engine.forms.model import Component

_EXAMPLES = {"utc_offset": "15:00+07:00", "utc_normalized": "08:00Z", "no_timezone": "15:00"}


def example(component: Component) -> str:
    """A value of the field's kind, for a sentence."""
    serialised = str(component.properties.get("timeSerializingFormat", "utc_offset"))
    clock = _EXAMPLES.get(serialised, "15:00")
    subtype = component.properties.get("subtype", "date")
    return {"time": clock, "datetime": f"2026-11-23T{clock}"}.get(str(subtype), "2026-11-23")


def exists(component: Component, value: str) -> bool:
    """False for 31 February; the shape has been checked before."""
    subtype = component.properties.get("subtype", "date")
    try:
        if subtype == "time":
            time.fromisoformat(value)
        elif subtype == "datetime":
            datetime.fromisoformat(value)
        else:
            date.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_past(component: Component, value: str, now: datetime, zone: ZoneInfo) -> bool:
    """True when the day lies before today where the installation is."""
    subtype = component.properties.get("subtype", "date")
    if subtype == "time":
        return False
    today = now.astimezone(zone).date()
    if subtype == "date":
        return date.fromisoformat(value) < today
    moment = datetime.fromisoformat(value)
    local = moment if moment.tzinfo is None else moment.astimezone(zone)
    return local.date() < today
