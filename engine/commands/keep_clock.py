"""Pause, resume and extend the clocks of a dossier, and explain its dates.

Refused: a pause without a rule of the law, an extension without its document,
a dossier that is closed, and anybody who has no part in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from engine.commands import deadlines
from engine.commands.context import Context, Result
from engine.commands.dossier_guards import locked_dossier, require_part
from engine.domain.clock.law import LegalCalendars, calendars_of
from engine.domain.clock.legal import ClockRecord, Standing, due_of, state_of
from engine.domain.clock.wire import due_document
from engine.domain.dossier import DossierRecord, project
from engine.domain.events import (
    DossierExtended,
    DossierPaused,
    DossierResumed,
    DueDateMoved,
)
from engine.errors import Conflict

_ROLES: Final = ("specialist", "signer")


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseDossier:
    """``rule`` is the id of a pause rule of the law; ``since`` may lie in the past."""

    code: str
    rule: str
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeDossier:
    """The pause by ``rule`` ends, now or at ``until``."""

    code: str
    rule: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendDossier:
    """More time with an apology: ``document`` is the letter's number and date."""

    code: str
    term: str
    document: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainDeadline:
    """The dates of a dossier, each with its derivation."""

    code: str


def pause_dossier(command: PauseDossier, context: Context) -> Result:
    dossier = _mine(command.code, context)
    key = deadlines.pause_clocks(context, dossier.key, rule=command.rule, since=command.since)
    _record(context, dossier, DossierPaused, rule=command.rule)
    return {"key": dossier.key, "pause_key": key, "moved": []}


def resume_dossier(command: ResumeDossier, context: Context) -> Result:
    dossier = _mine(command.code, context)
    moved = deadlines.resume_clocks(context, dossier.key, rule=command.rule, until=command.until)
    _record(context, dossier, DossierResumed, rule=command.rule)
    return {"key": dossier.key, "moved": shown_moves(moved, context)}


def extend_dossier(command: ExtendDossier, context: Context) -> Result:
    dossier = _mine(command.code, context)
    moved = deadlines.extend_clocks(
        context,
        dossier.key,
        term=command.term,
        document=command.document,
        reason=command.reason,
    )
    _record(context, dossier, DossierExtended, term=command.term, reason=command.reason)
    return {"key": dossier.key, "moved": shown_moves(moved, context)}


def explain_deadline(command: ExplainDeadline, context: Context) -> Result:
    dossier, _ = locked_dossier(context, command.code)
    standing = context.uow.clocks.standing(dossier.key)
    law, now = context.law.derived(calendars_of), context.uow.now
    return {
        "key": dossier.key,
        "code": dossier.code,
        "clocks": [_clock(clock, standing, law, now) for clock in standing.clocks],
        "pauses": [
            {
                "rule": each.pause.rule,
                "kind": each.pause.kind,
                "from": law.calendar().local(each.pause.start).isoformat(),
                "to": each.pause.end and law.calendar().local(each.pause.end).isoformat(),
            }
            for each in standing.pauses
        ],
        "extensions": [
            {"term": each.term, "document": each.document} for each in standing.extensions
        ],
    }


def shown_moves(moved: Sequence[DueDateMoved], context: Context) -> list[dict[str, Any]]:
    """Dates that moved, in local time."""
    local = context.law.derived(calendars_of).calendar().local
    return [
        {
            "name": each.name,
            "elementId": each.element_id,
            "old": local(each.old).isoformat(),
            "new": local(each.new).isoformat(),
        }
        for each in moved
    ]


def _clock(
    clock: ClockRecord, standing: Standing, law: LegalCalendars, now: datetime
) -> Mapping[str, object]:
    own = clock.name in ("statutory", "committed")
    until = clock.stopped_at or now
    extensions = standing.extensions if own else ()
    due = due_of(clock.origin, law, until, standing.pauses, extensions)
    local = law.calendar().local
    return {
        "name": clock.name,
        "elementId": clock.element_id,
        "state": state_of(clock, standing, now),
        "term": clock.origin.term,
        "from": local(clock.origin.start).isoformat(),
        "kept": local(clock.due_at).isoformat(),
        "supplement": clock.origin.supplement,
        "supplementRule": clock.origin.supplement_rule,
        **due_document(due, law),
    }


def _mine(code: str, context: Context) -> DossierRecord:
    dossier, _ = locked_dossier(context, code)
    require_part(context.actor, dossier, _ROLES)
    if dossier.closed_at is not None:
        raise Conflict("The dossier is closed.", code="dossier-closed")
    return dossier


def _record(context: Context, dossier: DossierRecord, event: Any, **more: Any) -> None:
    status = project(dossier.axes)
    context.uow.record(
        dossier.key,
        event(
            key=dossier.key,
            step_key=context.uow.next_key(),
            code=dossier.code,
            status_before=status,
            status=status,
            stage=dossier.axes.stage,
            business=dossier.axes.business,
            finance=dossier.axes.finance,
            delivery=dossier.axes.delivery,
            **more,
        ),
    )
