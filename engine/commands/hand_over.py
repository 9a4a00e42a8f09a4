"""Hand a dossier to another agency: offer, then accept, refuse, withdraw or let it lapse.

Until it is accepted the agency that offers stays responsible and the receiver
cannot act; from then on the reverse. Code, slip and clock survive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Context, Result
from engine.commands.dossier_guards import agencies, locked_dossier, require_part
from engine.commands.rehome_root import RehomeRoot, rehome
from engine.domain.dossier import DossierRecord
from engine.domain.dossier.handover import HandOver
from engine.domain.events import HandOverAnswered, HandOverOffered
from engine.domain.ids import Key
from engine.domain.jurisdiction import atlas_on
from engine.domain.organisation import Agency, find_agency
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound

OFFERS = ("specialist", "signer", "reception", "records")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferHandOver:
    """``answer_by`` None: the offer stands until somebody answers."""

    code: str
    to_agency: str
    reason: str
    answer_by: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerHandOver:
    """``answer``: accepted or refused by the receiver, withdrawn by the sender."""

    key: Key
    answer: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireHandOver:
    """Internal: an overdue offer lapses; the sender is told by the event."""

    key: Key


def offer_hand_over(command: OfferHandOver, context: Context) -> Result:
    dossier, _ = locked_dossier(context, command.code)
    require_part(context.actor, dossier, OFFERS)
    to, unit_id = _receiver(command.to_agency, dossier, context)
    if not command.reason.strip():
        raise InvalidInput("A hand-over needs a reason.", code="reason-missing")
    if dossier.closed_at is not None or dossier.code is None:
        raise Conflict("Only an accepted dossier that is open can move.", code="dossier-not-open")
    if context.uow.hand_overs.open_of(dossier.key) is not None:
        raise Conflict("An offer for this dossier waits for an answer.", code="hand-over-open")
    if command.answer_by is not None and command.answer_by <= context.uow.now:
        raise InvalidInput("The time to answer by has passed already.", code="answer-by-past")

    offered = HandOverOffered(
        key=context.uow.next_key(),
        dossier_key=dossier.key,
        code=dossier.code,
        from_agency=dossier.agency,
        from_unit=dossier.visibility.unit_id,
        to_agency=to.id,
        to_unit=unit_id,
        answer_by=command.answer_by,
        reason=command.reason,
    )
    context.uow.record(dossier.key, offered)
    return {"key": offered.key, "code": dossier.code}


def answer_hand_over(command: AnswerHandOver, context: Context) -> Result:
    seen = context.uow.hand_overs.read(command.key)
    _require_party(seen, command.answer, context)
    root = context.uow.roots.lock(seen.dossier_key)
    offer = context.uow.hand_overs.read(command.key)
    if offer.state != "offered":
        raise Conflict(f"The hand-over is {offer.state} already.", code="hand-over-answered")
    if offer.answer_by is not None and offer.answer_by <= context.uow.now:
        raise Conflict("The time to answer is over.", code="hand-over-late")
    if command.answer == "refused" and not (command.reason or "").strip():
        raise InvalidInput("A refusal needs a reason.", code="reason-missing")

    answered = _answered(offer, command.answer, context.actor.name, command.reason)
    dossier = context.uow.dossiers.read(offer.dossier_key)
    if command.answer == "accepted":
        _, unit_id = _receiver(offer.to_agency, dossier, context)
        move = RehomeRoot(
            root_key=root.key,
            unit_from=dossier.visibility.unit_id,
            unit_to=unit_id,
            agencies={dossier.agency: offer.to_agency},
            reason="hand-over",
        )
        rehome(context, root, move, answered)
    else:
        context.uow.record(root.key, answered)
    return {"key": offer.key, "code": dossier.code, "state": command.answer}


def expire_hand_over(command: ExpireHandOver, context: Context) -> Result:
    root = context.uow.roots.lock(context.uow.hand_overs.read(command.key).dossier_key)
    offer = context.uow.hand_overs.read(command.key)
    late = offer.answer_by is not None and offer.answer_by <= context.uow.now
    if offer.state != "offered" or not late:
        return {"fired": False}

    context.uow.record(root.key, _answered(offer, "expired", context.actor.name, None))
    return {"fired": True}


def _answered(offer: HandOver, state: str, by: str, reason: str | None) -> HandOverAnswered:
    return HandOverAnswered(
        key=offer.key, dossier_key=offer.dossier_key, state=state, by=by, reason=reason
    )


def _receiver(id_: str, dossier: DossierRecord, context: Context) -> tuple[Agency, str]:
    day = context.uow.now.astimezone(context.settings.zone).date()
    units = atlas_on(context.law, day).units
    agency = find_agency(context.law, units, id_, day)
    if agency is None or not agency.unit_code:
        raise NotFound(f"There is no agency {id_[:40]!r}.", code="agency-unknown")
    if agency.id == dossier.agency:
        raise Conflict("The dossier is with this agency already.", code="same-agency")
    return agency, units.get(agency.unit_code).path


def _require_party(offer: HandOver, answer: str, context: Context) -> None:
    actor = context.actor
    if offer.tenant_id != actor.tenant_id:
        raise NotFound("There is no such hand-over.")
    mine = agencies(actor)
    sides = {offer.from_agency: offer.from_unit, offer.to_agency: offer.to_unit}
    over = actor.has("admin", "system", "supervisor")
    parts = {
        agency
        for agency, unit in sides.items()
        if agency in mine or (over and unit.startswith(actor.unit_id))
    }
    if not parts:
        raise NotFound("There is no such hand-over.")
    needed = offer.from_agency if answer == "withdrawn" else offer.to_agency
    if needed not in parts:
        raise Forbidden("The other agency answers this offer.", code="not-your-part")
