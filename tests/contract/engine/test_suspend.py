"""A suspended instance stands still, and catches up when it is resumed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.broadcast_signal import BroadcastSignal
from engine.commands.cancel_instance import CancelInstance
from engine.commands.complete_job import CompleteJob
from engine.commands.correlate_message import CorrelateMessage
from engine.commands.fail_job import FailJob
from engine.commands.pin_clock import PinClock
from engine.commands.publish_message import PublishMessage
from engine.commands.set_variables import SetVariables
from engine.commands.suspend_instance import ResumeInstance, SuspendInstance
from engine.dispatch import CommandEngine
from engine.domain.actors import Actor
from engine.errors import Conflict, NotFound
from engine.ports.views import Condition, Query
from engine.settings import Settings
from engine.store.doctor import examine
from engine.testing import TESTER, EngineDriver, InstanceDriver
from tests.contract.engine.models import (
    catch_message,
    catch_signal,
    end,
    message,
    process,
    service_task,
    signal,
    start,
    timer,
    user_task,
)

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
TASK = process("plain", [start(), user_task("check"), end()], ["start check", "check end"])
JOB = process("works", [start(), service_task("work", "w"), end()], ["start work", "work end"])
TIMER = process(
    "timed",
    [
        start(),
        f'<bpmn:intermediateCatchEvent id="wait">{timer("PT1H")}</bpmn:intermediateCatchEvent>',
        user_task("after"),
        end(),
    ],
    ["start wait", "wait after", "after end"],
)
MESSAGE = process(
    "listens",
    [start(), catch_message("wait", "paid"), user_task("after"), end()],
    ["start wait", "wait after", "after end"],
    message("paid", "code"),
)
SIGNAL = process(
    "hears",
    [start(), catch_signal("wait", "opened"), end()],
    ["start wait", "wait end"],
    signal("opened"),
)
CALLER = process(
    "caller",
    [start(), '<bpmn:callActivity id="call"><bpmn:extensionElements><zeebe:calledElement '
     'processId="plain"/></bpmn:extensionElements></bpmn:callActivity>', end()],
    ["start call", "call end"],
)  # fmt: skip


@pytest.fixture
def told(driver: EngineDriver) -> Iterator[EngineDriver]:
    driver.deploy(TASK, JOB, TIMER, MESSAGE, SIGNAL, CALLER)
    yield driver
    driver.engine.execute(PinClock(at=None), TESTER)


def suspend(instance: InstanceDriver, reason: str | None = None) -> None:
    command = SuspendInstance(key=instance.key, reason=reason)
    instance.driver.engine.execute(command, TESTER)


def resume(instance: InstanceDriver) -> None:
    instance.driver.engine.execute(ResumeInstance(key=instance.key), TESTER)


def test_tasks_are_refused_until_it_is_resumed(told: EngineDriver) -> None:
    instance = told.start("plain")
    suspend(instance, "chờ công văn của Sở")
    assert instance.state == "SUSPENDED"

    with pytest.raises(Conflict) as refused:
        instance.complete("check")
    assert refused.value.reason == "instance-suspended"
    with pytest.raises(Conflict) as again:
        suspend(instance)
    assert again.value.reason == "instance-suspended"

    resume(instance)
    assert instance.complete("check").state == "COMPLETED"


def test_who_is_not_suspended_cannot_be_resumed(told: EngineDriver) -> None:
    instance = told.start("plain")

    with pytest.raises(Conflict) as refused:
        resume(instance)

    assert refused.value.reason == "instance-not-suspended"


def test_jobs_are_not_handed_out_and_not_taken_back(told: EngineDriver) -> None:
    held = told.start("works")
    (job,) = _activate(told, held)
    instance = told.start("works")
    for each in (held, instance):
        suspend(each)

    assert _activate(told, instance) == []
    for command in (CompleteJob(key=job), FailJob(key=job, retries=2)):
        with pytest.raises(Conflict) as refused:
            told.engine.execute(command, TESTER)
        assert refused.value.reason == "instance-suspended"

    for each in (held, instance):
        resume(each)
    told.engine.execute(CompleteJob(key=job), TESTER)
    assert held.state == "COMPLETED"
    (other,) = _activate(told, instance)
    told.engine.execute(CompleteJob(key=other), TESTER)
    assert instance.state == "COMPLETED"


def test_timers_fire_when_it_is_resumed(told: EngineDriver) -> None:
    told.pin(NOON)
    instance, other = told.start("timed"), told.start("timed")
    suspend(instance)

    told.pin(NOON + timedelta(hours=2))
    assert (instance.tasks(), other.tasks()) == ([], ["after"])

    resume(instance)
    assert instance.tasks() == ["after"]


def test_a_message_waits_as_long_as_its_time_to_live(told: EngineDriver) -> None:
    told.pin(NOON)
    kept, lost = told.start("listens", code="A"), told.start("listens", code="B")
    for each in (kept, lost):
        suspend(each)
    for code, ttl in (("A", 3600.0), ("B", 60.0)):
        command = PublishMessage(name="paid", correlation_key=code, ttl=ttl)
        told.engine.execute(command, TESTER)
    with pytest.raises(NotFound):
        told.engine.execute(CorrelateMessage(name="paid", correlation_key="A"), TESTER)
    told.pin(NOON + timedelta(minutes=10))
    assert kept.tasks() == lost.tasks() == []

    for each in (kept, lost):
        resume(each)

    assert (kept.tasks(), lost.tasks()) == (["after"], [])


def test_a_signal_is_not_heard(told: EngineDriver) -> None:
    instance, other = told.start("hears"), told.start("hears")
    suspend(instance)

    told.engine.execute(BroadcastSignal(name="opened"), TESTER)
    resume(instance)

    assert (instance.state, other.state) == ("ACTIVE", "COMPLETED")


def test_variables_may_be_mended_meanwhile(told: EngineDriver) -> None:
    instance = told.start("plain", fee=1)
    suspend(instance)

    told.engine.execute(SetVariables(scope_key=instance.key, variables={"fee": 2}), TESTER)
    resume(instance)

    assert instance.variables() == {"fee": 2}


def test_a_called_instance_stops_with_its_root(told: EngineDriver) -> None:
    instance = told.start("caller")
    (row,) = told.engine.views.search("process_instance", TESTER, _of_parent(instance.key)).items
    called = InstanceDriver(told, int(str(row["key"])))
    with pytest.raises(Conflict) as refused:
        suspend(called)
    assert refused.value.reason == "instance-called"
    assert str(instance.key) in str(refused.value)

    suspend(instance)
    assert (called.state, instance.state) == ("SUSPENDED", "SUSPENDED")
    with pytest.raises(Conflict):
        called.complete("check")

    resume(instance)
    called.complete("check")
    assert (called.state, instance.state) == ("COMPLETED", "COMPLETED")


def test_it_can_be_cancelled(told: EngineDriver) -> None:
    instance = told.start("plain")
    suspend(instance)

    told.engine.execute(CancelInstance(key=instance.key), TESTER)

    assert instance.state == "TERMINATED"
    with pytest.raises(NotFound):
        suspend(instance)


def test_a_stranger_does_not_find_it(told: EngineDriver) -> None:
    instance = told.start("plain")
    stranger = Actor(name="x", roles=frozenset({"operator"}), tenant_id="another-province")

    with pytest.raises(NotFound):
        told.engine.execute(SuspendInstance(key=instance.key), stranger)

    assert instance.state == "ACTIVE"


def test_the_chain_proves_it(told: EngineDriver, database_url: str, engine: CommandEngine) -> None:
    instance = told.start("plain")
    suspend(instance, "lý do")
    standing = examine(Settings(database_url=database_url, test=True), root_key=instance.key)
    resume(instance)
    moving = examine(Settings(database_url=database_url, test=True), root_key=instance.key)

    assert standing.is_healthy
    assert moving.is_healthy


def _activate(driver: EngineDriver, instance: InstanceDriver) -> list[int]:
    leased = driver.engine.execute(ActivateJobs(type="w", limit=10), TESTER).result["jobs"]
    assert isinstance(leased, list)
    return [int(job["key"]) for job in leased if job["instance_key"] == instance.key]


def _of_parent(key: int) -> Query:
    return Query(where=(Condition(field="parent_key", op="eq", value=key),))
