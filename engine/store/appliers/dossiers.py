"""Dossiers as rows: each step leaves the axes as its event tells them."""

from __future__ import annotations

from engine.domain.dossier.portal import FINISHED
from engine.domain.events.dossiers import (
    DOSSIER_STEPS,
    DossierAccepted,
    DossierOpened,
    DossierStep,
    DossierSynced,
    DueDateSet,
    FilingReplaced,
    ReturnChannelChosen,
    SecretRenewed,
)
from engine.store.appliers.registry import Projection, applies, only_history
from engine.store.tables import dossier, dossier_step

only_history(SecretRenewed)


@applies(DossierOpened)
def _opened(event: DossierOpened, to: Projection) -> None:
    to.rows.insert(
        dossier,
        key=event.key,
        root_key=to.root_key,
        receiving_unit=event.receiving_unit,
        reception_point=event.reception_point,
        agency=event.agency,
        channel=event.channel,
        portal_code=event.portal_code,
        submitted_at=event.submitted_at,
        status=event.status,
        stage=event.stage,
        business="open",
        finance=event.finance,
        delivery="none",
        sync=event.sync,
        return_channel=event.return_channel,
        applicant_key=event.applicant_key,
        agent_key=event.agent_key,
        linked_key=event.linked_key,
        link_kind=event.link_kind,
        created_at=to.at,
        updated_at=to.at,
        revision=1,
        **to.seen_by(),
    )


@applies(DossierAccepted)
def _accepted(event: DossierAccepted, to: Projection) -> None:
    to.rows.update(
        dossier,
        event.key,
        code=event.code,
        definition_key=event.definition_key,
        applies_from=event.applies_from,
        accepted_at=event.accepted_at,
        decision=event.decision,
        term=event.term,
        statutory_due_at=event.statutory_due_at,
        committed_due_at=event.committed_due_at,
        status=event.status,
        stage=event.stage,
        business="open",
        updated_at=to.at,
    )


def _step(event: DossierStep, to: Projection) -> None:
    changes: dict[str, object] = {
        "status": event.status,
        "stage": event.stage,
        "business": event.business,
        "finance": event.finance,
        "delivery": event.delivery,
        "updated_at": to.at,
    }
    if event.status == FINISHED != event.status_before:
        changes["finished_at"] = to.at
    if event.closed:
        changes["closed_at"] = to.at
    to.rows.update(dossier, event.key, **changes)
    to.rows.insert(
        dossier_step,
        key=event.step_key,
        root_key=to.root_key,
        kind=event.wire.split(".")[2],
        status_before=event.status_before,
        status=event.status,
        reason=event.reason,
        rule=event.rule,
        detail=_detail(event),
        document_key=event.document_key,
        answer_by=event.answer_by,
        at=to.at,
        **to.seen_by(),
    )


def _detail(event: DossierStep) -> str | None:
    for name in ("method", "kind", "term"):
        value = getattr(event, name, None)
        if value is not None:
            return str(value)
    by_key = getattr(event, "by_key", None)
    return None if by_key is None else str(by_key)


for _kind in DOSSIER_STEPS:
    applies(_kind)(_step)


@applies(DueDateSet)
def _due(event: DueDateSet, to: Projection) -> None:
    to.rows.update(
        dossier,
        event.key,
        statutory_due_at=event.statutory_due_at,
        committed_due_at=event.committed_due_at,
        updated_at=to.at,
    )


@applies(ReturnChannelChosen)
def _return_channel(event: ReturnChannelChosen, to: Projection) -> None:
    to.rows.update(dossier, event.key, return_channel=event.return_channel, updated_at=to.at)


@applies(DossierSynced)
def _synced(event: DossierSynced, to: Projection) -> None:
    # ``updated_at`` stays: the dossier did not change, only who knows of it.
    to.rows.update(dossier, event.key, sync=event.sync)


@applies(FilingReplaced)
def _replaced(event: FilingReplaced, to: Projection) -> None:
    to.rows.update(dossier, event.key, submitted_at=event.submitted_at, updated_at=to.at)
