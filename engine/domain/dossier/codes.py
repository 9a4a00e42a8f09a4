"""Dossier codes: pattern and width are data, the number counts per unit and day.

The counter hangs on the rendered rest of the code, so two units that share a
prefix share a counter and can never issue the same code. Refused: a pattern
without number, day or place, and characters a web address cannot carry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from engine.errors import Fault, InvalidInput

_TOKEN: Final = re.compile(r"\{([a-z]+)\}")
_REST: Final = re.compile(r"[A-Za-z0-9.-]*")
_DAYS: Final = frozenset({"yymmdd", "yyyymmdd"})
_PLACES: Final = frozenset({"unit", "prefix"})
_KNOWN: Final = _DAYS | _PLACES | {"province", "number"}
MAX_WIDTH: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePattern:
    """One row of data: ``{prefix}-{yymmdd}-{number}``; numbers wider than ``width`` just grow."""

    pattern: str = "{unit}-{yymmdd}-{number}"
    width: int = 4
    prefix: str = ""

    def __post_init__(self) -> None:
        fault = _fault(self.pattern, self.width, self.prefix)
        if fault:
            place = [Fault(pointer="/pattern", code="code-pattern", sentence=fault)]
            raise InvalidInput(f"The code pattern is not usable: {fault}", place)

    def series(self, unit_path: str, day: date) -> str:
        """The code with a hole for the number: what the counter counts under."""
        province, _, rest = unit_path.strip("/").partition("/")
        values = {
            "unit": rest or province,
            "province": province,
            "prefix": self.prefix,
            "yymmdd": f"{day:%y%m%d}",
            "yyyymmdd": f"{day:%Y%m%d}",
            "number": "{number}",
        }
        return _TOKEN.sub(lambda match: values[match[1]], self.pattern)

    def render(self, series: str, number: int) -> str:
        """The code of one number of a series."""
        return series.replace("{number}", f"{number:0{self.width}d}")


def _fault(pattern: str, width: int, prefix: str) -> str | None:
    tokens = _TOKEN.findall(pattern)
    if unknown := sorted(set(tokens) - _KNOWN):
        return f"{{{unknown[0]}}} is unknown; use {', '.join(sorted(_KNOWN))}."
    if not _REST.fullmatch(_TOKEN.sub("", pattern)) or not _REST.fullmatch(prefix):
        return "only letters, digits, dot and hyphen may stand in a code."
    if tokens.count("number") != 1:
        return "{number} must stand in it once."
    if not _DAYS & set(tokens):
        return "a day is missing: {yymmdd} or {yyyymmdd}."
    if not _PLACES & set(tokens):
        return "a place is missing: {unit} or {prefix}."
    if "prefix" in tokens and not prefix:
        return "{prefix} is used and the row gives no prefix."
    if not 1 <= width <= MAX_WIDTH:
        return f"the width must be from 1 to {MAX_WIDTH}."
    return None
