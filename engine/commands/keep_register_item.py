"""What a register has of somebody: kept, ended, and asked for while a dossier is worked on.

Asking needs a dossier the actor sees, and the whole id of the person; it is
written into the dossier's chain. Rejected: a date that is none, an item of
another unit to be ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.commands.context import Context, Result
from engine.domain.actors import Actor
from engine.domain.events import RegisterConsulted, RegisterItemEnded, RegisterItemKept
from engine.domain.events.event import Event
from engine.domain.ids import Key
from engine.errors import Conflict, Fault, Forbidden, InvalidInput, NotFound
from engine.ports.registers import RegisterItem

KEEPING = ("records@", "signer@")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepRegisterItem:
    """``kind`` is the component's id in procedures; days are ISO dates."""

    register: str
    kind: str
    number: str
    holder: str
    issuer: str
    issued_on: str
    valid_until: str | None = None
    document_key: Key | None = None
    supersedes: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRegisterItem:
    """It was revoked."""

    key: Key
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultRegister:
    """What holds today of one person."""

    dossier_key: Key
    holder: str
    kind: str | None = None


def keep_register_item(command: KeepRegisterItem, context: Context) -> Result:
    _require_keeper(context.actor)
    _require_day("/issuedOn", command.issued_on)
    if command.valid_until is not None:
        _require_day("/validUntil", command.valid_until)
    if command.document_key is not None:
        context.uow.documents.find(command.document_key, context.actor)
    before = None
    if command.supersedes is not None:
        before = _own(command.supersedes, context)

    key = context.uow.next_key()
    root_key = key if before is None else before.root_key
    if before is None:
        context.uow.roots.create(key, context.uow.documents.visibility(context.actor))
    kept = RegisterItemKept(
        key=key,
        register=command.register,
        kind=command.kind,
        issuer=command.issuer,
        by=context.actor.name,
        issued_on=command.issued_on,
        valid_until=command.valid_until,
        document_key=command.document_key,
        supersedes=command.supersedes,
        number=command.number,
        holder=holder_id(command.holder),
    )
    events: list[Event] = [kept]
    if before is not None:
        events.append(RegisterItemEnded(key=before.key, by=context.actor.name, cause="SUPERSEDED"))
    context.uow.record(root_key, *events)
    return {"key": key}


def end_register_item(command: EndRegisterItem, context: Context) -> Result:
    _require_keeper(context.actor)
    item = _own(command.key, context)
    ended = RegisterItemEnded(
        key=item.key, by=context.actor.name, cause="REVOKED", reason=command.reason
    )
    context.uow.record(item.root_key, ended)
    return {"key": item.key}


def consult_register(command: ConsultRegister, context: Context) -> Result:
    context.uow.documents.require_root(command.dossier_key, context.actor)
    context.uow.roots.lock(command.dossier_key)
    today = context.uow.now.astimezone(context.settings.zone).date().isoformat()
    holder = holder_id(command.holder)
    found = context.uow.registers.of_holder(holder, command.kind, today, context.actor)
    consulted = RegisterConsulted(
        by=context.actor.name, found=len(found), kind=command.kind, holder=holder
    )
    context.uow.record(command.dossier_key, consulted)
    return {
        "items": [
            {
                "registerItem": str(item.key),
                "register": item.register,
                "kind": item.kind,
                "number": item.number,
                "issuer": item.issuer,
                "issuedOn": item.issued_on,
                "validUntil": item.valid_until,
                "hasDocument": item.document_key is not None,
            }
            for item in found
        ]
    }


def _require_keeper(actor: Actor) -> None:
    keeper = any(group.startswith(KEEPING) for group in actor.groups)
    if not keeper and not actor.has("admin", "supervisor", "integrator"):
        raise Forbidden("The records office keeps what registers have.", code="not-a-keeper")


def _own(key: Key, context: Context) -> RegisterItem:
    item = context.uow.registers.item(key, context.actor)
    if not item.sees:
        raise NotFound("There is no such item of a register.", code="register-item-unknown")
    context.uow.roots.lock(item.root_key)
    item = context.uow.registers.item(key, context.actor)
    if item.state != "VALID":
        raise Conflict("The item holds no longer already.", code="register-item-ended")
    return item


def holder_id(text: str) -> str:
    """A person's id number as it is compared: without blanks."""
    holder = "".join(text.split())
    if not holder:
        raise _invalid("/holder", "The person's id number is missing.")
    return holder


def _require_day(pointer: str, text: str) -> None:
    try:
        known = date.fromisoformat(text).isoformat() == text
    except ValueError:
        known = False
    if not known:
        raise _invalid(pointer, "Write a day such as 2026-11-23.")


def _invalid(pointer: str, sentence: str) -> InvalidInput:
    fault = Fault(pointer=pointer, code="value", sentence=sentence)
    return InvalidInput(sentence, [fault])
