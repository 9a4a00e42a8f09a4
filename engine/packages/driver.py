"""How a scenario reaches an engine: the same steps in memory and over HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from engine.ports.runtime import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    """An open user task and what it sees."""

    key: str
    element_id: str
    groups: tuple[str, ...] = ()
    due_at: datetime | None = None
    variables: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A completion that was refused: ``codes`` are (JSON pointer, code) of the faults."""

    code: str
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """Where the dossier has been: element and flow ids, in order."""

    elements: Sequence[str] = ()
    flows: Sequence[str] = ()


class Driver(Protocol):
    """One way to play a scenario; made anew for each."""

    def start(self, process_id: str, at: datetime, variables: Mapping[str, object]) -> None:
        """Set the clock and start an instance."""

    def tasks(self) -> Sequence[OpenTask]:
        """Open tasks, oldest first."""

    def complete(self, task: OpenTask, group: str, answers: Mapping[str, object]) -> Refusal | None:
        """Complete a task as a member of ``role@unit``; None when it was taken."""

    def message(self, name: str, key: str, variables: Mapping[str, object]) -> bool:
        """Correlate a message; whether anybody took it."""

    def clock(self, at: datetime) -> None:
        """Move the clock; everything due on the way happens."""

    def now(self) -> datetime:
        """Business time."""

    def variables(self) -> Mapping[str, object]:
        """Variables of the instance, also after its end."""

    def ended(self) -> Sequence[str] | None:
        """End events reached when the instance is complete, else None."""

    def incidents(self) -> Sequence[str]:
        """Open incidents, each as ``element id: message``."""

    def trail(self) -> Trail:
        """Where the dossier has been."""


class NotPlayable(Exception):
    """A driver cannot be made from this package; ``findings`` say why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("; ".join(f"{one.resource}: {one.message['en']}" for one in findings))
        self.findings = tuple(findings)
