"""Driver of the conformance cases on a whole engine: commands in, rows out.

Each case is a tenant of its own, so that hundreds of them share one database.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select

from engine.commands.broadcast_signal import BroadcastSignal
from engine.commands.cancel_instance import CancelInstance
from engine.commands.complete_job import CompleteJob
from engine.commands.complete_task import CompleteTask
from engine.commands.correlate_message import CorrelateMessage
from engine.commands.deploy_resources import DeployResources
from engine.commands.fail_job import FailJob
from engine.commands.pin_clock import PinClock
from engine.commands.publish_message import PublishMessage
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.set_variables import SetVariables
from engine.commands.start_instance import StartInstance
from engine.commands.throw_job_error import ThrowJobError
from engine.dispatch import CommandEngine
from engine.domain.actors import Actor
from engine.errors import DeployRefused, NotFound
from engine.ports.runtime import Finding
from engine.ports.views import Condition, Noun, Query
from engine.runtime.duration import parse_duration
from engine.store.database import Database
from engine.store.sqltypes import from_ms
from engine.store.tables import process_instance, start_timer, timer
from tests.conformance.driver import Incident, Job, Refused, Task

BEGIN = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_numbers = itertools.count(1)


class CaseDriver:
    """``tests.conformance.driver.Driver`` on an engine and its database."""

    def __init__(self, engine: CommandEngine, database: Database) -> None:
        self._engine = engine
        self._database = database
        self._tenant = f"case-{next(_numbers)}"
        self._actor = Actor(name="tester", roles=frozenset({"admin"}), tenant_id=self._tenant)
        self._first = ""
        self._now = BEGIN
        self._pin()

    def deploy(self, files: Mapping[str, bytes]) -> list[str]:
        command = DeployResources(
            resources=tuple((name, content) for name, content in files.items()),
            tenant_id=self._tenant,
        )
        try:
            result = self._execute(command)
        except DeployRefused as refusal:
            findings = [item for item in refusal.findings if isinstance(item, Finding)]
            raise Refused(
                [(item.rule, item.element_id) for item in findings if item.severity == "error"]
            ) from None
        deployments: list[dict[str, dict[str, str]]] = result["deployments"]  # type: ignore[assignment]
        processes = [item["process"]["process_id"] for item in deployments if "process" in item]
        self._first = processes[0]
        warnings: list[dict[str, str]] = result["warnings"]  # type: ignore[assignment]
        return [item["rule"] for item in warnings]

    def start(self, process_id: str | None, variables: Mapping[str, object]) -> None:
        self._execute(
            StartInstance(
                process_id=process_id or self._first, variables=variables, tenant_id=self._tenant
            )
        )
        self._settle()

    def tasks(self) -> list[Task]:
        return [
            Task(
                key=row["key"],
                element_key=row["element_key"],
                element_id=row["element_id"],
                name=row["name"],
                assignee=row["assignee"],
                groups=tuple(row["candidate_groups"]),
                users=tuple(row["candidate_users"]),
                due=_said(row["due_at"]),
                follow_up=_said(row["follow_up_at"]),
                priority=row["priority"],
                form=row["form_id"],
            )
            for row in self._rows("user_task", state="CREATED")
        ]

    def complete(self, task: Task, variables: Mapping[str, object]) -> None:
        self._do(CompleteTask(key=task.key, variables=variables))

    def jobs(self) -> list[Job]:
        return [
            Job(
                key=row["key"],
                element_key=row["element_key"],
                element_id=row["element_id"],
                type=row["type"],
                retries=row["retries"],
                priority=row["priority"],
                headers=row["headers"],
            )
            for row in self._rows("job", open=True)
        ]

    def complete_job(self, job: Job, variables: Mapping[str, object]) -> None:
        self._do(CompleteJob(key=job.key, variables=variables))

    def fail_job(self, job: Job, retries: int, message: str) -> None:
        self._do(FailJob(key=job.key, retries=retries, message=message))

    def job_error(self, job: Job, code: str, message: str, variables: Mapping[str, object]) -> None:
        self._do(ThrowJobError(key=job.key, error_code=code, message=message, variables=variables))

    def message(self, name: str, key: str, variables: Mapping[str, object]) -> bool:
        command = CorrelateMessage(
            name=name, correlation_key=key, variables=variables, tenant_id=self._tenant
        )
        try:
            self._do(command)
        except NotFound:
            return False
        return True

    def publish(self, name: str, key: str, ttl: str, variables: Mapping[str, object]) -> None:
        until = parse_duration(ttl).after(self._now, ZONE)
        self._do(
            PublishMessage(
                name=name,
                correlation_key=key,
                ttl=(until - self._now).total_seconds(),
                variables=variables,
                tenant_id=self._tenant,
            )
        )

    def signal(self, name: str, variables: Mapping[str, object]) -> None:
        self._do(BroadcastSignal(name=name, variables=variables, tenant_id=self._tenant))

    def advance(self, duration: str) -> None:
        goal = parse_duration(duration).after(self._now, ZONE)
        while (due := self._next_due()) is not None and due <= goal:
            self._now = max(self._now, due)
            self._pin()
            self._settle()
        self._now = goal
        self._pin()
        self._settle()

    def variables(self, element_key: int | None = None) -> Mapping[str, object]:
        if element_key is not None:
            seen = self._engine.views.effective_variables(self._actor, element_key) or {}
            return {name: _value(text) for name, text in seen.items()}
        rows = self._rows("variable", scope_key=self._latest())
        return {row["name"]: _value(row["value"]) for row in rows}

    def set_variables(self, variables: Mapping[str, object], element_key: int | None) -> None:
        local = element_key is not None
        scope = element_key if element_key is not None else self._latest()
        self._do(SetVariables(scope_key=scope, variables=variables, local=local))

    def incidents(self) -> list[Incident]:
        return [
            Incident(
                key=row["key"],
                element_key=row["element_key"],
                element_id=row["element_id"],
                type=row["error_type"],
            )
            for row in self._rows("incident", state="ACTIVE")
        ]

    def resolve(self, incident: Incident) -> None:
        self._do(ResolveIncident(key=incident.key))

    def instances(self) -> list[str]:
        return [row["state"] for row in self._roots()]

    def cancel(self) -> None:
        self._do(CancelInstance(key=self._latest()))

    def checkpoint(self) -> None:
        """Nothing is remembered between two commands."""

    def _execute(self, command: object) -> Mapping[str, object]:
        return self._engine.execute(command, self._actor).result

    def _do(self, command: object) -> None:
        self._execute(command)
        self._settle()

    def _settle(self) -> None:
        while self._engine.run_due():
            pass

    def _pin(self) -> None:
        admin = Actor(name="tester", roles=frozenset({"admin"}))
        self._engine.execute(PinClock(at=self._now), admin)

    def _next_due(self) -> datetime | None:
        """The next timer of this case."""
        waits = (
            select(func.min(timer.c.due_at))
            .join(process_instance, process_instance.c.key == timer.c.root_key)
            .where(process_instance.c.tenant_id == self._tenant),
            select(func.min(start_timer.c.due_at)).where(start_timer.c.tenant_id == self._tenant),
        )
        with self._database.reading() as connection:
            found = [connection.execute(statement).scalar() for statement in waits]
        return min(
            (from_ms(due) if isinstance(due, int) else due for due in found if due), default=None
        )

    def close(self) -> None:
        """Leave nothing behind that could wake up in the next case."""
        for row in self._roots():
            if row["state"] == "ACTIVE":
                self._execute(CancelInstance(key=int(str(row["key"]))))
        with self._database.writing() as connection:
            connection.execute(delete(start_timer).where(start_timer.c.tenant_id == self._tenant))
            connection.commit()

    def _roots(self) -> list[Mapping[str, object]]:
        return [row for row in self._rows("process_instance") if row["parent_key"] is None]

    def _latest(self) -> int:
        return int(str(self._roots()[-1]["key"]))

    def _rows(self, noun: Noun, **where: object) -> list[dict[str, object]]:
        wanted = tuple(Condition(field=name, op="eq", value=each) for name, each in where.items())
        query = Query(where=wanted, limit=10_000)
        page = self._engine.views.search(noun, self._actor, query)
        return [dict(item) for item in page.items]


def _said(at: object) -> str | None:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(at, datetime) else None


def _value(text: str) -> object:
    return json.loads(text, parse_float=Decimal)
