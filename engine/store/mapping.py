"""Rows to records: the only place that knows both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table

from engine.domain.ids import DefinitionRef, Key
from engine.domain.records import (
    AccountRecord,
    DefinitionRecord,
    IncidentRecord,
    InstanceRecord,
    JobRecord,
    StartRecord,
    TaskRecord,
    Visibility,
    WaitRecord,
)
from engine.domain.skills import parse_skill
from engine.store.rows import Row

Definition = Callable[[Key | None], DefinitionRef]


def split(values: Sequence[Any], *tables: Table) -> list[Row]:
    """One row of several tables selected side by side, as one mapping each."""
    rows: list[Row] = []
    start = 0
    for table in tables:
        names = [column.name for column in table.columns]
        rows.append(dict(zip(names, values[start : start + len(names)], strict=True)))
        start += len(names)
    return rows


def visibility(row: Mapping[str, Any]) -> Visibility:
    """The four columns every visible row carries."""
    return Visibility(
        tenant_id=row["tenant_id"],
        unit_id=row["unit_id"],
        procedure_code=row["procedure_code"],
        sealed=row["sealed"],
    )


def task(row: Mapping[str, Any], definition: Definition) -> TaskRecord:
    """A user task."""
    return TaskRecord(
        key=row["key"],
        root_key=row["root_key"],
        instance_key=row["instance_key"],
        element_key=row["element_key"],
        definition=definition(row["definition_key"]),
        element_id=row["element_id"],
        name=row["name"],
        state=row["state"],
        assignee=row["assignee"],
        candidate_groups=tuple(row["candidate_groups"]),
        candidate_users=tuple(row["candidate_users"]),
        form_id=row["form_id"],
        form_binding=row["form_binding"],
        form_version_tag=row["form_version_tag"],
        revision=row["revision"],
        headers=row["headers"],
        visibility=visibility(row),
    )


def job(row: Mapping[str, Any], definition: Definition) -> JobRecord:
    """A job of a model, or one of ours (then its keys may be 0)."""
    return JobRecord(
        key=row["key"],
        root_key=row["root_key"] or 0,
        instance_key=row["instance_key"] or 0,
        element_key=row["element_key"] or 0,
        definition=definition(row["definition_key"]),
        element_id=row["element_id"] or "",
        type=row["type"],
        kind=row["kind"],
        state=row["state"],
        retries=row["retries"],
        headers=row["headers"],
        worker=row["worker"],
        lease_until=row["lease_until"],
        fence=row["fence"],
        payload=row["payload"] or {},
        visibility=visibility(row),
        priority=row["priority"],
        business_id=row.get("business_id"),
        tags=tuple(row.get("tags") or ()),
        listener_event=row["listener_event"],
        lost=row["lost"],
    )


def instance(row: Mapping[str, Any], definition: Definition) -> InstanceRecord:
    """A process instance."""
    return InstanceRecord(
        key=row["key"],
        root_key=row["root_key"],
        parent_key=row["parent_key"],
        definition=definition(row["definition_key"]),
        state=row["state"],
        business_id=row["business_id"],
        visibility=visibility(row),
    )


def incident(row: Mapping[str, Any]) -> IncidentRecord:
    """An incident."""
    return IncidentRecord(
        key=row["key"],
        root_key=row["root_key"],
        instance_key=row["instance_key"],
        element_key=row["element_key"],
        error_type=row["error_type"],
        job_key=row["job_key"],
        state=row["state"],
        visibility=visibility(row),
    )


def wait(row: Mapping[str, Any]) -> WaitRecord:
    """An armed timer or an open subscription."""
    return WaitRecord(
        root_key=row["root_key"],
        instance_key=row["instance_key"],
        element_key=row["element_key"],
        index=row["index"],
        process_id=row.get("process_id") or "",
        name=row.get("name") or "",
        due_at=row.get("due_at"),
        clock_key=row.get("clock_key"),
    )


def start(row: Mapping[str, Any], kind: str, definition: Definition) -> StartRecord:
    """A start event that waits."""
    return StartRecord(
        definition=definition(row["definition_key"]),
        element_id=row["element_id"],
        kind=kind,
        name=row.get("name"),
        due_at=row.get("due_at"),
        expression=row.get("expression"),
        timer_kind=row.get("timer_kind"),
        repetitions=row.get("repetitions") or 0,
        deployed_at=row.get("created_at"),
        needs=row["needs"],
        tenant_id=row["tenant_id"],
    )


def account(row: Mapping[str, Any]) -> AccountRecord:
    """An account."""
    return AccountRecord(
        key=row["key"],
        name=row["name"],
        display_name=row["display_name"],
        password_hash=row["password_hash"],
        credential_version=row["credential_version"],
        disabled=row["disabled"],
        roles=frozenset(row["roles"]),
        groups=tuple(row["groups"]),
        unit_id=row["unit_id"],
        tenant_id=row["tenant_id"],
        kind=row["kind"],
        skills=tuple(map(parse_skill, row["skills"] or ())),
    )


def definition_record(row: Mapping[str, Any], definition: Definition) -> DefinitionRecord:
    """One version of a process."""
    return DefinitionRecord(
        ref=definition(row["key"]),
        name=row["name"],
        tenant_id=row["tenant_id"],
        kind=row["kind"],
        resource_name=row["resource_name"],
        procedure_code=row["procedure_code"],
        applies_from=row["applies_from"],
        start_form_id=row["start_form_id"],
    )
