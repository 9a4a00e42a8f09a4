"""One way to another portal code, for people, jobs and diagrams alike; the table is absolute.

``follow`` lets a dossier's status follow its process: ``portal`` of
``procedure.yml`` says which element means which code. A detour (5, 6) lasts
while its element is open. A code the table forbids refuses the whole command.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from engine.commands.deadlines import stop_clocks
from engine.domain.dossier import Axes, DossierRecord, Procedure, advance, may_follow, project
from engine.domain.dossier.axes import Finance
from engine.domain.dossier.portal import FINISHED, PAYMENT, SUPPLEMENT
from engine.domain.dossier.steps import StepRule, step_between
from engine.domain.events import ElementActivated, ElementCompleted, ElementTerminated
from engine.domain.ids import Key
from engine.errors import Conflict
from engine.ports.runtime import Step
from engine.ports.store import UnitOfWork

_MOVES = ElementActivated | ElementCompleted | ElementTerminated
_HELD = (SUPPLEMENT, PAYMENT)


def set_status(
    uow: UnitOfWork,
    dossier: DossierRecord,
    status: int,
    reason: str = "",
    finance: Finance | None = None,
) -> DossierRecord:
    """The dossier's own process sets a portal code; ``Conflict`` when the table forbids it."""
    before = project(dossier.axes)
    if status == before:
        return dossier
    rule = step_between(before, status)
    axes = advance(dossier.axes, status)
    if finance is not None:
        axes = replace(axes, finance=finance)
    if rule is None:
        raise Conflict(f"No step leads from {before} to {status}.", code="status-illegal")
    record_step(uow, dossier, rule, axes, reason=reason or None)
    return replace(dossier, axes=axes, status=status)


def record_step(
    uow: UnitOfWork, dossier: DossierRecord, step: StepRule, axes: Axes, **more: Any
) -> None:
    """The step's event with the axes as they stand after it."""
    uow.record(
        dossier.key,
        step.event(
            key=dossier.key,
            step_key=uow.next_key(),
            code=dossier.code,
            status_before=project(dossier.axes),
            status=project(axes),
            stage=axes.stage,
            business=axes.business,
            finance=axes.finance,
            delivery=axes.delivery,
            closed=step.closes,
            **more,
        ),
    )
    # The law's clock ends with the decision; lateness in fetching it is the citizen's.
    if step.closes or project(axes) == FINISHED:
        stop_clocks(uow, dossier.key, cause=step.name)


def follow(uow: UnitOfWork, root_key: Key, step: Step) -> None:
    """Codes of the elements this step entered and left, in their order."""
    if uow.roots.procedure_code(root_key) is None:
        return
    moves = [event for event in step.events if isinstance(event, _MOVES)]
    dossier = uow.dossiers.carried_by(root_key) if moves else None
    if dossier is None or dossier.definition_key is None:
        return
    codes = Procedure(uow.dossiers.procedure_of(dossier.definition_key)).portal
    left = False
    for event in moves:
        code = codes.get(event.element_id)
        if code is None:
            continue
        if isinstance(event, ElementActivated):
            dossier, left = _entered(uow, dossier, code), False
        elif code in _HELD and code == project(dossier.axes):
            left = True
    if left and project(dossier.axes) in _HELD:
        set_status(uow, dossier, dossier.axes.stage)


def _entered(uow: UnitOfWork, dossier: DossierRecord, code: int) -> DossierRecord:
    shown, stage = project(dossier.axes), dossier.axes.stage
    if shown in _HELD and code != shown and not may_follow(shown, code, stage):
        # The detour is over with the element that held it.
        dossier = set_status(uow, dossier, stage)
    return set_status(uow, dossier, code)
