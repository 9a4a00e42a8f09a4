"""Components of a dossier: require them, take papers over or let them off, check their quality.

Rejected: a component the dossier does not have, a document of another dossier,
an exemption without a reason, a check of what was not brought.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.commands import guards
from engine.commands.context import Context, Result
from engine.domain.documents import CHECKS, Component, unsettled
from engine.domain.events import ComponentChecked, ComponentRequired, ComponentSettled
from engine.domain.ids import Key
from engine.errors import Conflict, Fault, InvalidInput, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class RequireComponents:
    """The list of a procedure: ``id``, ``name`` by language, ``required``. Known ones stay."""

    dossier_key: Key
    components: Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleComponent:
    """One of: a document of this dossier, or a reason why it need not be brought."""

    dossier_key: Key
    component: str
    document_key: Key | None = None
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
    document = command.document_key
    if command.exempt == (document is not None):
        raise _invalid("", "settlement", "Name a document, or exempt it with a reason.")
    if command.exempt and not (command.reason or "").strip():
        raise _invalid("/reason", "reason-missing", "Say why it need not be brought.")
    if document is not None:
        paper = context.uow.documents.find(document, context.actor)
        if paper.root_key != command.dossier_key:
            raise Conflict(
                "The document belongs to another dossier: attach it to this one first.",
                code="document-elsewhere",
            )
    settled = ComponentSettled(
        component=component.id,
        status="exempt" if command.exempt else "provided",
        by=context.actor.name,
        document_key=document,
        reason=command.reason,
    )
    context.uow.record(command.dossier_key, settled)
    return _standing(command.dossier_key, context)


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
