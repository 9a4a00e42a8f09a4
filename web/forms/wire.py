"""Values as a browser shows and posts them: numbers, choices, dates and times.

What cannot be read is handed on as the text it is: the form's check then says
what is wrong with it, and the page shows it again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from engine.forms.model import Component

_JSON = "json:"
_GROUPS = {
    "vi": re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?"),
    "en": re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?"),
}
_PLAIN = re.compile(r"-?\d{1,30}([.,]\d{1,30})?")
_INPUT = {"date": "date", "time": "time", "datetime": "datetime-local"}


def read_number(text: str, component: Component, language: str) -> object:
    """A number as it is written here: 200.000 in Vietnamese is two hundred thousand."""
    bare = "".join(text.split())
    if not bare:
        return None
    if _GROUPS[language].fullmatch(bare):
        bare = bare.replace("." if language == "vi" else ",", "")
    if not _PLAIN.fullmatch(bare):
        return text
    written = bare.replace(",", ".")
    if component.properties.get("serializeToString") is True:
        return written
    number = Decimal(written)
    return int(number) if number == number.to_integral_value() else number


def show_number(value: object, language: str) -> str:
    """The number to edit, without groups."""
    if value is None or isinstance(value, bool):
        return ""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    written = f"{number:f}"
    return written.replace(".", ",") if language == "vi" else written


def to_wire(value: object) -> str:
    """A choice's value in the posted page; text stays readable."""
    if isinstance(value, str) and not value.startswith(_JSON):
        return value
    return _JSON + json.dumps(_plain(value), ensure_ascii=False, sort_keys=True)


def from_wire(text: str) -> object:
    """The value of a posted choice; nothing chosen is None."""
    if not text:
        return None
    if not text.startswith(_JSON):
        return text
    try:
        value: object = json.loads(text.removeprefix(_JSON), parse_float=Decimal)
    except ValueError:
        return text
    return value


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def input_type(component: Component) -> str:
    """The browser's field for a date, a time, or both."""
    return _INPUT[_subtype(component)]


def show_moment(value: object, component: Component, zone: ZoneInfo) -> str:
    """The moment as the browser's field wants it: local, without offset."""
    if not isinstance(value, str) or not value or _subtype(component) == "date":
        return value if isinstance(value, str) else ""
    prefix = "" if _subtype(component) == "datetime" else "2000-01-01T"
    try:
        moment = datetime.fromisoformat(prefix + value)
    except ValueError:
        return value
    local = moment if moment.tzinfo is None else moment.astimezone(zone)
    written = local.strftime("%Y-%m-%dT%H:%M")
    return written if not prefix else written[11:]


def read_moment(text: str, component: Component, zone: ZoneInfo) -> object:
    """The moment in the form the field is kept in: with offset, in UTC, or local."""
    text = text.strip()
    serialised = component.properties.get("timeSerializingFormat", "utc_offset")
    if not text or _subtype(component) == "date" or serialised == "no_timezone":
        return text or None
    prefix = "" if _subtype(component) == "datetime" else "2000-01-01T"
    try:
        moment = datetime.fromisoformat(prefix + text)
    except ValueError:
        return text
    if moment.tzinfo is not None:
        return text
    aware = moment.replace(tzinfo=zone)
    if serialised == "utc_normalized":
        written = aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    else:
        written = aware.isoformat(timespec="minutes")
    return written if not prefix else written[11:]


def _subtype(component: Component) -> str:
    return str(component.properties.get("subtype", "date"))
