"""Clock and driver that we ship for tests: a process told as a story.

``driver.start("birth").claim("review", by=clerk).complete("review", approved=True)``
drives a real engine on a real database; nothing is faked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from engine.commands.assign_task import AssignTask
from engine.commands.complete_task import CompleteTask
from engine.commands.deploy_resources import DeployResources
from engine.commands.pin_clock import PinClock
from engine.commands.start_instance import StartInstance
from engine.domain.actors import Actor
from engine.domain.ids import Key
from engine.ports.engine import Engine
from engine.ports.views import Condition, Noun, Query

TESTER = Actor(name="tester", roles=frozenset({"admin"}))


class FixedClock:
    """The ``Clock`` port, moved by hand."""

    def __init__(self, at: datetime = datetime(2026, 11, 23, 2, tzinfo=UTC)) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def advance(self, by: timedelta) -> None:
        """Move on."""
        self.at += by


@dataclass(frozen=True, slots=True)
class EngineDriver:
    """Drives an engine as one actor; ``by`` lets somebody else act."""

    engine: Engine
    actor: Actor = TESTER

    def deploy(self, *resources: Path | tuple[str, bytes | str]) -> Mapping[str, object]:
        """Deploy files or (name, content) pairs together."""
        files = tuple(_resource(each) for each in resources)
        return self.engine.execute(DeployResources(resources=files), self.actor).result

    def start(self, process_id: str, **variables: object) -> InstanceDriver:
        """A new instance of the latest version."""
        command = StartInstance(process_id=process_id, variables=variables)
        result = self.engine.execute(command, self.actor).result
        return InstanceDriver(self, int(str(result["key"])))

    def pin(self, at: datetime) -> None:
        """Business time stands at ``at``; due timers fire."""
        self.engine.execute(PinClock(at=at), self.actor)
        self.engine.run_due()


@dataclass(frozen=True, slots=True)
class InstanceDriver:
    """One process instance."""

    driver: EngineDriver
    key: Key

    @property
    def state(self) -> str:
        """ACTIVE, COMPLETED or TERMINATED."""
        row = self.driver.engine.views.get("process_instance", self.driver.actor, self.key)
        return "" if row is None else str(row["state"])

    def rows(self, noun: Noun, **where: object) -> tuple[Mapping[str, object], ...]:
        """Rows of this instance, oldest first."""
        wanted = {"instance_key": self.key, **where}
        query = Query(
            where=tuple(Condition(field=name, op="eq", value=each) for name, each in wanted.items())
        )
        return self.driver.engine.views.search(noun, self.driver.actor, query).items

    def tasks(self) -> list[str]:
        """Element ids of the open tasks, sorted."""
        return sorted(str(row["element_id"]) for row in self.rows("user_task", state="CREATED"))

    def incidents(self) -> list[str]:
        """Error types of the open incidents, sorted."""
        return sorted(str(row["error_type"]) for row in self.rows("incident", state="ACTIVE"))

    def variables(self) -> dict[str, object]:
        """The instance's own variables; numbers with a fraction are decimals."""
        return {
            str(row["name"]): json.loads(str(row["value"]), parse_float=Decimal)
            for row in self.rows("variable", scope_key=self.key)
        }

    def task_key(self, element_id: str) -> Key:
        """The open task of an element; the first one when there are several."""
        rows = self.rows("user_task", state="CREATED", element_id=element_id)
        if not rows:
            raise AssertionError(f"{element_id} is not open; open are {self.tasks()}")
        return int(str(rows[0]["key"]))

    def claim(self, element_id: str, by: Actor) -> InstanceDriver:
        """``by`` takes the task, unless somebody holds it."""
        command = AssignTask(
            key=self.task_key(element_id), assignee=by.name, allow_override=False, action="claim"
        )
        self.driver.engine.execute(command, by)
        return self

    def complete(
        self, element_id: str, by: Actor | None = None, **answers: object
    ) -> InstanceDriver:
        """Complete the task with these answers."""
        command = CompleteTask(key=self.task_key(element_id), variables=answers)
        self.driver.engine.execute(command, by or self.driver.actor)
        return self


def _resource(each: Path | tuple[str, bytes | str]) -> tuple[str, bytes]:
    if isinstance(each, Path):
        return each.name, each.read_bytes()
    name, content = each
    return name, content.encode() if isinstance(content, str) else content
