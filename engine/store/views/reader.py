"""``engine.ports.views.Views`` in SQL: committed rows, read without a lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import ColumnElement, Select, and_, case, func, select

from engine.domain.actors import Actor
from engine.domain.events import FlowTaken
from engine.domain.feed.records import FeedPage, FeedQuery
from engine.domain.ids import Key
from engine.ports.views import Noun, Page, Query
from engine.store import scopes
from engine.store.database import Database
from engine.store.resources import form_item
from engine.store.sqltypes import fits
from engine.store.tables import (
    decision_requirements,
    electronic_copy,
    element_instance,
    event,
    form_definition,
    incident,
    procedure_version,
    process_definition,
    process_instance,
    resource,
    user_task,
    variable,
)
from engine.store.views import (
    decisions,
    documents,
    dossiers,
    feed,
    handover,
    installation,
    instances,
    portal,
    tasks,
    webhooks,
    work,
)
from engine.store.views.day import day_figures
from engine.store.views.grammar import NounView
from engine.store.views.search import get, search
from engine.store.visibility import of_tenant, visible_to

NOUNS: Mapping[Noun, NounView] = {
    "deployment": installation.DEPLOYMENTS,
    "process_definition": installation.DEFINITIONS,
    "process_instance": instances.VIEW,
    "element_instance": instances.ELEMENTS,
    "user_task": tasks.VIEW,
    "job": work.JOBS,
    "variable": work.VARIABLES,
    "incident": work.INCIDENTS,
    "message_subscription": work.SUBSCRIPTIONS,
    "event": installation.EVENTS,
    "decision_definition": decisions.DEFINITIONS,
    "decision_requirements": decisions.REQUIREMENTS,
    "decision_instance": decisions.INSTANCES,
    "dossier": dossiers.VIEW,
    "dossier_step": dossiers.STEPS,
    "duty": dossiers.DUTIES,
    "receipt": dossiers.RECEIPTS,
    "hand_over": handover.VIEW,
    "reconciliation": portal.RECONCILIATIONS,
    "account": installation.ACCOUNTS,
    "erasure": installation.ERASURES,
    "webhook": webhooks.WEBHOOKS,
    "webhook_delivery": webhooks.DELIVERIES,
    "document": documents.DOCUMENTS,
    "component": documents.COMPONENTS,
    "document_access": documents.ACCESSES,
    "upload": documents.UPLOADS,
}


class SqlViews:
    """All reading outside commands."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def search(self, noun: Noun, actor: Actor, query: Query) -> Page:
        """A page of what the actor may see."""
        with self._database.reading() as connection:
            return search(connection, NOUNS[noun], actor, query)

    def get(self, noun: Noun, actor: Actor, key: Key) -> Mapping[str, object] | None:
        """One row the actor may see, or None."""
        with self._database.reading() as connection:
            return get(connection, NOUNS[noun], actor, key)

    def definition_source(self, actor: Actor, definition_key: Key) -> bytes | None:
        """The BPMN file of a definition."""
        found = (
            select(resource.c.content)
            .join(process_definition, process_definition.c.sha256 == resource.c.sha256)
            .where(process_definition.c.key == definition_key, of_tenant(actor, process_definition))
        )
        rows = self._rows(found) if fits(definition_key) else []
        return bytes(rows[0].content) if rows else None

    def decision_source(self, actor: Actor, requirements_key: Key) -> bytes | None:
        """The DMN file of a decision's requirements."""
        table = decision_requirements
        found = (
            select(resource.c.content)
            .join(table, table.c.sha256 == resource.c.sha256)
            .where(table.c.key == requirements_key, of_tenant(actor, table))
        )
        rows = self._rows(found) if fits(requirements_key) else []
        return bytes(rows[0].content) if rows else None

    def form(
        self, actor: Actor, form_id: str, binding: str, version_tag: str | None, deployment_key: Key
    ) -> Mapping[str, object] | None:
        """A deployed form, as a binding means it."""
        where = [form_definition.c.form_id == form_id]
        if binding == "deployment":
            where.append(form_definition.c.deployment_key == deployment_key)
        elif binding == "versionTag":
            where.append(form_definition.c.version_tag == version_tag)
        return self._form(actor, *where)

    def copy_holds(self, copy_key: str) -> bool:
        """Whether an electronic copy was issued here and not revoked."""
        table = electronic_copy
        if not (copy_key.isascii() and copy_key.isdigit() and fits(int(copy_key))):
            return False
        valid = select(table.c.key).where(table.c.key == int(copy_key), table.c.state == "VALID")
        return bool(self._rows(valid))

    def form_by_key(self, actor: Actor, form_key: Key) -> Mapping[str, object] | None:
        """A deployed form by its key."""
        return self._form(actor, form_definition.c.key == form_key) if fits(form_key) else None

    def task_variables(
        self, actor: Actor, task_key: Key
    ) -> tuple[Mapping[str, object], ...] | None:
        """Variable rows of all scopes a task sees, innermost first."""
        if not fits(task_key):
            return None
        seen = and_(user_task.c.key == task_key, visible_to(actor, user_task))
        rows = self._rows(scopes.of_tasks(seen))
        if not rows and not self._rows(select(user_task.c.key).where(seen)):
            return None
        names = [column.name for column in variable.c]
        # The statement gives the outermost scope first.
        ordered = sorted(rows, key=lambda row: (row.depth, row.name))
        return tuple({name: getattr(row, name) for name in names} for row in ordered)

    def variables_of_tasks(
        self, actor: Actor, task_keys: Sequence[Key], names: Sequence[str]
    ) -> Mapping[Key, Mapping[str, str]]:
        """Effective JSON texts per task in one statement."""
        seen = and_(user_task.c.key.in_(task_keys), visible_to(actor, user_task))
        values: dict[Key, dict[str, str]] = {key: {} for key in task_keys}
        for row in self._rows(scopes.of_tasks(seen, names)):
            values[row.task_key][row.name] = row.value
        return values

    def flows_taken(self, actor: Actor, instance_key: Key) -> tuple[str, ...] | None:
        """Ids of the sequence flows an instance took, in order, each once."""
        instance = self._instance(actor, instance_key)
        if instance is None:
            return None
        found = (
            select(event.c.payload)
            .where(event.c.root_key == instance.root_key, event.c.type == FlowTaken.wire)
            .order_by(event.c.seq)
        )
        taken = (orjson.loads(row.payload) for row in self._rows(found))
        return tuple(
            dict.fromkeys(flow["flow_id"] for flow in taken if flow["instance"] == instance_key)
        )

    def element_statistics(
        self, actor: Actor, instance_key: Key
    ) -> tuple[Mapping[str, object], ...] | None:
        """Per element id: active, completed, canceled and incident counts."""
        if self._instance(actor, instance_key) is None:
            return None
        broken = (
            select(incident.c.element_key)
            .where(incident.c.element_key == element_instance.c.key, incident.c.state == "ACTIVE")
            .exists()
        )
        found = (
            select(
                element_instance.c.element_id,
                _count(element_instance.c.state == "ACTIVE").label("active"),
                _count(element_instance.c.state == "COMPLETED").label("completed"),
                _count(element_instance.c.state == "TERMINATED").label("canceled"),
                _count(broken).label("incidents"),
            )
            .where(element_instance.c.instance_key == instance_key)
            .group_by(element_instance.c.element_id)
            .order_by(element_instance.c.element_id)
        )
        return tuple(row._asdict() for row in self._rows(found))

    def effective_variables(self, actor: Actor, element_key: Key) -> Mapping[str, str] | None:
        """What an element sees: name -> JSON text, the innermost scope wins."""
        element = self.get("element_instance", actor, element_key)
        if element is None:
            return None
        with self._database.reading() as connection:
            rows = connection.execute(scopes.ALL, {"keys": [element_key]}).all()
        return {row.name: row.value for row in rows}

    def events_after(self, actor: Actor, query: FeedQuery) -> FeedPage:
        """The next page of the feed."""
        with self._database.reading() as connection:
            return feed.events_after(connection, actor, query)

    def procedure_facts(self, actor: Actor, definition_key: Key) -> Mapping[str, object]:
        """The facts of a procedure's version: public law."""
        found = select(procedure_version.c.facts).where(
            procedure_version.c.definition_key == definition_key,
            of_tenant(actor, procedure_version),
        )
        rows = self._rows(found) if fits(definition_key) else []
        return rows[0].facts if rows else {}

    def day(
        self, actor: Actor, unit: str, day: date | None, zone: ZoneInfo
    ) -> Mapping[str, object]:
        """A unit's day, as far as the actor may see it."""
        with self._database.reading() as connection:
            return day_figures(connection, actor, unit, day, zone)

    def _instance(self, actor: Actor, key: Key) -> Any:
        if not fits(key):
            return None
        found = select(process_instance.c.key, process_instance.c.root_key).where(
            process_instance.c.key == key, visible_to(actor, process_instance)
        )
        return next(iter(self._rows(found)), None)

    def _form(self, actor: Actor, *where: ColumnElement[bool]) -> Mapping[str, object] | None:
        found = (
            select(form_definition, resource.c.content)
            .join(resource, resource.c.sha256 == form_definition.c.sha256)
            .where(of_tenant(actor, form_definition), *where)
            .order_by(form_definition.c.version.desc())
            .limit(1)
        )
        rows = self._rows(found)
        return form_item(rows[0]._asdict(), bytes(rows[0].content)) if rows else None

    def _rows(self, statement: Select[Any]) -> Sequence[Any]:
        with self._database.reading() as connection:
            return connection.execute(statement).all()


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
