"""Instants on the wire: ISO 8601 with an offset, UTC with milliseconds when we write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_FORM = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})"
)


def parse_instant(text: str) -> datetime:
    """The instant in UTC; ``ValueError`` when the text is none (local times are refused)."""
    if not _FORM.fullmatch(text):
        raise ValueError("not an instant")
    moment, fraction = text.upper().replace(" ", "T"), ""
    if "." in moment:
        # datetime reads at most six digits of a second.
        head, tail = moment.split(".", 1)
        digits = tail.rstrip("Z").split("+")[0].split("-")[0]
        fraction = digits[:6].ljust(6, "0")
        moment = f"{head}.{fraction}{tail[len(digits) :]}"
    return datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone(UTC)


def is_instant(text: str) -> bool:
    """True when ``parse_instant`` reads the text."""
    try:
        parse_instant(text)
    except (ValueError, OverflowError):
        return False
    return True


def format_instant(moment: datetime) -> str:
    """``2026-03-01T01:00:00.000Z``."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")
