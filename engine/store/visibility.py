"""Which rows an actor may see: one predicate per noun (design 14.7).

Tenant first. Then the unit tree for roles that oversee work, sealed rows in
their own unit only; and for whatever hangs on a task, whoever holds that task
or may take it. A clerk sees nothing else.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Table, and_, exists, false, or_, select, true

from engine.domain.actors import Actor
from engine.domain.permissions import BROAD
from engine.store.tables import dossier, receipt, root, task_candidate, user_task


def visible_to(actor: Actor, rows: FromClause, noun: Table | None = None) -> ColumnElement[bool]:
    """The predicate over ``rows``, which carry the four visibility columns.

    ``noun`` names the table the rows come from when that is not ``rows``
    itself; tasks and rows with an ``instance_key`` are also seen by who may
    work on them.
    """
    table = noun if noun is not None else rows
    ways = [_by_unit(actor, rows)]
    if table is user_task:
        ways.append(may_work_on(actor))
    elif "instance_key" in rows.c:
        ways.append(_works_in(actor, rows.c.instance_key))
    elif getattr(table, "name", "") == "process_instance":
        ways.append(_works_in(actor, rows.c.key))
    return and_(rows.c.tenant_id == actor.tenant_id, or_(*ways))


def sees_root(actor: Actor) -> ColumnElement[bool]:
    """The root of the outer query: by its unit, or by work in it."""
    ways = or_(_by_unit(actor, root), _works_in(actor, root.c.key), in_dossier(actor, root.c.key))
    return and_(root.c.tenant_id == actor.tenant_id, ways)


def in_dossier(actor: Actor, dossier_key: ColumnElement[Any]) -> ColumnElement[bool]:
    """The row belongs to a dossier the actor sees."""
    return exists(select(1).where(dossier.c.key == dossier_key, dossier_visible(actor)))


def of_tenant(actor: Actor, rows: FromClause) -> ColumnElement[bool]:
    """Definitions and deployments: everybody of the tenant."""
    return rows.c.tenant_id == actor.tenant_id


def below(actor: Actor, rows: FromClause) -> ColumnElement[bool]:
    """The actor's unit and all units under it; the installation's root is above all."""
    if not actor.unit_id:
        return true()
    return rows.c.unit_id.startswith(actor.unit_id, autoescape=True)


def may_work_on(actor: Actor) -> ColumnElement[bool]:
    """The task of the outer query is held by the actor, or offered to them."""
    return or_(user_task.c.assignee == actor.name, _offered(actor, user_task.c.key))


def _by_unit(actor: Actor, rows: FromClause) -> ColumnElement[bool]:
    if not actor.has(*BROAD):
        return false()
    below = rows.c.unit_id.startswith(actor.unit_id, autoescape=True) if actor.unit_id else true()
    return or_(
        and_(rows.c.sealed.is_(False), below),
        and_(rows.c.sealed.is_(True), rows.c.unit_id == actor.unit_id),
    )


def _works_in(actor: Actor, instance_key: ColumnElement[Any]) -> ColumnElement[bool]:
    task = user_task.alias("own_task")
    return exists(
        select(1).where(
            task.c.instance_key == instance_key,
            or_(task.c.assignee == actor.name, _offered(actor, task.c.key)),
        )
    )


def _offered(actor: Actor, task_key: ColumnElement[Any]) -> ColumnElement[bool]:
    candidate = task_candidate.alias("own_candidate")
    return exists(
        select(1).where(
            candidate.c.task_key == task_key,
            or_(
                and_(candidate.c.kind == "group", candidate.c.group_id.in_(actor.groups)),
                and_(candidate.c.kind == "user", candidate.c.group_id == actor.name),
            ),
        )
    )


def dossier_visible(actor: Actor) -> ColumnElement[bool]:
    """A dossier: by the unit that decides, or the one that received it; sealed only the former.

    Clerks see what their own agency decides or their own counter received.
    """
    own = dossier.c.unit_id == actor.unit_id
    if actor.has(*BROAD):
        near = or_(below(actor, dossier), _received_below(actor))
    elif actor.has("clerk"):
        agencies = sorted({group.partition("@")[2] for group in actor.groups} - {""})
        own = dossier.c.agency.in_(agencies)
        near = or_(own, dossier.c.receiving_unit == actor.unit_id)
    else:
        return false()
    seen = or_(and_(dossier.c.sealed.is_(False), near), and_(dossier.c.sealed.is_(True), own))
    return and_(dossier.c.tenant_id == actor.tenant_id, seen)


def _received_below(actor: Actor) -> ColumnElement[bool]:
    if not actor.unit_id:
        return true()
    return dossier.c.receiving_unit.startswith(actor.unit_id, autoescape=True)


def receipt_visible(actor: Actor) -> ColumnElement[bool]:
    """Receipts of dossiers one sees, and those of one's own till."""
    if not actor.has(*BROAD, "clerk"):
        return false()
    own = and_(receipt.c.taken_at == actor.unit_id, receipt.c.tenant_id == actor.tenant_id)
    return or_(dossier_visible(actor), own)
