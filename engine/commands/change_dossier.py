"""What changes on a dossier without a status: where the result is returned, the slip's secret.

The secret is shown once more when a slip is printed again; the old one then
no longer opens the tracking page.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import Context, Result
from engine.commands.dossier_guards import locked_dossier, require_part
from engine.commands.dossier_papers import new_secret
from engine.domain.dossier.portal import DELIVERED
from engine.domain.dossier.record import RETURNS
from engine.domain.events import ReturnChannelChosen, SecretRenewed
from engine.errors import Conflict, InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseReturn:
    """At the point, by post, or digitally."""

    code: str
    return_channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewSecret:
    """A new look-up secret for a slip that is printed again."""

    code: str


def choose_return(command: ChooseReturn, context: Context) -> Result:
    if command.return_channel not in RETURNS:
        raise InvalidInput(f"The return channel is one of {', '.join(RETURNS)}.", code="choice")
    dossier, _ = locked_dossier(context, command.code)
    require_part(context.actor, dossier, {"reception"})
    if dossier.status == DELIVERED:
        raise Conflict("The result has been handed over.", code="already-delivered")

    chosen = ReturnChannelChosen(key=dossier.key, return_channel=command.return_channel)
    context.uow.record(dossier.key, chosen)
    return {"key": dossier.key, "code": dossier.code, "status": dossier.status}


def renew_secret(command: RenewSecret, context: Context) -> Result:
    dossier, _ = locked_dossier(context, command.code)
    require_part(context.actor, dossier, {"reception"})
    if dossier.code is None:
        raise Conflict("The dossier has no slip yet.", code="not-accepted-yet")

    secret = new_secret(context, dossier.key)
    context.uow.record(dossier.key, SecretRenewed(key=dossier.key))
    return {"key": dossier.key, "code": dossier.code, "once_secret": secret}
