"""Deployed decisions and the decisions made."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, Text, and_, cast, false

from engine.store.sqltypes import fits
from engine.store.tables import (
    decision_definition,
    decision_instance,
    decision_requirements,
    process_instance,
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

# The decision asked for, and the one made on the way to it: deployed together.
_asked = decision_definition.alias("asked")
_made = decision_definition.alias("made")
_NAME = (
    cast(decision_instance.c.evaluation_key, Text) + "-" + cast(decision_instance.c.number, Text)
)

_PARTS = re.compile(r"([0-9]{1,19})-([0-9]{1,9})", re.ASCII)


def _named(name: str) -> ColumnElement[bool]:
    """The row of that name by its primary key; no row has a name of another form."""
    parts = _PARTS.fullmatch(name)
    if parts is None or str(int(parts[1])) != parts[1] or str(int(parts[2])) != parts[2]:
        return false()
    key, number = int(parts[1]), int(parts[2])
    if not fits(key):
        return false()
    return and_(decision_instance.c.evaluation_key == key, decision_instance.c.number == number)


INSTANCES = NounView(
    source=decision_instance.outerjoin(
        _asked, _asked.c.key == decision_instance.c.root_decision_key
    )
    .outerjoin(
        _made,
        and_(
            _made.c.deployment_key == _asked.c.deployment_key,
            _made.c.decision_id == decision_instance.c.decision_id,
        ),
    )
    .outerjoin(process_instance, process_instance.c.key == decision_instance.c.instance_key),
    fields={
        **{column.name: column for column in decision_instance.c},
        "name": _NAME,
        "root_decision_id": _asked.c.decision_id,
        "decision_key": _made.c.key,
        "decision_version": _made.c.version,
        "requirements_key": _made.c.requirements_key,
        "business_id": process_instance.c.business_id,
    },
    key=decision_instance.c.evaluation_key,
    visible=lambda actor: visible_to(actor, decision_instance),
    sort=("evaluation_key", "number"),
    lookups={"name": _named},
)
