"""Comparisons with the portal, for those who may run them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false

from engine.domain.actors import Actor
from engine.domain.permissions import allows
from engine.store.tables import reconciliation
from engine.store.views.grammar import NounView
from engine.store.visibility import of_tenant


def _operated(actor: Actor) -> ColumnElement[bool]:
    # A comparison covers the whole installation, so no unit's own people read it.
    if not allows(actor, "operate") or actor.unit_id:
        return false()
    return of_tenant(actor, reconciliation)


RECONCILIATIONS = NounView(
    source=reconciliation,
    fields={column.name: column for column in reconciliation.c},
    key=reconciliation.c.key,
    visible=_operated,
)
