"""A running instance on another version: tasks, jobs, timers and joins go on where they were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.complete_job import CompleteJob
from engine.commands.correlate_message import CorrelateMessage
from engine.commands.migrate_instance import MigrateInstance
from engine.commands.pin_clock import PinClock
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.set_variables import SetVariables
from engine.commands.suspend_instance import ResumeInstance, SuspendInstance
from engine.errors import Conflict, InvalidInput, MigrationRefused, NotFound
from engine.ports.views import Condition, Query
from engine.repair.plans import screen, tell
from engine.settings import Settings
from engine.store.doctor import examine
from engine.testing import TESTER, EngineDriver, InstanceDriver
from tests.contract.engine.models import (
    catch_message,
    end,
    message,
    process,
    service_task,
    start,
    timer,
    user_task,
)

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


def late(host: str, duration: str, name: str = "late") -> str:
    return (
        f'<bpmn:boundaryEvent id="{name}" attachedToRef="{host}" cancelActivity="false">'
        f"{timer(duration)}</bpmn:boundaryEvent>"
    )


@pytest.fixture(autouse=True)
def clock(driver: EngineDriver) -> Iterator[None]:
    driver.pin(NOON)
    yield
    driver.engine.execute(PinClock(at=None), TESTER)


def deploy(driver: EngineDriver, nodes: Sequence[str], flows: Sequence[str], extra: str = "",
           process_id: str = "v") -> int:  # fmt: skip
    result: Any = driver.deploy(process(process_id, nodes, flows, extra))
    return int(str(result["deployments"][0]["process"]["key"]))


def migrate(instance: InstanceDriver, target: int, same: bool = True, preview: bool = False,
            **mapping: str) -> Any:  # fmt: skip
    command = MigrateInstance(
        key=instance.key, target_key=target, mapping=mapping, same_ids=same, preview=preview
    )
    return instance.driver.engine.execute(command, TESTER).result


def refusals(instance: InstanceDriver, target: int, same: bool = True, **mapping: str) -> set[str]:
    with pytest.raises(MigrationRefused) as refused:
        migrate(instance, target, same, **mapping)
    return {fault.code for fault in refused.value.faults}


def healthy(instance: InstanceDriver, url: str) -> bool:
    return examine(Settings(database_url=url, test=True), root_key=instance.key).is_healthy


OLD = ([start(), user_task("check"), end(), late("check", "P1D"), end("o")],
       ["start check", "check end", "late o"])  # fmt: skip
NEW = ([start(), user_task("verify"), user_task("sign"), end(), late("verify", "P1D", "slow"),
        end("o")], ["start verify", "verify sign", "sign end", "slow o"])  # fmt: skip


def test_a_task_keeps_its_holder_and_the_timer_its_time(
    driver: EngineDriver, database_url: str
) -> None:
    deploy(driver, *OLD)
    instance = driver.start("v", fee=5)
    instance.claim("check", TESTER)
    key = instance.task_key("check")
    target = deploy(driver, *NEW)
    driver.pin(NOON + timedelta(hours=20))

    migrate(instance, target, same=False, check="verify", late="slow")

    (task,) = instance.rows("user_task", state="CREATED")
    assert (task["key"], task["element_id"], task["assignee"]) == (key, "verify", "tester")
    assert task["definition_key"] == target
    (row,) = instance.rows("element_instance", state="ACTIVE", element_id="verify")
    assert row["definition_key"] == target
    driver.pin(NOON + timedelta(hours=25))
    assert [r["element_id"] for r in instance.rows("element_instance", element_id="slow")] == [
        "slow"
    ]
    instance.complete("verify").complete("sign")
    assert instance.state == "COMPLETED"
    assert healthy(instance, database_url)


def test_a_timer_that_reads_otherwise_is_counted_from_when_it_was_set(
    driver: EngineDriver,
) -> None:
    deploy(driver, *OLD)
    instance = driver.start("v")
    target = deploy(driver, [*OLD[0][:3], late("check", "P3D"), end("o")], OLD[1])
    driver.pin(NOON + timedelta(hours=20))

    plan = migrate(instance, target, preview=True)["plan"]
    migrate(instance, target)

    told = tell(driver.engine.views, TESTER, plan, ZoneInfo("Asia/Ho_Chi_Minh"))
    assert screen(told, "en") == [
        "At once:",
        "  - 'check' becomes 'check'.",
        "  - 'late' becomes 'late'.",
        "  - The timer 'late' is set for 2026-11-23 12:00.",
        "Kept:",
        "  - The task 'check' stays as it is, its draft too.",
    ]
    driver.pin(NOON + timedelta(days=2))
    assert instance.rows("element_instance", element_id="late") == ()
    driver.pin(NOON + timedelta(days=3, minutes=1))
    assert len(instance.rows("element_instance", element_id="late")) == 1


def test_events_at_the_border_come_and_go(driver: EngineDriver, database_url: str) -> None:
    deploy(driver, *OLD)
    instance, other = driver.start("v"), driver.start("v")
    without = deploy(driver, OLD[0][:3], OLD[1][:2])
    migrate(instance, without)
    with_two = deploy(driver, [*OLD[0], late("check", "PT1H", "soon"), end("p")],
                      [*OLD[1], "soon p"])  # fmt: skip
    migrate(other, with_two)

    driver.pin(NOON + timedelta(days=2))

    assert instance.rows("element_instance", element_id="late") == ()
    ids = sorted(str(row["element_id"]) for row in other.rows("element_instance"))
    assert {"late", "soon"} <= set(ids)
    assert healthy(instance, database_url) and healthy(other, database_url)


def test_a_leased_job_is_completed_after(driver: EngineDriver, database_url: str) -> None:
    deploy(driver, [start(), service_task("work", "mj"), end()], ["start work", "work end"])
    instance = driver.start("v")
    leased: Any = driver.engine.execute(ActivateJobs(type="mj", limit=9), TESTER).result["jobs"]
    target = deploy(driver, [start(), service_task("do", "mj"), user_task("after"), end()],
                    ["start do", "do after", "after end"])  # fmt: skip

    migrate(instance, target, work="do")

    driver.engine.execute(CompleteJob(key=leased[0]["key"], fence=leased[0]["fence"]), TESTER)
    assert instance.tasks() == ["after"]
    assert healthy(instance, database_url)


def test_messages_are_waited_for_on(driver: EngineDriver, database_url: str) -> None:
    nodes = [start(), catch_message("wait", "paid"), user_task("after"), end()]
    flows = ["start wait", "wait after", "after end"]
    deploy(driver, nodes, flows, message("paid", "code"))
    same, other = driver.start("v", code="M1"), driver.start("v", code="M2")
    target = deploy(driver, [*nodes, end("x")], [*flows, "start x"], message("paid", "code"))
    renamed = deploy(driver, [start(), catch_message("wait", "settled"), user_task("after"), end()],
                     flows, message("settled", "code"))  # fmt: skip

    migrate(same, target)
    migrate(other, renamed)
    driver.engine.execute(CorrelateMessage(name="paid", correlation_key="M1"), TESTER)
    with pytest.raises(NotFound):
        driver.engine.execute(CorrelateMessage(name="paid", correlation_key="M2"), TESTER)
    driver.engine.execute(CorrelateMessage(name="settled", correlation_key="M2"), TESTER)

    assert same.tasks() == other.tasks() == ["after"]
    assert healthy(same, database_url) and healthy(other, database_url)


FORK = '<bpmn:parallelGateway id="{}"/>'


def test_a_join_remembers_who_came(driver: EngineDriver) -> None:
    nodes = [start(), FORK.format("fork"), user_task("l"), user_task("r"), FORK.format("join"),
             user_task("after"), end()]  # fmt: skip
    flows = ["start fork", "fork l", "fork r", "l join", "r join", "join after", "after end"]
    deploy(driver, nodes, flows)
    instance = driver.start("v")
    instance.complete("l")
    # The flows have other ids and another order; the way in is known by its source.
    target = deploy(driver, [*nodes, end("x")], ["after end", *flows[3:5][::-1], *flows[:3],
                                                 "join after", "l x"])  # fmt: skip

    migrate(instance, target)
    instance.complete("r")

    assert instance.tasks() == ["after"]


def test_an_incident_is_mended_by_the_new_version(driver: EngineDriver, database_url: str) -> None:
    def gate(name: str) -> int:
        return deploy(driver, [start(), '<bpmn:exclusiveGateway id="g"/>', end("a"), end("b")],
                      ["start g", f"g a ={name} &gt; 1", f"g b ={name} &lt; 2"])  # fmt: skip

    gate("wrong")
    instance = driver.start("v", fee=5)
    target = gate("fee")

    migrate(instance, target)
    (incident,) = instance.rows("incident", state="ACTIVE")
    assert incident["definition_key"] == target
    driver.engine.execute(ResolveIncident(key=int(str(incident["key"]))), TESTER)

    assert instance.state == "COMPLETED"
    assert healthy(instance, database_url)


EACH = (
    '<bpmn:subProcess id="each"><bpmn:startEvent id="es"/><bpmn:userTask id="look">'
    "<bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements></bpmn:userTask>"
    '<bpmn:sequenceFlow id="y1" sourceRef="es" targetRef="look"/>{}'
    '<bpmn:multiInstanceLoopCharacteristics isSequential="{}"><bpmn:extensionElements>'
    '<zeebe:loopCharacteristics inputCollection="=papers" inputElement="paper"/>'
    "</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:subProcess>"
)
MORE = (
    '<bpmn:userTask id="sign"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements>'
    '</bpmn:userTask><bpmn:sequenceFlow id="y2" sourceRef="look" targetRef="sign"/>'
)


def test_loops_and_scopes_go_on(driver: EngineDriver, database_url: str) -> None:
    flows = ["start each", "each end"]
    deploy(driver, [start(), EACH.format("", "true"), end()], flows)
    instance = driver.start("v", papers=["a", "b"])
    target = deploy(driver, [start(), EACH.format(MORE, "true"), end()], flows)
    parallel = deploy(driver, [start(), EACH.format(MORE, "false"), end()], flows)

    assert refusals(instance, parallel) == {"loop-changed"}
    migrate(instance, target)

    for element in ("look", "sign", "look", "sign"):
        instance.complete(element)
    assert instance.state == "COMPLETED"
    assert healthy(instance, database_url)


def test_every_refusal_is_told_at_once(driver: EngineDriver) -> None:
    par = FORK.format("fork")
    deploy(driver, [start(), par, user_task("a"), user_task("b"), user_task("c"), end()],
           ["start fork", "fork a", "fork b", "fork c", "a end", "b end", "c end"])  # fmt: skip
    instance = driver.start("v")
    sub = (
        '<bpmn:subProcess id="sub"><bpmn:startEvent id="ss"/><bpmn:userTask id="b">'
        "<bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements></bpmn:userTask>"
        '<bpmn:sequenceFlow id="z" sourceRef="ss" targetRef="b"/></bpmn:subProcess>'
    )
    target = deploy(driver, [start(), service_task("a", "x"), sub, end()],
                    ["start a", "a sub", "sub end"])  # fmt: skip

    assert refusals(instance, target) == {"type-changed", "scope-changed", "element-not-mapped"}
    assert instance.tasks() == ["a", "b", "c"]
    with pytest.raises(InvalidInput) as unknown:
        migrate(instance, target, a="ghost")
    assert unknown.value.reason == "unknown-element"
    with pytest.raises(InvalidInput) as nothing:
        migrate(instance, target, same=False)
    assert nothing.value.reason == "nothing-to-do"
    with pytest.raises(NotFound):
        migrate(instance, 5)


def test_a_suspended_instance_is_migrated_standing(driver: EngineDriver) -> None:
    deploy(driver, *OLD)
    instance = driver.start("v")
    target = deploy(driver, *NEW)
    driver.engine.execute(SuspendInstance(key=instance.key), TESTER)

    migrate(instance, target, check="verify")
    driver.engine.execute(SetVariables(scope_key=instance.key, variables={"x": 1}), TESTER)
    with pytest.raises(Conflict):
        instance.complete("verify")
    driver.engine.execute(ResumeInstance(key=instance.key), TESTER)

    assert instance.complete("verify").tasks() == ["sign"]


def test_a_called_instance_is_migrated_alone(driver: EngineDriver, database_url: str) -> None:
    deploy(driver, *OLD, process_id="inner")
    call = ('<bpmn:callActivity id="call"><bpmn:extensionElements><zeebe:calledElement '
            'processId="inner"/></bpmn:extensionElements></bpmn:callActivity>')  # fmt: skip
    deploy(driver, [start(), call, end()], ["start call", "call end"], process_id="outer2")
    root = driver.start("outer2")
    (called,) = (row for row in _called(root))
    target = deploy(driver, *NEW, process_id="inner")
    instance = InstanceDriver(driver, int(str(called["key"])))

    migrate(instance, target, check="verify")
    instance.complete("verify").complete("sign")

    assert root.state == "COMPLETED"
    assert healthy(root, database_url)


def _called(root: InstanceDriver) -> Any:
    rows = root.driver.engine.views.search("process_instance", TESTER, _of_root(root.key)).items
    return [row for row in rows if row["key"] != root.key]


def _of_root(key: int) -> Query:
    return Query(where=(Condition(field="root_key", op="eq", value=key),))
