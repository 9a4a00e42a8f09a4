"""Terms of the law: ``3WD`` working days, ``0.5WD`` halves, ``4h`` working hours, ``15D`` days.

``0WD`` is "the same day": due at closing time, or the next working day when it
came in after the cut-off hour. A working day has eight hours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from engine.errors import Fault, InvalidInput

Unit = Literal["WD", "h", "D"]
HOURS_PER_DAY: Final = 8
_PATTERN: Final = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)\s*(WD|h|D)", re.ASCII)
_MAXIMUM: Final = {"WD": Decimal(2000), "h": Decimal(8000), "D": Decimal(3660)}


@dataclass(frozen=True, slots=True)
class Term:
    """An amount of legal time."""

    amount: Decimal
    unit: Unit

    @property
    def in_hours(self) -> bool:
        """Counted by the clock's hand, not by days: hours, and parts of a working day."""
        return self.unit == "h" or (self.unit == "WD" and self.amount % 1 != 0)

    @property
    def hours(self) -> Decimal:
        """Working hours of a term that is counted in hours."""
        return self.amount if self.unit == "h" else self.amount * HOURS_PER_DAY

    def __str__(self) -> str:
        return f"{self.amount.normalize():f}{self.unit}"


def parse_term(text: str) -> Term:
    """``3WD``, ``0.5WD``, ``4h`` or ``15D``; ``InvalidInput`` says what is accepted."""
    match = _PATTERN.fullmatch(text.strip())
    if match is None:
        raise _refused(text, "write 3WD, 0.5WD (working days), 4h (working hours) or 15D (days)")
    amount, unit = Decimal(match[1]), match[2]
    if unit == "D" and amount % 1 != 0:
        raise _refused(text, "calendar days are whole; for half days write 0.5WD or 4h")
    if amount > _MAXIMUM[unit]:
        raise _refused(text, f"at most {_MAXIMUM[unit]}{unit}")
    return Term(amount, unit)  # type: ignore[arg-type]  # the pattern allows these three


def _refused(text: str, mend: str) -> InvalidInput:
    shown = text if len(text) <= 20 else text[:20] + "…"
    sentence = f"The term {shown!r} is not understood: {mend}."
    return InvalidInput(sentence, [Fault(pointer="/term", code="term", sentence=sentence)])
