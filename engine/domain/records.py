"""Rows as commands see them: frozen, without any database type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engine.domain.ids import DEFAULT_TENANT, DefinitionRef, Key
from engine.domain.skills import Skill


@dataclass(frozen=True, slots=True, kw_only=True)
class Visibility:
    """Columns every visible row carries from the first migration on (design 14.7).

    ``unit_id`` is a tree path (``48/20242/``), empty for work of no unit.
    ``sealed`` rows are seen by their own unit only.
    """

    tenant_id: str = DEFAULT_TENANT
    unit_id: str = ""
    procedure_code: str | None = None
    sealed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRecord:
    key: Key
    root_key: Key
    instance_key: Key
    element_key: Key
    definition: DefinitionRef
    element_id: str
    name: str | None
    state: str
    assignee: str | None
    candidate_groups: tuple[str, ...]
    candidate_users: tuple[str, ...]
    form_id: str | None
    form_binding: str
    form_version_tag: str | None
    revision: int
    visibility: Visibility
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRecord:
    """``fence`` grows with each activation; a worker that lost its lease holds an old one."""

    key: Key
    root_key: Key
    instance_key: Key
    element_key: Key
    definition: DefinitionRef
    element_id: str
    type: str
    kind: str
    state: str
    retries: int
    headers: Mapping[str, str] = field(default_factory=dict)
    worker: str | None = None
    lease_until: datetime | None = None
    fence: int = 0
    payload: Mapping[str, object] = field(default_factory=dict)
    visibility: Visibility = Visibility()
    priority: int = 0
    business_id: str | None = None
    tags: tuple[str, ...] = ()
    listener_event: str = "UNSPECIFIED"
    lost: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceRecord:
    key: Key
    root_key: Key
    parent_key: Key | None
    definition: DefinitionRef
    state: str
    business_id: str | None
    visibility: Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRecord:
    key: Key
    root_key: Key
    instance_key: Key
    element_key: Key
    error_type: str
    job_key: Key | None
    state: str
    visibility: Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitRecord:
    """A due timer or a subscription: where to call ``Process.trigger``."""

    root_key: Key
    instance_key: Key
    element_key: Key
    index: int
    process_id: str = ""
    name: str = ""
    due_at: datetime | None = None
    clock_key: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRecord:
    """A start event that waits in the database: message, signal or timer of a definition."""

    definition: DefinitionRef
    element_id: str
    kind: str
    name: str | None = None
    due_at: datetime | None = None
    expression: str | None = None
    timer_kind: str | None = None
    repetitions: int = 0
    deployed_at: datetime | None = None
    needs: int = 0
    """How many events must come before one instance begins; 0 = any one begins one."""
    tenant_id: str = DEFAULT_TENANT


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionRecord:
    """``kind`` ``procedure`` starts only at the counter; ``plain`` starts by anybody allowed."""

    ref: DefinitionRef
    name: str | None
    tenant_id: str
    kind: str
    resource_name: str
    procedure_code: str | None = None
    applies_from: str | None = None
    start_form_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecord:
    """One version of a deployed decision; ``resource_key`` names the DMN file."""

    key: Key
    decision_id: str
    version: int
    version_tag: str | None
    resource_key: Key
    name: str | None = None
    requirements_id: str = ""
    requirements_key: Key = 0
    requirements_name: str = ""
    requirements_version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRecord:
    """A published message that waits for a receiver."""

    key: Key
    name: str
    correlation_key: str
    variables: Mapping[str, object]
    tenant_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRecord:
    """``credential_version`` grows with every change of password, roles or block."""

    key: Key
    name: str
    display_name: str
    password_hash: str | None
    credential_version: int
    disabled: bool
    roles: frozenset[str]
    groups: tuple[str, ...]
    unit_id: str
    tenant_id: str
    kind: str
    skills: tuple[Skill, ...] = ()
