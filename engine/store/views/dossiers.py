"""Dossiers and their steps as they are searched."""

from __future__ import annotations

from sqlalchemy import select

from engine.store.tables import dossier, dossier_step, person, process_instance
from engine.store.views.grammar import NounView
from engine.store.visibility import dossier_visible

_linked = dossier.alias("linked_dossier")
_instance = process_instance.alias("instance_of_dossier")

VIEW = NounView(
    source=dossier.outerjoin(person, person.c.key == dossier.c.applicant_key),
    fields={
        **{column.name: column for column in dossier.c},
        "applicant_name": person.c.name,
        "linked_code": select(_linked.c.code)
        .where(_linked.c.key == dossier.c.linked_key)
        .correlate(dossier)
        .scalar_subquery(),
        "instance_state": select(_instance.c.state)
        .where(_instance.c.key == dossier.c.key)
        .correlate(dossier)
        .scalar_subquery(),
    },
    key=dossier.c.key,
    visible=dossier_visible,
    filters={"folded_name": person.c.folded_name},
)

STEPS = NounView(
    source=dossier_step.join(dossier, dossier.c.key == dossier_step.c.root_key),
    fields={**{column.name: column for column in dossier_step.c}, "code": dossier.c.code},
    key=dossier_step.c.key,
    visible=dossier_visible,
)
