"""Deploy files and find the version somebody means.

A process whose file is unchanged keeps its version, but only when nothing else
of the deployment changed: "same deployment" must mean the files that were
deployed together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, Table, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.domain.ids import DefinitionRef, Key
from engine.domain.records import DefinitionRecord, StartRecord
from engine.errors import NotFound
from engine.ports.runtime import ProcessInfo
from engine.store import locks, mapping
from engine.store.resources import newest, same_files, stored_form
from engine.store.sqltypes import fits
from engine.store.tables import (
    deployment,
    deployment_resource,
    form_definition,
    process_definition,
    resource,
    start_arrival,
    start_subscription,
    start_timer,
)
from engine.store.transaction import Transaction

_SOURCE = (
    select(resource.c.content)
    .join(process_definition, process_definition.c.sha256 == resource.c.sha256)
    .where(process_definition.c.key == bindparam("k"))
)


class SqlDefinitions:
    """``engine.ports.store.Definitions`` in SQL."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def deploy(self, name: str, resources: Sequence[tuple[str, bytes]], tenant_id: str) -> Key:
        """A deployment and its files; two deployments of a tenant go one after the other."""
        locks.hold(self._tx, [f"deploy|{tenant_id}"])
        key = self._tx.next_key()
        row = {"key": key, "name": name, "tenant_id": tenant_id, "created_at": self._tx.now}
        self._tx.write(insert(deployment), row)
        files = [(n, hashlib.sha256(content).hexdigest(), content) for n, content in resources]
        make = sqlite.insert if self._tx.is_sqlite else postgresql.insert
        contents = {sha: {"sha256": sha, "content": content} for _, sha, content in files}
        self._tx.write(make(resource).on_conflict_do_nothing(), list(contents.values()))
        self._tx.write(
            insert(deployment_resource),
            [{"deployment_key": key, "name": n, "sha256": sha} for n, sha, _ in files],
        )
        return key

    def add_process(
        self,
        deployment_key: Key,
        resource_name: str,
        info: ProcessInfo,
        *,
        kind: str = "plain",
        procedure_code: str | None = None,
        applies_from: str | None = None,
    ) -> tuple[DefinitionRecord, bool]:
        """The next version, or the newest one (of the same date) when its file is the same."""
        tenant_id, sha = self._file(deployment_key, resource_name)
        own = {"tenant_id": tenant_id, "process_id": info.process_id}
        last = newest(self._tx, process_definition, own)
        alike = own | {"kind": kind, "applies_from": applies_from}
        before = newest(self._tx, process_definition, alike)
        if before is not None and same_files(self._tx, before, sha, deployment_key):
            return self._record(before), False
        row = {
            "key": self._tx.next_key(),
            **own,
            "version": last["version"] + 1 if last else 1,
            "version_tag": info.version_tag,
            "name": info.name,
            "kind": kind,
            "procedure_code": procedure_code,
            "applies_from": applies_from,
            "latest": True,
            "start_form_id": info.start_form_id,
            "deployment_key": deployment_key,
            "resource_name": resource_name,
            "sha256": sha,
            "created_at": self._tx.now,
        }
        self._supersede(process_definition, own)
        self._tx.write(insert(process_definition), row)
        self._subscribe_starts(row, info)
        return self._record(row), True

    def replace_start_timers(self, ref: DefinitionRef, timers: Sequence[StartRecord]) -> None:
        """Timer starts of older versions end, these begin."""
        row = self._one(process_definition.c.key == ref.key, f"with key {ref.key}")
        self._tx.write(delete(start_timer).where(*_same(start_timer, row)))
        rows = [
            {
                "definition_key": ref.key,
                "element_id": timer.element_id,
                "index": index,
                "tenant_id": row["tenant_id"],
                "process_id": ref.process_id,
                "timer_kind": timer.timer_kind,
                "expression": timer.expression,
                "due_at": timer.due_at,
                "repetitions": timer.repetitions,
                "needs": timer.needs,
            }
            for index, timer in enumerate(timers)
            if timer.due_at is not None
        ]
        if rows:
            self._tx.write(insert(start_timer), rows)

    def add_form(
        self, deployment_key: Key, resource_name: str, form_id: str, version_tag: str | None
    ) -> tuple[Mapping[str, object], bool]:
        """The next version, or the newest when the files are the same."""
        tenant_id, sha = self._file(deployment_key, resource_name)
        own = {"tenant_id": tenant_id, "form_id": form_id}
        last = newest(self._tx, form_definition, own)
        if last is not None and same_files(self._tx, last, sha, deployment_key):
            return stored_form(self._tx, last), False
        row = {
            "key": self._tx.next_key(),
            **own,
            "version": last["version"] + 1 if last else 1,
            "version_tag": version_tag,
            "latest": True,
            "deployment_key": deployment_key,
            "resource_name": resource_name,
            "sha256": sha,
            "created_at": self._tx.now,
        }
        self._supersede(form_definition, own)
        self._tx.write(insert(form_definition), row)
        return stored_form(self._tx, row), True

    def by_key(self, key: Key) -> DefinitionRecord:
        """The definition."""
        if not fits(key):
            raise NotFound(f"There is no process definition with key {key}.")
        return self._record(self._one(process_definition.c.key == key, f"with key {key}"))

    def latest(self, process_id: str, tenant_id: str, *, on: str | None = None) -> DefinitionRecord:
        """The newest version, or the last that applies on a date."""
        found = _versions(process_id, tenant_id)
        said = f"{process_id!r}"
        if on is not None:
            found = found.where(process_definition.c.applies_from <= on).order_by(None)
            found = found.order_by(
                process_definition.c.applies_from.desc(), process_definition.c.version.desc()
            )
            said += f" that applies on {on}"
        return self._record(self._first(found, said))

    def version(self, process_id: str, version: int, tenant_id: str) -> DefinitionRecord:
        """One version."""
        found = _versions(process_id, tenant_id).where(process_definition.c.version == version)
        return self._record(self._first(found, f"{process_id!r} version {version}"))

    def tagged(self, process_id: str, version_tag: str, tenant_id: str) -> DefinitionRecord:
        """The newest version with this tag."""
        found = _versions(process_id, tenant_id).where(
            process_definition.c.version_tag == version_tag
        )
        return self._record(self._first(found, f"{process_id!r} with tag {version_tag!r}"))

    def resolve(
        self, process_id: str, binding: str, version_tag: str | None, caller: DefinitionRef
    ) -> DefinitionRef | None:
        """The definition a call activity means, in the caller's tenant."""
        tenant = (
            select(process_definition.c.tenant_id)
            .where(process_definition.c.key == caller.key)
            .scalar_subquery()
        )
        found = _versions(process_id, tenant)
        if binding == "deployment":
            found = found.where(process_definition.c.deployment_key == caller.deployment_key)
        elif binding == "versionTag":
            found = found.where(process_definition.c.version_tag == version_tag)
        row = self._tx.read(found).one_or_none()
        return None if row is None else self._tx.definition(row.key)

    def source(self, key: Key) -> bytes:
        """The BPMN file of a definition."""
        content = self._tx.read(_SOURCE, {"k": key}).scalar()
        if content is None:
            raise NotFound(f"There is no process definition with key {key}.")
        return bytes(content)

    def form_source(
        self, form_id: str, binding: str, version_tag: str | None, caller: DefinitionRef
    ) -> str | None:
        """The ``.form`` JSON a task's binding means, in the caller's tenant."""
        found = (
            select(resource.c.content)
            .join(form_definition, form_definition.c.sha256 == resource.c.sha256)
            .join(process_definition, process_definition.c.key == caller.key)
            .where(form_definition.c.tenant_id == process_definition.c.tenant_id)
            .where(form_definition.c.form_id == form_id)
            .order_by(form_definition.c.version.desc())
            .limit(1)
        )
        if binding == "deployment":
            found = found.where(form_definition.c.deployment_key == caller.deployment_key)
        elif binding == "versionTag":
            found = found.where(form_definition.c.version_tag == version_tag)
        content = self._tx.read(found).scalar()
        return None if content is None else bytes(content).decode()

    def _file(self, deployment_key: Key, name: str) -> tuple[str, str]:
        row = self._tx.read(
            select(deployment.c.tenant_id, deployment_resource.c.sha256)
            .join_from(deployment, deployment_resource)
            .where(deployment.c.key == deployment_key, deployment_resource.c.name == name)
        ).one()
        return row.tenant_id, row.sha256

    def _supersede(self, table: Table, own: Mapping[str, Any]) -> None:
        same = [table.c[name] == value for name, value in own.items()]
        self._tx.write(update(table).where(*same, table.c.latest).values(latest=False))

    def _subscribe_starts(self, row: Mapping[str, Any], info: ProcessInfo) -> None:
        same = _same(start_subscription, row)
        self._tx.write(delete(start_subscription).where(*same))
        self._tx.write(delete(start_arrival).where(*_same(start_arrival, row)))
        starts = [
            {
                "definition_key": row["key"],
                "element_id": start.element_id,
                "tenant_id": row["tenant_id"],
                "process_id": row["process_id"],
                "kind": start.kind,
                "name": start.name,
                "needs": start.needs,
            }
            for start in info.starts
            if start.kind in ("message", "signal") and start.name
        ]
        if starts:
            self._tx.write(insert(start_subscription), starts)

    def _one(self, condition: Any, said: str) -> Mapping[str, Any]:
        return self._first(select(process_definition).where(condition), said)

    def _first(self, statement: Select[Any], said: str) -> Mapping[str, Any]:
        row = self._tx.read(statement).one_or_none()
        if row is None:
            raise NotFound(f"There is no process definition {said}.")
        return row._asdict()

    def _record(self, row: Mapping[str, Any]) -> DefinitionRecord:
        return mapping.definition_record(row, self._tx.definition)


def _versions(process_id: str, tenant_id: Any) -> Select[Any]:
    return (
        select(process_definition)
        .where(
            process_definition.c.process_id == process_id,
            process_definition.c.tenant_id == tenant_id,
        )
        .order_by(process_definition.c.version.desc())
        .limit(1)
    )


def _same(table: Table, row: Mapping[str, Any]) -> tuple[Any, Any]:
    return table.c.tenant_id == row["tenant_id"], table.c.process_id == row["process_id"]
