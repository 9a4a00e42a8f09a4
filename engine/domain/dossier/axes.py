"""Four independent axes of a dossier, and their projection to one portal code.

``advance`` is the only way to another code: it refuses what the table forbids.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from engine.domain.dossier import portal
from engine.errors import Conflict

Business = Literal["open", "supplement", "withdrawal", "not_accepted", "stopped"]
Finance = Literal["none", "due", "waiting", "short", "paid", "double", "refund_due", "refunded"]
Delivery = Literal["none", "ready", "delivered"]
Sync = Literal["local", "pending", "sent", "differs"]

BUSINESS: Final = ("open", "supplement", "withdrawal", "not_accepted", "stopped")
FINANCE: Final = (
    "none", "due", "waiting", "short", "paid", "double", "refund_due", "refunded"
)  # fmt: skip
DELIVERY: Final = ("none", "ready", "delivered")
SYNC: Final = ("local", "pending", "sent", "differs")

_BY_BUSINESS: Final = {
    "not_accepted": portal.NOT_ACCEPTED,
    "stopped": portal.STOPPED,
    "withdrawal": portal.WITHDRAWAL,
    "supplement": portal.SUPPLEMENT,
}
_BUSINESS: Final[dict[int, Business]] = {
    portal.NOT_ACCEPTED: "not_accepted",
    portal.STOPPED: "stopped",
    portal.WITHDRAWAL: "withdrawal",
    portal.SUPPLEMENT: "supplement",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """``stage`` is 1, 2, 4 or 9: where the work stands, also during a detour.

    ``waiting`` on the finance axis blocks the work until money comes; ``due``
    and ``short`` do not.
    """

    stage: int = portal.REGISTERED
    business: Business = "open"
    finance: Finance = "none"
    delivery: Delivery = "none"
    sync: Sync = "local"


def project(axes: Axes) -> int:
    """The code the portal is told; every combination has exactly one."""
    if axes.delivery == "delivered":
        return portal.DELIVERED
    if axes.business != "open":
        return _BY_BUSINESS[axes.business]
    if axes.finance == "waiting":
        return portal.PAYMENT
    return axes.stage


def advance(axes: Axes, code: int) -> Axes:
    """The axes showing ``code``; ``Conflict`` when the table forbids the step."""
    before = project(axes)
    if not portal.may_follow(before, code, axes.stage):
        allowed = ", ".join(map(str, sorted(portal.next_codes(before, axes.stage))))
        raise Conflict(
            f"A dossier with status {before} cannot become {code}; "
            f"allowed: {allowed or 'nothing, it has ended'}.",
            code="status-illegal",
        )
    finance: Finance = "due" if axes.finance == "waiting" else axes.finance
    if code == portal.DELIVERED:
        return replace(axes, delivery="delivered", finance=finance)
    if code == portal.PAYMENT:
        return replace(axes, finance="waiting")
    if code in _BUSINESS:
        return replace(axes, business=_BUSINESS[code], finance=finance)
    delivery: Delivery = "ready" if code == portal.FINISHED else axes.delivery
    return replace(axes, stage=code, business="open", finance=finance, delivery=delivery)
