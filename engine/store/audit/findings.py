"""What an examination has to say: which row, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One thing that is not as it should be; ``place`` names a row or a setting."""

    place: str
    sentence: str
    severity: Severity = "error"


def row(table: str, **key: object) -> str:
    """A row as an operator would look for it."""
    return f"{table}({', '.join(f'{name}={value}' for name, value in key.items())})"
