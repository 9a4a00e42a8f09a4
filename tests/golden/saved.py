"""Saved states of running instances as files, and a driver that goes on from one.

A file holds all a store would hand to the runtime: the BPMN files, the snapshot
byte for byte, variables, what is waited for, the clock. It also holds the rest
of the story, and how it ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from engine.domain.events import JobCreated, SubscriptionOpened, TaskCreated, TimerScheduled
from engine.domain.ids import DefinitionRef, InstanceRef
from engine.runtime import SpiffRuntime
from tests.unit.runtime.world import Driver, World

Action = list[Any]


def save(driver: Driver) -> dict[str, Any]:
    """The running instance as a JSON document."""
    world = driver.world
    return {
        "files": {name: source.decode() for name, source in world.files.items()},
        "definitions": {name: asdict(ref) for name, ref in world.refs.items()},
        "process": driver.ref.process_id,
        "instance": driver.instance.key,
        "last_key": world._key,
        "now": world.now.isoformat(),
        "snapshot": driver.snapshot.decode(),
        "variables": {str(key): row for key, row in driver.variables.items() if row},
        "tasks": [[key, event.element_id] for key, event in driver.tasks.items()],
        "jobs": [[key, event.element_id] for key, event in driver.jobs.items()],
        "timers": [
            [*place, event.element_id, event.due_at.isoformat(), event.repetitions]
            for place, event in driver.timers.items()
        ],
        "subscriptions": [
            [*place, event.element_id, event.kind, event.name, event.correlation_key]
            for place, event in driver.subscriptions.items()
        ],
    }


class Loaded(Driver):
    """Goes on from a saved state."""

    def __init__(self, held: dict[str, Any]) -> None:
        self.world = World()
        self.world.now = datetime.fromisoformat(held["now"])
        self.world._key = held["last_key"]
        self.world.files = {name: text.encode() for name, text in held["files"].items()}
        self.world.refs = {name: DefinitionRef(**ref) for name, ref in held["definitions"].items()}
        self.runtime = SpiffRuntime()
        self.every_turn = False
        self.turns = 0
        self.ref = self.world.refs[held["process"]]
        key = held["instance"]
        self.instance = InstanceRef(key=key, root_key=key, definition=self.ref)
        self.snapshot = held["snapshot"].encode()
        self.finished = False
        self.events, self.outgoing, self.closed, self.incidents = [], [], {}, {}
        self.variables = {int(scope): dict(row) for scope, row in held["variables"].items()}
        self._wait(held)

    def _wait(self, held: dict[str, Any]) -> None:
        own = self.instance
        self.tasks = {
            key: TaskCreated(key=0, instance=own, element_key=key, element_id=name)
            for key, name in held["tasks"]
        }
        self.jobs = {
            key: JobCreated(key=0, instance=own, element_key=key, element_id=name, type="work")
            for key, name in held["jobs"]
        }
        self.timers = {
            (key, index): TimerScheduled(
                instance=own,
                element_key=key,
                index=index,
                element_id=name,
                due_at=datetime.fromisoformat(due),
                repetitions=repetitions,
            )
            for key, index, name, due, repetitions in held["timers"]
        }
        self.subscriptions = {
            (key, index): SubscriptionOpened(
                key=0,
                instance=own,
                element_key=key,
                index=index,
                element_id=name,
                kind=kind,
                name=what,
                correlation_key=correlation,
            )
            for key, index, name, kind, what, correlation in held["subscriptions"]
        }


def play(driver: Driver, actions: Sequence[Action]) -> None:
    """Tell a story: complete, error, message, signal, hours, set."""
    for what, *rest in actions:
        if what == "complete":
            driver.complete(rest[0], **(rest[1] if len(rest) > 1 else {}))
        elif what == "error":
            driver.error(rest[0], rest[1])
        elif what == "message":
            driver.message(rest[0])
        elif what == "signal":
            driver.signal(rest[0])
        elif what == "hours":
            driver.pass_time(timedelta(hours=rest[0]))
        else:
            raise ValueError(f"a story has no '{what}'")


def ending(driver: Driver) -> dict[str, Any]:
    """What the rest of the story led to."""
    rows = driver.closed.get(driver.instance.key) or driver.variables.get(driver.instance.key, {})
    return {
        "finished": driver.finished,
        "path": driver.path(),
        "variables": dict(sorted(rows.items())),
    }
