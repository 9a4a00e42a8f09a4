"""What is owed and what was paid, in whole dong: every state is named, none is assumed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from engine.domain.dossier.axes import Finance
from engine.domain.ids import Key

DutyState = Literal["exempt", "due", "short", "paid", "double", "refunded"]
STATES: Final = ("exempt", "due", "short", "paid", "double", "refunded")
METHODS: Final = ("cash", "transfer", "portal")
# The worst of several duties tells how the dossier stands.
_WORST: Final[Sequence[Finance]] = ("short", "due", "double", "refunded", "paid")


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRecord:
    """One duty of a dossier; ``payment_code`` is what a payer quotes."""

    key: Key
    root_key: Key
    payment_code: str
    amount: int
    paid: int
    refunded: int
    blocking: bool
    exemption: str | None = None
    lines: Sequence[Mapping[str, object]] = ()

    @property
    def net(self) -> int:
        """What the till holds of it."""
        return self.paid - self.refunded

    @property
    def state(self) -> DutyState:
        """By the sums alone."""
        return state_of(self.amount, self.paid, self.refunded)


def state_of(amount: int, paid: int, refunded: int) -> DutyState:
    """``double`` is any sum above the duty, also a second full payment."""
    net = paid - refunded
    if net > amount:
        return "double"
    if refunded and net == 0:
        return "refunded"
    if amount == 0:
        return "exempt"
    if net == amount:
        return "paid"
    return "due" if net == 0 else "short"


def finance_of(states: Iterable[DutyState]) -> Finance:
    """The finance axis of a dossier with these duties, apart from ``waiting``."""
    found: set[str] = set(states)
    for state in _WORST:
        if state in found:
            return state
    return "none"
