"""Components of a dossier: require them, take papers over or let them off, check their quality.

Rejected: a component the dossier does not have, a document of another dossier,
an exemption without a reason, a check of what was not brought.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.commands import guards
from engine.commands.context import Context, Result
from engine.commands.keep_register_item import holder_id
from engine.domain.actors import SYSTEM
from engine.domain.documents import CHECKS, Component, unsettled
from engine.domain.events import (
    ComponentChecked,
    ComponentRequired,
    ComponentSettled,
    DocumentStored,
)
from engine.domain.ids import Key
from engine.errors import Conflict, Fault, InvalidInput, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class RequireComponents:
    """The list of a procedure: ``id``, ``name`` by language, ``required``. Known ones stay."""

    dossier_key: Key
    components: Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleComponent:
    """One of: a document of this dossier, what a register has, or a reason to let it off.

    An item of a register is taken by its key and the ``holder`` it was found by.
    """

    dossier_key: Key
    component: str
    document_key: Key | None = None
    register_item: Key | None = None
    holder: str | None = None
    exempt: bool = False
    reason: str | None = None
    revision: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckComponent:
    """``checks``: pages, legible, complete, rightDossier; all must hold."""

    dossier_key: Key
    component: str
    checks: Mapping[str, bool]
    note: str | None = None
    revision: int | None = None


def require_components(command: RequireComponents, context: Context) -> Result:
    context.uow.documents.require_root(command.dossier_key, context.actor)
    context.uow.roots.lock(command.dossier_key)
    return {"added": add_components(command.dossier_key, command.components, context)}


def add_components(
    root_key: Key, components: Sequence[Mapping[str, object]], context: Context
) -> int:
    """Record the components the held root does not have yet; for commands that open dossiers."""
    known = {each.id for each in context.uow.documents.components(root_key)}
    missing = [each for each in components if str(each["id"]) not in known]
    events = [
        ComponentRequired(
            component=str(each["id"]),
            number=len(known) + number,
            mandatory=each.get("required") in (True, "true"),
            title=_title(each.get("name")),
        )
        for number, each in enumerate(missing, start=1)
    ]
    if events:
        context.uow.record(root_key, *events)
    return len(events)


def settle_component(command: SettleComponent, context: Context) -> Result:
    component = _component(command.dossier_key, command.component, command.revision, context)
    ways = (command.document_key is not None, command.register_item is not None, command.exempt)
    if sum(ways) != 1:
        sentence = "Name a document, an item of a register, or exempt it with a reason."
        raise _invalid("", "settlement", sentence)
    if command.exempt and not (command.reason or "").strip():
        raise _invalid("/reason", "reason-missing", "Say why it need not be brought.")
    taken = _taken_over(command, context)
    if command.document_key is not None:
        _require_own(command.document_key, command.dossier_key, context)
    status = "exempt" if command.exempt else "provided"
    settled = ComponentSettled(
        component=component.id,
        status="reused" if command.register_item is not None else status,
        by=context.actor.name,
        document_key=taken.key if taken else command.document_key,
        register_item=command.register_item,
        reason=command.reason,
    )
    context.uow.record(command.dossier_key, *((taken,) if taken else ()), settled)
    return _standing(command.dossier_key, context)


def _require_own(key: Key, dossier_key: Key, context: Context) -> None:
    if context.uow.documents.find(key, context.actor).root_key != dossier_key:
        raise Conflict(
            "The document belongs to another dossier: attach it to this one first.",
            code="document-elsewhere",
        )


def _taken_over(command: SettleComponent, context: Context) -> DocumentStored | None:
    """The register's paper as a document of this dossier; None when it has no content."""
    if command.register_item is None:
        return None
    today = context.uow.now.astimezone(context.settings.zone).date().isoformat()
    holder = holder_id(command.holder or "")
    found = context.uow.registers.of_holder(holder, None, today, context.actor)
    item = next((each for each in found if each.key == command.register_item), None)
    if item is None:
        raise NotFound("There is no such item of a register.", code="register-item-unknown")
    if item.document_key is None:
        return None
    paper = context.uow.documents.find(item.document_key, SYSTEM)
    return DocumentStored(
        key=context.uow.next_key(),
        sha256=paper.sha256,
        size=paper.size,
        media_type=paper.media_type,
        scan=paper.scan,
        source="reused",
        by=context.actor.name,
        dossier_key=command.dossier_key,
        from_document=paper.key,
        name=paper.name,
    )


def check_component(command: CheckComponent, context: Context) -> Result:
    component = _component(command.dossier_key, command.component, command.revision, context)
    if component.status not in ("provided", "reused") or component.document_key is None:
        raise Conflict("There is no paper to check yet.", code="component-empty")
    strange = sorted(set(command.checks) ^ set(CHECKS))
    if strange:
        raise _invalid(f"/checks/{strange[0]}", "checks", f"Check all of {', '.join(CHECKS)}.")
    checked = ComponentChecked(
        component=component.id,
        quality=all(command.checks.values()),
        checks=dict(command.checks),
        by=context.actor.name,
        note=command.note,
    )
    context.uow.record(command.dossier_key, checked)
    return _standing(command.dossier_key, context)


def _component(root_key: Key, name: str, revision: int | None, context: Context) -> Component:
    context.uow.documents.require_root(root_key, context.actor)
    context.uow.roots.lock(root_key)
    found = context.uow.documents.component(root_key, name)
    if found is None:
        raise NotFound("The dossier has no such component.", code="component-unknown")
    guards.require_revision(found.revision, revision)
    return found


def _standing(root_key: Key, context: Context) -> Result:
    missing = unsettled(context.uow.documents.components(root_key))
    return {"key": root_key, "missing": list(missing)}


def _title(name: object) -> dict[str, object]:
    if isinstance(name, Mapping):
        return {str(language): str(text) for language, text in name.items()}
    return {"vi": str(name)} if name else {}


def _invalid(pointer: str, code: str, sentence: str) -> InvalidInput:
    fault = Fault(pointer=pointer, code=code, sentence=sentence)
    return InvalidInput(sentence, [fault], code=code)
