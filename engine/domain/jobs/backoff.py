"""How long a failed job waits before it is tried again.

The pause doubles with every activation, from ``FIRST`` up to ``LONGEST``. A
model chooses another first pause by the header ``retryBackoff`` (ISO 8601,
days to seconds).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

FIRST: Final = 5.0
LONGEST: Final = 3600.0
HEADER: Final = "retryBackoff"

_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")


def pause(attempt: int, headers: Mapping[str, str] | None = None) -> float:
    """Seconds after attempt number ``attempt`` (1, 2, …) has failed."""
    first = first_pause(headers or {})
    # Beyond 2**20 the ceiling has long been reached; a larger power only overflows.
    return float(min(first * 2 ** min(max(attempt, 1) - 1, 20), max(LONGEST, first)))


def first_pause(headers: Mapping[str, str]) -> float:
    """The model's own first pause; a text that is no duration counts as none."""
    found = _DURATION.fullmatch(headers.get(HEADER, "").strip())
    if found is None or not any(found.groups()):
        return FIRST
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return days * 86400 + hours * 3600 + minutes * 60 + seconds
