"""A store with some history, sealed, and a way to do SQL behind its back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import text

from engine.domain.actors import SYSTEM, Actor
from engine.domain.events import (
    AccountCreated,
    DecisionEvaluated,
    IncidentRaised,
    JobCreated,
    JobFailed,
    LoggedIn,
    ResourcesDeployed,
    SubscriptionOpened,
    TaskUpdated,
    TimerScheduled,
)
from engine.domain.ids import DEFAULT_TENANT
from engine.domain.records import AccountRecord, Visibility
from engine.settings import Settings
from engine.store import SqlStore
from engine.store.doctor import examine
from tests.contract.conftest import NOON
from tests.contract.story import OpenTask, Story


class Ward:
    """A store with some history, sealed, and a way to do SQL behind its back."""

    def __init__(self, store: SqlStore, settings: Settings, task: OpenTask) -> None:
        self.store = store
        self.settings = settings
        self.task = task

    @property
    def root(self) -> int:
        return self.task.instance.key

    def sql(self, *statements: str) -> None:
        """As somebody with the database's password would, constraints off."""
        with self.store.database.writing() as connection:
            if self.store.database.is_sqlite:
                driver = connection.connection.driver_connection
                assert driver is not None
                driver.execute("PRAGMA foreign_keys = OFF")
            else:
                connection.execute(text("SET LOCAL session_replication_role = replica"))
            for statement in statements:
                done = connection.execute(
                    text(statement), {"root": self.root, "task": self.task.key}
                )
                assert done.rowcount != 0, statement
            connection.commit()
            connection.invalidate()

    def errors(self) -> list[str]:
        found = examine(self.settings).troubles
        return [f"{t.place} {t.sentence}" for t in found if t.severity == "error"]


def history(store: SqlStore) -> OpenTask:
    """Two instances with everything a row can hang on, an account, a deployment, a day."""
    story = Story(store)
    ref = story.deploy()
    seen_by = Visibility(unit_id="48/20242/")
    neighbour = story.start(ref, variables={"a": "1"}, assignee="lan")
    assert story.complete(neighbour, {"a": "2"}, next_task=False) is None
    first = story.start(
        ref, visibility=seen_by, variables={"tên": '"Đặng"', "phí": "1.50"}, due_at=NOON
    )
    task = story.complete(first, {"phí": "2.50"}, candidate_groups=("g",), candidate_users=("u",))
    assert task is not None
    with store.unit_of_work(SYSTEM) as uow:
        uow.roots.lock(task.instance.key)
        place = {
            "instance": task.instance,
            "element_key": task.element_key,
            "element_id": "review",
        }
        job = uow.next_key()
        uow.record(
            task.instance.key,
            JobCreated(key=job, type="t", **place),
            JobFailed(key=job, retries=1, message="hết giấy", retry_at=NOON),
            IncidentRaised(key=uow.next_key(), error_type="X", message="sai", **place),
            SubscriptionOpened(
                key=uow.next_key(), kind="message", name="n", correlation_key="HS", **place
            ),
            TimerScheduled(due_at=NOON + timedelta(days=1), **place),
            TaskUpdated(
                key=task.key,
                element_key=task.element_key,
                changes={"due_at": NOON, "candidate_groups": ("h", "k"), "priority": 7},
            ),
            DecisionEvaluated(
                key=uow.next_key(),
                decision_key=1,
                decision_id="fee",
                instance=task.instance,
                decisions=(_made("EVALUATED", result=Decimal("2.50")), _made("FAILED")),
            ),
        )
        uow.record(None, LoggedIn(account_key=1))
        uow.commit()
    _installation(store)
    return task


def _made(state: str, **more: object) -> dict[str, object]:
    """As the engine tells of one decision."""
    more = more or {"failure": "không có luật"}
    return {"id": "fee", "name": None, "type": "DECISION_TABLE", "state": state,
            "inputs": [{"id": "i", "name": "bản", "value": 3}], "rules": [], **more}  # fmt: skip


def _installation(store: SqlStore) -> None:
    with store.unit_of_work(Actor(name="admin", unit_id="48/")) as uow:
        key = uow.next_key()
        uow.accounts.create(
            AccountRecord(
                key=key,
                name="lan",
                display_name="Lan",
                password_hash=None,
                credential_version=1,
                disabled=False,
                roles=frozenset({"clerk"}),
                groups=(),
                unit_id="",
                tenant_id=DEFAULT_TENANT,
                kind="user",
            )
        )
        deployed = uow.definitions.deploy("d", [("a.bpmn", b"a"), ("b.bpmn", b"b")], DEFAULT_TENANT)
        uow.record(None, AccountCreated(account_key=key))
        uow.record(None, ResourcesDeployed(key=deployed, resources=("a.bpmn", "b.bpmn")))
        uow.commit()
