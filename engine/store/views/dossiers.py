"""Dossiers and their steps as they are searched."""

from __future__ import annotations

from sqlalchemy import select

from engine.store.tables import dossier, dossier_step, duty, person, process_instance, receipt
from engine.store.views.grammar import NounView
from engine.store.visibility import dossier_visible, receipt_visible

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

DUTIES = NounView(
    source=duty.join(dossier, dossier.c.key == duty.c.root_key),
    fields={**{column.name: column for column in duty.c}, "code": dossier.c.code},
    key=duty.c.key,
    visible=dossier_visible,
)

RECEIPTS = NounView(
    source=receipt.join(dossier, dossier.c.key == receipt.c.root_key).join(
        duty, duty.c.key == receipt.c.duty_key
    ),
    fields={
        **{column.name: column for column in receipt.c},
        "code": dossier.c.code,
        "payment_code": duty.c.payment_code,
    },
    key=receipt.c.key,
    visible=receipt_visible,
)
