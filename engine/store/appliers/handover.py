"""Hand-overs as rows."""

from __future__ import annotations

from engine.domain.events.handover import HandOverAnswered, HandOverOffered
from engine.store.appliers.registry import Projection, applies
from engine.store.tables import hand_over


@applies(HandOverOffered)
def _offered(event: HandOverOffered, to: Projection) -> None:
    to.rows.insert(
        hand_over,
        key=event.key,
        dossier_key=event.dossier_key,
        tenant_id=to.visibility.tenant_id,
        code=event.code,
        procedure_code=to.visibility.procedure_code,
        from_agency=event.from_agency,
        from_unit=event.from_unit,
        to_agency=event.to_agency,
        to_unit=event.to_unit,
        state="offered",
        reason=event.reason,
        offered_at=to.at,
        answer_by=event.answer_by,
    )


@applies(HandOverAnswered)
def _answered(event: HandOverAnswered, to: Projection) -> None:
    to.rows.update(
        hand_over,
        event.key,
        state=event.state,
        answer=event.reason,
        answered_by=event.by,
        answered_at=to.at,
    )
