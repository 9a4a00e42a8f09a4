"""What validation finds in a model that can be deployed all the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.dmn.syntax import Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A warning about an element: rule numbers, and inputs (by label, as FEEL) that show it."""

    code: str
    where: Where
    sentence: str
    rules: tuple[int, ...] = ()
    example: Mapping[str, str] = field(default_factory=dict)
