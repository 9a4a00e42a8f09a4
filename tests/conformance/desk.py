"""What driver 1 keeps between steps: the rows a store would have, from events alone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from engine.domain import events
from engine.domain.events import Event
from engine.domain.ids import InstanceRef, Key
from engine.ports.runtime import Outgoing, Step
from tests.conformance.driver import Incident, Job, Task

Letter = tuple[str, str, datetime, dict[str, object], set[str]]


@dataclass(frozen=True, slots=True)
class Wait:
    """A subscription."""

    element_key: Key
    index: int
    kind: str
    name: str
    key: str | None


@dataclass(frozen=True, slots=True)
class Timer:
    """A planned firing."""

    element_key: Key
    index: int
    due: datetime


@dataclass(slots=True)
class Desk:
    """Rows by key."""

    roots: list[InstanceRef] = field(default_factory=list)
    states: dict[Key, str] = field(default_factory=dict)
    snapshots: dict[Key, bytes] = field(default_factory=dict)
    root_of: dict[Key, Key] = field(default_factory=dict)
    parent_of: dict[Key, Key] = field(default_factory=dict)
    instance_of: dict[Key, InstanceRef] = field(default_factory=dict)
    values: dict[Key, dict[str, str]] = field(default_factory=dict)
    closed: set[Key] = field(default_factory=set)
    tasks: dict[Key, Task] = field(default_factory=dict)
    jobs: dict[Key, Job] = field(default_factory=dict)
    timers: dict[tuple[Key, int], Timer] = field(default_factory=dict)
    waits: dict[tuple[Key, int], Wait] = field(default_factory=dict)
    incidents: dict[Key, Incident] = field(default_factory=dict)
    outgoing: list[tuple[Key, Outgoing]] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)

    def keep(self, root: Key, step: Step) -> None:
        """Take over all a step changed."""
        self.snapshots[root] = step.snapshot
        for event in step.events:
            self._note(root, event)
        for change in step.variables:
            self.root_of.setdefault(change.scope_key, root)
            self.values.setdefault(change.scope_key, {})[change.name] = change.value
        self.outgoing += [(root, item) for item in step.outgoing]
        if step.finished:
            self._require_nothing_left(root)

    def _note(self, root: Key, event: Event) -> None:
        if isinstance(event, events.InstanceStarted):
            self.root_of[event.instance.key] = root
            self.instance_of[event.instance.key] = event.instance
            self.states[event.instance.key] = "ACTIVE"
            if event.parent_element_key is not None:
                self.parent_of.setdefault(event.instance.key, event.parent_element_key)
        elif isinstance(event, events.InstanceCompleted):
            self.states[event.instance.key] = "COMPLETED"
        elif isinstance(event, events.InstanceTerminated):
            self.states[event.instance.key] = "TERMINATED"
        elif isinstance(event, events.ElementActivated):
            self._place(root, event.key, event.instance)
            if event.key != event.scope_key:
                self.parent_of[event.key] = event.scope_key
        elif isinstance(event, events.ScopeClosed):
            self.closed.add(event.scope_key)
        else:
            self._work(root, event)

    def _place(self, root: Key, key: Key, instance: InstanceRef) -> None:
        self.root_of[key] = root
        self.instance_of[key] = instance

    def _work(self, root: Key, event: Event) -> None:
        if isinstance(event, events.TaskCreated):
            self._place(root, event.element_key, event.instance)
            self.tasks[event.element_key] = _task(event)
        elif isinstance(event, events.TaskCanceled):
            self.tasks.pop(event.element_key, None)
        elif isinstance(event, events.JobCreated):
            self._place(root, event.element_key, event.instance)
            self.jobs[event.element_key] = Job(
                key=event.key,
                element_key=event.element_key,
                element_id=event.element_id,
                type=event.type,
                retries=event.retries,
                priority=event.priority,
                headers=event.headers,
            )
        elif isinstance(event, events.JobCanceled):
            self.jobs.pop(event.element_key, None)
        elif isinstance(event, events.IncidentRaised):
            self._place(root, event.element_key, event.instance)
            self.incidents[event.element_key] = Incident(
                key=event.key,
                element_key=event.element_key,
                element_id=event.element_id,
                type=event.error_type,
            )
        elif isinstance(event, (events.IncidentResolved, events.ElementTerminated)):
            key = event.key if isinstance(event, events.ElementTerminated) else event.element_key
            self.incidents.pop(key, None)
        else:
            self._waits(root, event)

    def _waits(self, root: Key, event: Event) -> None:
        if isinstance(event, events.TimerScheduled):
            self._place(root, event.element_key, event.instance)
            identity = (event.element_key, event.index)
            self.timers[identity] = Timer(*identity, event.due_at)
        elif isinstance(event, events.TimerClosed):
            self.timers.pop((event.element_key, event.index), None)
        elif isinstance(event, events.SubscriptionOpened):
            self._place(root, event.element_key, event.instance)
            identity = (event.element_key, event.index)
            self.waits[identity] = Wait(*identity, event.kind, event.name, event.correlation_key)
        elif isinstance(event, events.SubscriptionClosed):
            self.waits.pop((event.element_key, event.index), None)

    def _require_nothing_left(self, root: Key) -> None:
        rows: dict[str, Iterator[Key]] = {
            "task": iter(self.tasks),
            "job": iter(self.jobs),
            "timer": (key for key, _ in self.timers),
            "subscription": (key for key, _ in self.waits),
            "incident": iter(self.incidents),
        }
        for noun, keys in rows.items():
            left = [key for key in keys if self.root_of.get(key) == root]
            assert not left, f"the instance has ended but a {noun} is left: {left}"

    def retries(self, job: Job, retries: int) -> None:
        """Note how often a job may still be tried."""
        self.jobs[job.element_key] = replace(job, retries=retries)

    def waiting(self, kind: str, name: str) -> list[Wait]:
        """Open subscriptions to that name, oldest first."""
        return [item for item in self.waits.values() if (item.kind, item.name) == (kind, name)]

    def process_of(self, element_key: Key) -> str:
        """Process id of the instance an element belongs to."""
        return self.instance_of[element_key].definition.process_id

    def scopes_of(self, root: Key) -> Mapping[Key, Mapping[str, str]]:
        """Stored variables of a root's open scopes."""
        return {
            key: dict(values)
            for key, values in self.values.items()
            if self.root_of.get(key) == root and key not in self.closed
        }

    def seen_from(self, key: Key) -> Mapping[str, object]:
        """Variables as an element sees them: innermost scope first, up to its instance."""
        found: dict[str, object] = {}
        instance = self.instance_of[key].key
        while True:
            for name, text in self.values.get(key, {}).items():
                found.setdefault(name, json.loads(text, parse_float=Decimal))
            if key == instance or key not in self.parent_of:
                return found
            key = self.parent_of[key]


def _task(event: events.TaskCreated) -> Task:
    return Task(
        key=event.key,
        element_key=event.element_key,
        element_id=event.element_id,
        name=event.name,
        assignee=event.assignee,
        groups=event.candidate_groups,
        users=event.candidate_users,
        due=_iso(event.due_at),
        follow_up=_iso(event.follow_up_at),
        priority=event.priority,
        form=event.form_id or "",
    )


def _iso(at: datetime | None) -> str | None:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at is not None else None
