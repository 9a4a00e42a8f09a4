"""What a case asks of an engine, whatever way it is reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Refused(Exception):
    """The deployment was refused; ``findings`` are ``(rule, element id)``."""

    def __init__(self, findings: list[tuple[str, str]]) -> None:
        super().__init__(str(findings))
        self.findings = findings


class Unexpected(AssertionError):
    """The engine did something else than the case says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An open user task."""

    key: int
    element_key: int
    element_id: str
    name: str | None = None
    assignee: str | None = None
    groups: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    due: str | None = None
    follow_up: str | None = None
    priority: int = 50
    form: str | None = ""
    """None when the driver cannot see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """An open job."""

    key: int
    element_key: int
    element_id: str
    type: str
    retries: int = 3
    priority: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An open incident."""

    key: int
    element_key: int
    element_id: str
    type: str


class Driver(Protocol):
    """One way to reach an engine; made anew for each case."""

    def deploy(self, files: Mapping[str, bytes]) -> list[str]:
        """Deploy; the rules of the warnings. ``Refused`` when it is refused."""

    def start(self, process_id: str | None, variables: Mapping[str, object]) -> None:
        """Start an instance of the process, or of the first of the main file."""

    def tasks(self) -> list[Task]:
        """Open user tasks, oldest first."""

    def complete(self, task: Task, variables: Mapping[str, object]) -> None:
        """Complete a user task."""

    def jobs(self) -> list[Job]:
        """Open jobs, oldest first."""

    def complete_job(self, job: Job, variables: Mapping[str, object]) -> None:
        """A worker has done the job."""

    def fail_job(self, job: Job, retries: int, message: str) -> None:
        """A worker could not do the job."""

    def job_error(self, job: Job, code: str, message: str, variables: Mapping[str, object]) -> None:
        """A worker reports a BPMN error."""

    def message(self, name: str, key: str, variables: Mapping[str, object]) -> bool:
        """Correlate a message now; whether anybody took it."""

    def publish(self, name: str, key: str, ttl: str, variables: Mapping[str, object]) -> None:
        """Publish a message that may wait for its receiver."""

    def signal(self, name: str, variables: Mapping[str, object]) -> None:
        """Broadcast a signal."""

    def advance(self, duration: str) -> None:
        """Let time pass; everything due on the way happens."""

    def variables(self, element_key: int | None = None) -> Mapping[str, object]:
        """Variables of the latest root instance, or what an element sees."""

    def set_variables(self, variables: Mapping[str, object], element_key: int | None) -> None:
        """Write variables of the latest root, or locally at an element."""

    def incidents(self) -> list[Incident]:
        """Open incidents."""

    def resolve(self, incident: Incident) -> None:
        """Retry what failed."""

    def instances(self) -> list[str]:
        """States of the root instances, oldest first: ACTIVE, COMPLETED, TERMINATED."""

    def cancel(self) -> None:
        """Cancel the latest root instance."""

    def checkpoint(self) -> None:
        """Forget everything that is not stored."""
