"""What deployments of all kinds share: newest versions and unchanged files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, select

from engine.domain.ids import Key
from engine.store.tables import deployment_resource, resource
from engine.store.transaction import Transaction


def newest(tx: Transaction, table: Table, own: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The row with the highest version among those with these values (None = null)."""
    same = [table.c[n].is_(None) if v is None else table.c[n] == v for n, v in own.items()]
    statement = select(table).where(*same).order_by(table.c.version.desc()).limit(1)
    row = tx.read(statement).one_or_none()
    return None if row is None else row._asdict()


def same_files(
    tx: Transaction, before: Mapping[str, Any], sha256: str, deployment_key: Key
) -> bool:
    """True when this file, and all deployed with it, stood beside ``before`` already."""
    if before["sha256"] != sha256:
        return False
    return _files(tx, deployment_key) <= _files(tx, before["deployment_key"])


def stored_form(tx: Transaction, row: Mapping[str, Any]) -> Mapping[str, object]:
    """A form as ``Views.form`` shows it."""
    content = tx.read(
        select(resource.c.content).where(resource.c.sha256 == row["sha256"])
    ).scalar_one()
    return form_item(row, bytes(content))


def form_item(row: Mapping[str, Any], content: bytes) -> Mapping[str, object]:
    """The members of a form, its schema as JSON text."""
    return {
        "key": row["key"],
        "form_id": row["form_id"],
        "version": row["version"],
        "version_tag": row["version_tag"],
        "tenant_id": row["tenant_id"],
        "deployment_key": row["deployment_key"],
        "resource_name": row["resource_name"],
        "schema": content.decode(),
    }


def _files(tx: Transaction, deployment_key: Key) -> set[str]:
    rows = tx.read(
        select(deployment_resource.c.sha256).where(
            deployment_resource.c.deployment_key == deployment_key
        )
    )
    return set(rows.scalars())
