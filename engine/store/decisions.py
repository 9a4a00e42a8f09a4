"""Versions of deployed decisions; a DMN file is one version of its requirements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from engine.domain.ids import DefinitionRef, Key
from engine.domain.records import DecisionRecord
from engine.errors import NotFound
from engine.store.resources import newest, same_files
from engine.store.tables import (
    decision_definition,
    decision_requirements,
    deployment_resource,
    process_definition,
    resource,
)
from engine.store.transaction import Transaction

_SELECT = select(
    decision_definition,
    decision_requirements.c.requirements_id,
    decision_requirements.c.name.label("requirements_name"),
    decision_requirements.c.version.label("requirements_version"),
).join(
    decision_requirements,
    decision_requirements.c.key == decision_definition.c.requirements_key,
)
_SOURCE = (
    select(resource.c.content)
    .join(decision_requirements, decision_requirements.c.sha256 == resource.c.sha256)
    .where(decision_requirements.c.key == bindparam("k"))
)
_FILES = (
    select(deployment_resource.c.name, resource.c.content)
    .join(resource, resource.c.sha256 == deployment_resource.c.sha256)
    .join(
        decision_requirements,
        decision_requirements.c.deployment_key == deployment_resource.c.deployment_key,
    )
    .where(
        decision_requirements.c.key == bindparam("k"),
        deployment_resource.c.name.endswith(".dmn", autoescape=True),
    )
)


class SqlDecisions:
    """``engine.ports.store.Decisions`` in SQL."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(
        self,
        deployment_key: Key,
        resource_name: str,
        requirements: tuple[str, str],
        decisions: Sequence[tuple[str, str | None, str | None]],
        tenant_id: str,
    ) -> Sequence[tuple[DecisionRecord, bool]]:
        """The next version of each decision, or the newest ones when the files are the same."""
        requirements_id, name = requirements
        sha = self._tx.read(
            select(deployment_resource.c.sha256).where(
                deployment_resource.c.deployment_key == deployment_key,
                deployment_resource.c.name == resource_name,
            )
        ).scalar_one()
        own = {"tenant_id": tenant_id, "requirements_id": requirements_id}
        last = newest(self._tx, decision_requirements, own)
        if last is not None and same_files(self._tx, last, sha, deployment_key):
            return [(record, False) for record in self._of_file(last["key"])]
        row = {
            "key": self._tx.next_key(),
            **own,
            "name": name,
            "version": last["version"] + 1 if last else 1,
            "deployment_key": deployment_key,
            "resource_name": resource_name,
            "sha256": sha,
            "created_at": self._tx.now,
        }
        self._tx.write(insert(decision_requirements), row)
        return [(self._add_one(row, *decision), True) for decision in decisions]

    def find(
        self, decision_id: str, binding: str, version_tag: str | None, caller: DefinitionRef | None
    ) -> DecisionRecord | None:
        """The decision a binding means; with a caller, of the caller's tenant."""
        found = _SELECT.where(decision_definition.c.decision_id == decision_id)
        if caller is not None:
            tenant = select(process_definition.c.tenant_id).where(
                process_definition.c.key == caller.key
            )
            found = found.where(decision_definition.c.tenant_id == tenant.scalar_subquery())
        if binding == "deployment" and caller is not None:
            found = found.where(decision_definition.c.deployment_key == caller.deployment_key)
        elif binding == "versionTag":
            found = found.where(decision_definition.c.version_tag == version_tag)
        found = found.order_by(decision_definition.c.version.desc()).limit(1)
        row = self._tx.read(found).one_or_none()
        return None if row is None else _record(row._asdict())

    def by_key(self, key: Key) -> DecisionRecord:
        """One version of a decision."""
        row = self._tx.read(_SELECT.where(decision_definition.c.key == key)).one_or_none()
        if row is None:
            raise NotFound("There is no such decision.", code="decision-unknown")
        return _record(row._asdict())

    def beside(self, record: DecisionRecord) -> Sequence[DecisionRecord]:
        """All decisions deployed together with this one, itself included."""
        deployed = (
            select(decision_definition.c.deployment_key)
            .where(decision_definition.c.key == record.key)
            .scalar_subquery()
        )
        rows = self._tx.read(_SELECT.where(decision_definition.c.deployment_key == deployed))
        return [_record(row._asdict()) for row in rows]

    def source(self, resource_key: Key) -> bytes:
        """The DMN file."""
        content = self._tx.read(_SOURCE, {"k": resource_key}).scalar()
        if content is None:
            raise NotFound(f"There is no DMN file with key {resource_key}.")
        return bytes(content)

    def files(self, resource_key: Key) -> Mapping[str, bytes]:
        """All DMN files of its deployment by name, itself included."""
        rows = self._tx.read(_FILES, {"k": resource_key})
        return {row.name: bytes(row.content) for row in rows}

    def _of_file(self, requirements_key: Key) -> list[DecisionRecord]:
        rows = self._tx.read(
            _SELECT.where(decision_definition.c.requirements_key == requirements_key).order_by(
                decision_definition.c.key
            )
        )
        return [_record(row._asdict()) for row in rows]

    def _add_one(
        self,
        file: Mapping[str, Any],
        decision_id: str,
        name: str | None,
        version_tag: str | None,
    ) -> DecisionRecord:
        own = {"tenant_id": file["tenant_id"], "decision_id": decision_id}
        last = newest(self._tx, decision_definition, own)
        if last is not None:
            same = decision_definition.c.key == last["key"]
            self._tx.write(update(decision_definition).where(same).values(latest=False))
        row = {
            "key": self._tx.next_key(),
            **own,
            "version": last["version"] + 1 if last else 1,
            "version_tag": version_tag,
            "name": name,
            "latest": True,
            "requirements_key": file["key"],
            "deployment_key": file["deployment_key"],
            "created_at": self._tx.now,
        }
        self._tx.write(insert(decision_definition), row)
        return _record(
            row
            | {
                "requirements_id": file["requirements_id"],
                "requirements_name": file["name"],
                "requirements_version": file["version"],
            }
        )


def _record(row: Mapping[str, Any]) -> DecisionRecord:
    return DecisionRecord(
        key=row["key"],
        decision_id=row["decision_id"],
        version=row["version"],
        version_tag=row["version_tag"],
        resource_key=row["requirements_key"],
        name=row["name"],
        requirements_id=row["requirements_id"],
        requirements_key=row["requirements_key"],
        requirements_name=row["requirements_name"],
        requirements_version=row["requirements_version"],
    )
