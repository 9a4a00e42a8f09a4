"""Deployed decisions and the decisions made."""

from __future__ import annotations

from engine.store.tables import (
    decision_definition,
    decision_instance,
    decision_requirements,
)
from engine.store.views.grammar import NounView
from engine.store.visibility import of_tenant, visible_to

DEFINITIONS = NounView(
    source=decision_definition.join(
        decision_requirements, decision_requirements.c.key == decision_definition.c.requirements_key
    ),
    fields={
        **{column.name: column for column in decision_definition.c},
        "requirements_id": decision_requirements.c.requirements_id,
        "requirements_name": decision_requirements.c.name,
        "requirements_version": decision_requirements.c.version,
        "resource_name": decision_requirements.c.resource_name,
    },
    key=decision_definition.c.key,
    visible=lambda actor: of_tenant(actor, decision_definition),
)

REQUIREMENTS = NounView(
    source=decision_requirements,
    fields={column.name: column for column in decision_requirements.c},
    key=decision_requirements.c.key,
    visible=lambda actor: of_tenant(actor, decision_requirements),
)

INSTANCES = NounView(
    source=decision_instance.outerjoin(
        decision_definition, decision_definition.c.key == decision_instance.c.root_decision_key
    ),
    fields={
        **{column.name: column for column in decision_instance.c},
        "root_decision_id": decision_definition.c.decision_id,
        "decision_version": decision_definition.c.version,
        "requirements_key": decision_definition.c.requirements_key,
    },
    key=decision_instance.c.evaluation_key,
    visible=lambda actor: visible_to(actor, decision_instance),
    sort=("evaluation_key", "number"),
)
