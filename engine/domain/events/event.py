"""The root of all events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Root of all events; ``wire`` is the stable public name."""

    wire: ClassVar[str] = ""
