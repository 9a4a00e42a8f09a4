"""Lock a root, load what one step needs, and save what the step changed.

The root's row and the task, job or incident aimed at are locked in one
statement, the root first, so the subject is read as it stands under the lock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Table, bindparam, func, or_, select, union

from engine.domain.events import JobCreated
from engine.domain.ids import InstanceRef, Key
from engine.domain.jobs.types import BUILT_IN, INSIDE
from engine.domain.records import IncidentRecord, JobRecord, TaskRecord, Visibility
from engine.errors import NotFound
from engine.ports.bell import OWN
from engine.ports.runtime import Outgoing, RootState, Step
from engine.ports.store import LockedRoot
from engine.store import mapping, proofs
from engine.store.ledger import Ledger, Root
from engine.store.sqltypes import fits
from engine.store.tables import (
    dossier,
    element_instance,
    incident,
    job,
    process_instance,
    root,
    timer,
    user_task,
    variable,
)
from engine.store.transaction import PINNED, Transaction

_NEXT_TIMER = (
    select(func.min(timer.c.due_at, type_=timer.c.due_at.type))
    .where(timer.c.root_key == root.c.key)
    .correlate(root)
    .scalar_subquery()
)


def _locking(*tables: Table) -> Select[Any]:
    statement = select(
        *root.c, *(c for t in tables for c in t.c), PINNED.scalar_subquery(), _NEXT_TIMER
    )
    # PostgreSQL locks in the order of this list; the root comes first or two
    # writers of one instance could wait for each other.
    return statement.with_for_update(of=[root, *tables])


def _subject(table: Table) -> Select[Any]:
    return (
        _locking(table, element_instance)
        .join_from(table, root, root.c.key == table.c.root_key)
        .join(element_instance, element_instance.c.key == table.c.element_key)
        .where(table.c.key == bindparam("k"))
    )


_ROOT = _locking().where(root.c.key == bindparam("k"), root.c.kind == "process")
_TASK = _subject(user_task)
_JOB = _subject(job)
_INCIDENT = _subject(incident)
_ELEMENT = _locking().where(
    root.c.key
    == func.coalesce(
        select(element_instance.c.root_key)
        .where(element_instance.c.key == bindparam("k"))
        .scalar_subquery(),
        select(process_instance.c.root_key)
        .where(process_instance.c.key == bindparam("k"))
        .scalar_subquery(),
    )
)
_OPEN_TASKS = (
    select(user_task.c.element_key)
    .where(user_task.c.root_key == bindparam("k"), user_task.c.state == "CREATED")
    .order_by(user_task.c.key)
)
_OPEN_TASK_ROWS = (
    select(user_task)
    .where(user_task.c.root_key == bindparam("k"), user_task.c.state == "CREATED")
    .order_by(user_task.c.key)
)
_OPEN_DOSSIERS = select(dossier.c.root_key).where(
    or_(dossier.c.unit_id == bindparam("u"), dossier.c.receiving_unit == bindparam("u")),
    dossier.c.closed_at.is_(None),
)
_RUNNING = select(root.c.key).where(
    root.c.unit_id == bindparam("u"), root.c.kind == "process", root.c.snapshot.is_not(None)
)
_OPEN_IN = union(_OPEN_DOSSIERS, _RUNNING).limit(bindparam("n"))
SUSPENDED = select(root.c.key).where(root.c.suspended_at.is_not(None))
_VARIABLES = select(variable.c.scope_key, variable.c.name, variable.c.value, variable.c.key).where(
    variable.c.root_key == bindparam("k"), variable.c.live
)


class SqlRoots:
    """``engine.ports.store.Roots`` in SQL."""

    def __init__(self, tx: Transaction, ledger: Ledger) -> None:
        self._tx = tx
        self._ledger = ledger

    def create(self, key: Key, visibility: Visibility) -> None:
        """Begin a chain for a new root instance."""
        self._ledger.create(key, visibility)

    def lock(self, root_key: Key) -> LockedRoot:
        """The root's row, its snapshot and variables."""
        return self._locked(_ROOT, root_key, "process instance")[0]

    def lock_task(self, task_key: Key) -> tuple[TaskRecord, LockedRoot]:
        """The task and its root."""
        locked, row = self._locked(_TASK, task_key, "user task", user_task)
        return mapping.task(row, self._tx.definition), locked

    def lock_job(self, job_key: Key) -> tuple[JobRecord, LockedRoot]:
        """The job and its root."""
        locked, row = self._locked(_JOB, job_key, "job", job)
        return mapping.job(row, self._tx.definition), locked

    def lock_incident(self, incident_key: Key) -> tuple[IncidentRecord, LockedRoot]:
        """The incident and its root."""
        locked, row = self._locked(_INCIDENT, incident_key, "incident", incident)
        return mapping.incident(row), locked

    def lock_element(self, element_key: Key) -> LockedRoot:
        """The root of an element instance or a process instance."""
        return self._locked(_ELEMENT, element_key, "element instance")[0]

    def tasks_offered(self, root_key: Key) -> Sequence[TaskRecord]:
        """The open user tasks of a held root."""
        rows = self._tx.read(_OPEN_TASK_ROWS, {"k": root_key})
        return [mapping.task(row._asdict(), self._tx.definition) for row in rows]

    def open_in(self, unit_id: str, limit: int) -> Sequence[Key]:
        """Roots that still run or carry an open dossier, of exactly this unit."""
        return self._tx.read(_OPEN_IN, {"u": unit_id, "n": limit}).scalars().all()

    def procedure_code(self, root_key: Key) -> str | None:
        """The procedure of a root this transaction holds."""
        return self._held(root_key).visibility.procedure_code

    def visibility(self, root_key: Key) -> Visibility:
        """Who may see a held root."""
        return self._held(root_key).visibility

    def save(self, root_key: Key, step: Step) -> None:
        """Snapshot, variables, events and what the step sends out."""
        held = self._held(root_key)
        snapshot = None if step.finished else step.snapshot
        events = proofs.carriers(step, changed=snapshot != held.row["snapshot"])
        held.row["snapshot"] = snapshot
        held.snapshot_changed = True
        if step.finished:
            held.change("suspended_at", None)
            held.change("ended_at", self._tx.now)
        self._put_variables(held, step)
        self._ledger.record(
            root_key, events, proofs.of_step(step, events, held.row["salt"], held.visibility)
        )
        asked = {event.type for event in step.events if isinstance(event, JobCreated)}
        self._tx.created_internal |= not INSIDE.isdisjoint(asked)
        self._tx.rings |= {OWN if type in BUILT_IN else type for type in asked}
        for outgoing in step.outgoing:
            self._send(held, outgoing)

    def open_tasks(self, root_key: Key) -> Sequence[Key]:
        """Element keys of the root's open user tasks."""
        return self._tx.read(_OPEN_TASKS, {"k": root_key}).scalars().all()

    def migrate(self, root_key: Key, definition_key: Key) -> None:
        """The held root runs by another definition from here on."""
        self._held(root_key).change("definition_key", definition_key)

    def suspend(self, root_key: Key, at: datetime | None) -> None:
        """The root stands still from ``at`` on; None lets it move again."""
        self._held(root_key).change("suspended_at", at)

    def is_suspended(self, root_key: Key) -> bool:
        """Does the held root stand still?"""
        return self._held(root_key).row["suspended_at"] is not None

    def _held(self, root_key: Key) -> Root:
        held = self._ledger.find(root_key)
        if held is None:
            raise RuntimeError(f"root {root_key} is not locked by this unit of work")
        return held

    def _locked(
        self, statement: Select[Any], key: Key, noun: str, table: Table | None = None
    ) -> tuple[LockedRoot, Mapping[str, Any]]:
        found = self._tx.read(statement, {"k": key}).one_or_none() if fits(key) else None
        if found is None:
            raise NotFound(f"There is no {noun} with key {key}.")
        tables = [root] if table is None else [root, table, element_instance]
        *columns, pinned_at, next_timer = tuple(found)
        rows = mapping.split(columns, *tables)
        for extra, row in zip(tables[1:], rows[1:], strict=True):
            self._tx.rows.load(extra, row)
        self._tx.know_clock(pinned_at)
        held = self._ledger.find(rows[0]["key"]) or Root.loaded(rows[0])
        held.next_timer = next_timer
        locked = self._load(self._ledger.hold(held))
        return locked, rows[1] if table is not None else {}

    def _load(self, held: Root) -> LockedRoot:
        row = held.row
        state = None
        if row["snapshot"] is not None:
            values: dict[Key, dict[str, str]] = {}
            for scope_key, name, value, key in self._tx.connection.execute(
                _VARIABLES, {"k": held.key}
            ):
                values.setdefault(scope_key, {})[name] = value
                held.variable_keys[scope_key, name] = key
            held.live_scopes = set(values)
            definition = self._tx.definition(row["definition_key"])
            instance = InstanceRef(key=held.key, root_key=held.key, definition=definition)
            state = RootState(instance=instance, snapshot=row["snapshot"], variables=values)
        return LockedRoot(
            key=held.key,
            state=state,
            visibility=held.visibility,
            revision=held.stored_revision,
            next_due=held.next_timer,
            suspended=row["suspended_at"] is not None,
        )

    def _put_variables(self, held: Root, step: Step) -> None:
        for change in step.variables:
            place = (change.scope_key, change.name)
            key = held.variable_keys.get(place)
            if key is None:
                key = held.variable_keys[place] = self._tx.next_key()
            self._tx.rows.put(
                variable,
                scope_key=change.scope_key,
                name=change.name,
                key=key,
                root_key=held.key,
                instance_key=change.instance_key,
                value=change.value,
                live=True,
                revision=1,
                updated_at=self._tx.now,
                **seen_by(held.visibility),
            )

    def _send(self, held: Root, outgoing: Outgoing) -> None:
        type, payload = _payload(held, outgoing)
        self._tx.rows.insert(
            job,
            **internal_job(self._tx, type, payload, held.visibility),
            root_key=held.key,
            instance_key=outgoing.instance.key,
            element_key=outgoing.element_key,
            definition_key=outgoing.instance.definition.key,
            process_id=outgoing.instance.definition.process_id,
        )


def internal_job(
    tx: Transaction, type: str, payload: Mapping[str, object], visibility: Visibility
) -> dict[str, Any]:
    """A job row for our own worker, due at once."""
    tx.created_internal = True
    tx.rings.add(OWN)
    return {
        "key": tx.next_key(),
        "type": type,
        "kind": "INTERNAL",
        "listener_event": "UNSPECIFIED",
        "state": "CREATED",
        "open": True,
        "retries": 20,
        "priority": 0,
        "headers": {},
        "payload": dict(payload),
        "fence": 0,
        "lost": 0,
        "created_at": tx.now,
        **seen_by(visibility),
    }


def seen_by(visibility: Visibility) -> dict[str, Any]:
    """The visibility columns of a row."""
    return {
        "tenant_id": visibility.tenant_id,
        "unit_id": visibility.unit_id,
        "procedure_code": visibility.procedure_code,
        "sealed": visibility.sealed,
    }


def _payload(held: Root, outgoing: Outgoing) -> tuple[str, dict[str, object]]:
    payload: dict[str, object] = {
        "name": outgoing.name,
        "variables": dict(outgoing.variables),
        "tenant_id": held.visibility.tenant_id,
    }
    if outgoing.kind == "signal":
        return "broadcast-signal", payload | {"except_root": held.key}
    return "publish-message", payload | {
        "correlation_key": outgoing.correlation_key,
        "message_id": outgoing.message_id,
        "ttl": outgoing.ttl_seconds,
    }
