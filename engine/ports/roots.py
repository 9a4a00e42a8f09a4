"""Root instances: one row, one writer, one snapshot (design 14.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from engine.domain.ids import Key
from engine.domain.records import IncidentRecord, JobRecord, TaskRecord, Visibility
from engine.ports.runtime import RootState, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedRoot:
    """The row one writer holds. ``state`` is None for a root that has ended."""

    key: Key
    state: RootState | None
    visibility: Visibility
    revision: int
    next_due: datetime | None = None
    """The earliest due time among the root's timers."""
    suspended: bool = False
    """An operator stopped it: nothing runs before it is resumed."""


class Roots(Protocol):
    """Root instances: each method locks the root row (FOR UPDATE) and loads its variables."""

    def create(self, key: Key, visibility: Visibility) -> None:
        """Begin a chain for a new root instance; its rows follow from events."""

    def lock(self, root_key: Key) -> LockedRoot:
        """``NotFound`` when there is no such root."""

    def lock_task(self, task_key: Key) -> tuple[TaskRecord, LockedRoot]:
        """The task as it stands under the lock; ``NotFound`` otherwise."""

    def lock_job(self, job_key: Key) -> tuple[JobRecord, LockedRoot]:
        """Likewise for a job."""

    def lock_incident(self, incident_key: Key) -> tuple[IncidentRecord, LockedRoot]:
        """Likewise for an incident."""

    def lock_element(self, element_key: Key) -> LockedRoot:
        """The root of an element instance or of a (root or called) process instance."""

    def open_tasks(self, root_key: Key) -> Sequence[Key]:
        """Element keys of the root's open user tasks."""

    def migrate(self, root_key: Key, definition_key: Key) -> None:
        """The held root runs by another definition from here on."""

    def suspend(self, root_key: Key, at: datetime | None) -> None:
        """The held root stands still from ``at`` on; None lets it move again."""

    def is_suspended(self, root_key: Key) -> bool:
        """Does the held root stand still?"""

    def tasks_offered(self, root_key: Key) -> Sequence[TaskRecord]:
        """The open user tasks of a held root."""

    def open_in(self, unit_id: str, limit: int) -> Sequence[Key]:
        """Roots that still run or carry an open dossier, of exactly this unit."""

    def procedure_code(self, root_key: Key) -> str | None:
        """The procedure of a root this transaction holds; None for a plain process."""

    def visibility(self, root_key: Key) -> Visibility:
        """Who may see a root this unit of work holds."""

    def save(self, root_key: Key, step: Step) -> None:
        """Snapshot, changed variables and the step's events, in this transaction.

        Equals saving the snapshot and ``record(root_key, *step.events)``;
        outgoing messages and signals become rows of internal jobs.
        """
