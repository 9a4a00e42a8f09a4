"""What commands ask of the store inside one transaction.

Leaving the unit of work without ``commit`` rolls back; only ``engine.dispatch``
commits. Lock order: idempotency row, root, job or subscription, counters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from engine.domain.actors import Actor
from engine.domain.events import Event
from engine.domain.ids import DefinitionRef, Key
from engine.domain.records import (
    AccountRecord,
    DecisionRecord,
    DefinitionRecord,
    InstanceRecord,
    JobRecord,
    StartRecord,
)
from engine.ports.arrivals import Arrivals
from engine.ports.bell import Bell
from engine.ports.connectors import Connectors
from engine.ports.documents import Documents
from engine.ports.dossiers import Dossiers
from engine.ports.feed import Feed
from engine.ports.handover import HandOvers
from engine.ports.law import LawTable
from engine.ports.leases import Leases
from engine.ports.legal_clocks import LegalClocks
from engine.ports.money import Money
from engine.ports.notifications import Notifications
from engine.ports.papers import Papers
from engine.ports.portal import PortalQueue
from engine.ports.registers import Registers
from engine.ports.retention import Retention
from engine.ports.roots import LockedRoot as LockedRoot
from engine.ports.roots import Roots as Roots
from engine.ports.runtime import ProcessInfo
from engine.ports.waits import Waits
from engine.ports.webhooks import Webhooks


class Definitions(Protocol):
    """Deployed resources and their versions."""

    def deploy(self, name: str, resources: Sequence[tuple[str, bytes]], tenant_id: str) -> Key:
        """A deployment row with its resources (content-addressed); returns its key."""

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
        """The next version of the process, or the newest one when its file is the same.

        The flag says whether it is new. Start subscriptions of the version
        before are replaced (message, signal); timers see ``replace_start_timers``.
        """

    def replace_start_timers(self, ref: DefinitionRef, timers: Sequence[StartRecord]) -> None:
        """Timer starts of older versions end, these begin."""

    def add_form(
        self, deployment_key: Key, resource_name: str, form_id: str, version_tag: str | None
    ) -> tuple[Mapping[str, object], bool]:
        """The next version (as ``Views.form``), or the newest when the file is the same."""

    def by_key(self, key: Key) -> DefinitionRecord:
        """``NotFound`` when there is none."""

    def latest(self, process_id: str, tenant_id: str, *, on: str | None = None) -> DefinitionRecord:
        """The newest version; with ``on`` (ISO date) the last one that applies by then."""

    def version(self, process_id: str, version: int, tenant_id: str) -> DefinitionRecord:
        """``NotFound`` when there is none."""

    def tagged(self, process_id: str, version_tag: str, tenant_id: str) -> DefinitionRecord:
        """The newest version with this tag; ``NotFound`` when there is none."""

    def resolve(
        self, process_id: str, binding: str, version_tag: str | None, caller: DefinitionRef
    ) -> DefinitionRef | None:
        """The definition a call activity means."""

    def source(self, key: Key) -> bytes:
        """The BPMN file of a definition."""

    def form_source(
        self, form_id: str, binding: str, version_tag: str | None, caller: DefinitionRef
    ) -> str | None:
        """The ``.form`` JSON a task's binding means, or None."""


class Jobs(Protocol):
    """Job rows. Leases use the database's real clock, never the pinned one."""

    def activate(
        self, actor: Actor, type: str, worker: str, lease_seconds: float, limit: int
    ) -> Sequence[JobRecord]:
        """Lease up to ``limit`` open jobs, FIFO within priority, skipping locked rows."""

    def due_internal(self, limit: int, lease_seconds: float) -> Sequence[JobRecord]:
        """Lease internal jobs (messages, signals) and jobs of types served inside."""

    def add_internal(self, type: str, payload: Mapping[str, object]) -> Key:
        """A job for our own worker, in this transaction."""

    def finish_internal(self, key: Key) -> None:
        """The internal job is done."""

    def fail_internal(self, key: Key, message: str) -> None:
        """Count a retry, with back-off."""

    def variables(
        self, jobs: Sequence[JobRecord], names: Sequence[str] | None
    ) -> Mapping[Key, Mapping[str, object]]:
        """What each job sees, innermost scope first; ``names`` None = all. One statement."""


class Decisions(Protocol):
    """Deployed decisions."""

    def add(
        self,
        deployment_key: Key,
        resource_name: str,
        requirements: tuple[str, str],
        decisions: Sequence[tuple[str, str | None, str | None]],
        tenant_id: str,
    ) -> Sequence[tuple[DecisionRecord, bool]]:
        """Versions of a DMN file's decisions (id, name, version tag); flag = new version."""

    def find(
        self, decision_id: str, binding: str, version_tag: str | None, caller: DefinitionRef | None
    ) -> DecisionRecord | None:
        """The decision a binding means."""

    def by_key(self, key: Key) -> DecisionRecord:
        """``NotFound`` when there is none."""

    def beside(self, record: DecisionRecord) -> Sequence[DecisionRecord]:
        """All decisions deployed together with this one, itself included."""

    def source(self, resource_key: Key) -> bytes:
        """The DMN file."""

    def files(self, resource_key: Key) -> Mapping[str, bytes]:
        """All DMN files of its deployment by name, itself included."""


class Accounts(Protocol):
    """Local accounts, tokens and browser sessions; secrets arrive hashed."""

    def by_name(self, name: str) -> AccountRecord | None: ...

    def by_token(
        self, token_hash: bytes, now: datetime
    ) -> tuple[AccountRecord, frozenset[str] | None] | None:
        """The account of an unexpired, unrevoked token and the job types it is bound to."""

    def by_session(self, session_hash: bytes, now: datetime) -> tuple[AccountRecord, str] | None:
        """Account and CSRF token of a live session (idle and absolute time-out checked)."""

    def create(self, account: AccountRecord) -> None:
        """``Conflict`` when the name exists."""

    def by_names(self, names: Sequence[str]) -> Mapping[str, AccountRecord]:
        """Those of the names that exist."""

    def create_all(self, accounts: Sequence[AccountRecord]) -> None:
        """Many at once, none of which exists."""

    def of_unit(self, unit_id: str) -> Sequence[AccountRecord]:
        """Enabled accounts of exactly this unit."""

    def update(self, account: AccountRecord) -> None:
        """Writes all columns and raises ``credential_version``."""

    def any(self) -> bool:
        """True when at least one account exists."""

    def add_token(
        self,
        token_hash: bytes,
        account_key: Key,
        label: str,
        job_types: Iterable[str] | None,
        expires_at: datetime | None,
    ) -> None: ...

    def revoke_token(self, account_key: Key, label: str) -> bool: ...

    def open_session(
        self, session_hash: bytes, account_key: Key, csrf: str, now: datetime
    ) -> None: ...

    def close_session(self, session_hash: bytes) -> None: ...

    def failed_logins(self, name_hash: bytes, since: datetime) -> int: ...

    def count_failed_login(self, name_hash: bytes, now: datetime) -> None: ...

    def clear_failed_logins(self, name_hash: bytes) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A command already done under this idempotency key: its status and result (JSON)."""

    body_hash: str
    result: Mapping[str, object] | None


class UnitOfWork(Protocol):
    """One transaction: BEGIN IMMEDIATE behind the writer lock on SQLite."""

    @property
    def retention(self) -> Retention: ...
    @property
    def roots(self) -> Roots: ...
    @property
    def definitions(self) -> Definitions: ...
    @property
    def decisions(self) -> Decisions: ...
    @property
    def jobs(self) -> Jobs: ...
    @property
    def notifications(self) -> Notifications: ...
    @property
    def connectors(self) -> Connectors: ...
    @property
    def leases(self) -> Leases: ...
    @property
    def waits(self) -> Waits: ...
    @property
    def arrivals(self) -> Arrivals: ...
    @property
    def documents(self) -> Documents: ...
    @property
    def registers(self) -> Registers: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def law(self) -> LawTable: ...
    @property
    def clocks(self) -> LegalClocks: ...
    @property
    def papers(self) -> Papers: ...
    @property
    def feed(self) -> Feed: ...
    @property
    def dossiers(self) -> Dossiers: ...
    @property
    def money(self) -> Money: ...
    @property
    def hand_overs(self) -> HandOvers: ...
    @property
    def webhooks(self) -> Webhooks: ...
    @property
    def portal(self) -> PortalQueue: ...

    @property
    def now(self) -> datetime:
        """Business time: the pinned clock row, else the machine's clock."""

    @property
    def real_now(self) -> datetime:
        """The database's real clock."""

    @property
    def created_internal(self) -> bool:
        """True when this transaction added internal jobs: dispatch runs them after commit."""

    def next_key(self) -> Key: ...

    def instance(self, key: Key) -> InstanceRecord:
        """``NotFound`` when there is none."""

    def has_business_id(self, process_id: str, business_id: str, tenant_id: str) -> bool:
        """True when an active root instance of the process has this business id."""

    def completed_by(self, instance_key: Key, element_id: str) -> frozenset[str]:
        """Who completed tasks of this element in this instance, by the chain of events."""

    def pin_clock(self, at: datetime | None) -> None: ...

    def record(self, root_key: Key | None, *events: Event) -> None:
        """Apply each event to the projections and append it to the root's chain.

        ``root_key`` None hangs the events on the actor's unit and day.
        """

    def claim_idempotency(self, actor: str, key: str, body_hash: str) -> Replay | None:
        """Insert the row first; a Replay when it exists (waits for a running twin)."""

    def keep_result(self, actor: str, key: str, result: Mapping[str, object]) -> None: ...

    def commit(self) -> None: ...


class Store(Protocol):
    """Opens units of work; holds the pool. No connection before the first use."""

    @property
    def bell(self) -> Bell:
        """Rings after a commit that made work."""

    def unit_of_work(self, actor: Actor) -> AbstractContextManager[UnitOfWork]:
        """A transaction whose events carry this actor."""

    def reading(self, actor: Actor) -> AbstractContextManager[UnitOfWork]:
        """A transaction without write lock; ``commit`` and ``record`` are errors."""

    def is_retryable(self, error: Exception) -> bool:
        """True for a lost race (serialization, deadlock, lock time-out): the same command may
        be run again from its beginning."""

    def seal(self) -> int:
        """Seal all chain heads that changed since the last seal; how many."""

    def tidy(self) -> int:
        """Delete rows whose time is over (idempotency keys, expired messages); how many."""

    def dispose(self) -> None: ...
