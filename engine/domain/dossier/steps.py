"""Every step of a dossier's life as one table: what it leads to, who may take it, what it needs.

``roles`` are the first part of a group ``role@agency``; supervisors of the unit,
integrators and administrators may take each step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from engine.domain.dossier import portal
from engine.domain.dossier.axes import Axes
from engine.domain.events import dossiers as events
from engine.domain.events.dossiers import DossierStep


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRule:
    """``leads_to`` gives the portal code; ``ends`` the process ends with the step."""

    name: str
    leads_to: Callable[[Axes], int]
    event: type[DossierStep]
    roles: frozenset[str]
    needs: frozenset[str] = frozenset()
    ends: bool = False
    closes: bool = False


def _to(code: int) -> Callable[[Axes], int]:
    return lambda _: code


def _late(axes: Axes) -> int:
    return portal.NOT_ACCEPTED if axes.stage == portal.REGISTERED else portal.STOPPED


def _rule(
    name: str,
    leads_to: Callable[[Axes], int] | int,
    event: type[DossierStep],
    roles: str,
    needs: str = "",
    *,
    ends: bool = False,
) -> StepRule:
    return StepRule(
        name=name,
        leads_to=_to(leads_to) if isinstance(leads_to, int) else leads_to,
        event=event,
        roles=frozenset(roles.split()),
        needs=frozenset(needs.split()),
        ends=ends,
        closes=ends or leads_to == portal.DELIVERED,
    )


_ANY = "reception specialist signer records"
_RULES: Final = (
    _rule("begin", portal.PROCESSING, events.DossierProcessing, _ANY),
    _rule("not-accepted", portal.NOT_ACCEPTED, events.DossierNotAccepted, "reception", "reason",
          ends=True),
    _rule("supplement", portal.SUPPLEMENT, events.SupplementRequested, "reception specialist",
          "reason answer_by"),
    _rule("supplement-answered", lambda axes: axes.stage, events.SupplementReceived,
          "reception specialist"),
    _rule("supplement-expired", _late, events.SupplementExpired, "reception specialist",
          ends=True),
    _rule("withdrawal", portal.WITHDRAWAL, events.WithdrawalRequested, "reception"),
    _rule("withdrawal-granted", portal.STOPPED, events.DossierWithdrawn, "reception specialist "
          "signer", ends=True),
    _rule("withdrawal-refused", portal.PROCESSING, events.WithdrawalRefused, "specialist signer",
          "reason"),
    _rule("stop", portal.STOPPED, events.DossierStopped, "signer", "reason", ends=True),
    _rule("refuse", portal.STOPPED, events.DossierRefused, "signer", "reason", ends=True),
    _rule("finish", portal.FINISHED, events.DossierFinished, "signer records"),
    # Taken by money and jobs of the process; people settle a payment by receipts.
    _rule("payment", portal.PAYMENT, events.PaymentAwaited, ""),
    _rule("payment-settled", lambda axes: axes.stage, events.PaymentSettled, ""),
    _rule("deliver", portal.DELIVERED, events.DossierDelivered, "reception", "method evidence"),
)  # fmt: skip
STEPS: Final[Mapping[str, StepRule]] = MappingProxyType({rule.name: rule for rule in _RULES})

# Only a detour of its own kind is left by these steps.
FROM: Final[Mapping[str, int]] = {
    "supplement-answered": portal.SUPPLEMENT,
    "supplement-expired": portal.SUPPLEMENT,
    "payment-settled": portal.PAYMENT,
    "withdrawal-granted": portal.WITHDRAWAL,
    "withdrawal-refused": portal.WITHDRAWAL,
}

_BY_CODE: Final = {
    portal.NOT_ACCEPTED: "not-accepted",
    portal.PROCESSING: "begin",
    portal.SUPPLEMENT: "supplement",
    portal.PAYMENT: "payment",
    portal.WITHDRAWAL: "withdrawal",
    portal.STOPPED: "stop",
    portal.FINISHED: "finish",
    portal.DELIVERED: "deliver",
}


def step_between(before: int, after: int) -> StepRule | None:
    """The step a process means when it sets ``after``; None when no step leads there."""
    if before == portal.SUPPLEMENT:
        late = after in (portal.NOT_ACCEPTED, portal.STOPPED)
        return STEPS["supplement-expired" if late else "supplement-answered"]
    if before == portal.PAYMENT and after != portal.STOPPED:
        return STEPS["deliver" if after == portal.DELIVERED else "payment-settled"]
    if before == portal.WITHDRAWAL:
        return STEPS["withdrawal-granted" if after == portal.STOPPED else "withdrawal-refused"]
    name = _BY_CODE.get(after)
    return None if name is None else STEPS[name]
