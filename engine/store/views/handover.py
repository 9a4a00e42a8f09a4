"""Hand-overs as they are searched: both agencies see the offer, nobody else."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_

from engine.domain.actors import Actor
from engine.domain.permissions import BROAD
from engine.store.tables import hand_over
from engine.store.views.grammar import NounView


def _visible(actor: Actor, *_: Any) -> ColumnElement[bool]:
    agencies = sorted({group.partition("@")[2] for group in actor.groups} - {""})
    ways: list[ColumnElement[bool]] = [
        hand_over.c.from_agency.in_(agencies),
        hand_over.c.to_agency.in_(agencies),
    ]
    if actor.has(*BROAD):
        ways += [
            column.startswith(actor.unit_id, autoescape=True)
            for column in (hand_over.c.from_unit, hand_over.c.to_unit)
        ]
    elif not actor.has("clerk"):
        return false()
    return and_(hand_over.c.tenant_id == actor.tenant_id, or_(*ways))


VIEW = NounView(
    source=hand_over,
    fields={column.name: column for column in hand_over.c},
    key=hand_over.c.key,
    visible=_visible,
)
