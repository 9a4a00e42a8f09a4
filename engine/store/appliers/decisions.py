"""Decisions made."""

from __future__ import annotations

from engine.domain.events import DecisionEvaluated
from engine.store.appliers.registry import Projection, applies
from engine.store.tables import decision_instance


@applies(DecisionEvaluated)
def _evaluated(event: DecisionEvaluated, to: Projection) -> None:
    instance = event.instance
    for number, made in enumerate(event.decisions, start=1):
        to.rows.insert(
            decision_instance,
            evaluation_key=event.key,
            number=number,
            root_key=to.root_key,
            instance_key=instance.key if instance else None,
            element_key=event.element_key,
            process_definition_key=instance.definition.key if instance else None,
            root_decision_key=event.decision_key,
            decision_id=made["id"],
            decision_name=made.get("name"),
            decision_type=made["type"],
            state=made["state"],
            failure=made.get("failure"),
            inputs=made["inputs"],
            rules=made["rules"],
            result=made.get("result"),
            warnings=made.get("warnings"),
            evaluated_at=to.at,
            **to.seen_by(),
        )
