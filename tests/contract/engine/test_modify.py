"""An instance put right by hand: elements begun, moved and ended, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.commands.deploy_resources import DeployResources
from engine.commands.modify_instance import ModifyInstance
from engine.commands.pin_clock import PinClock
from engine.commands.set_variables import SetVariables
from engine.commands.suspend_instance import ResumeInstance, SuspendInstance
from engine.domain.actors import Actor
from engine.errors import Forbidden, InvalidInput, NotFound, Rejected
from engine.ports.repair import Activation, Modification, Move, ScopedVariables, Termination
from engine.repair.plans import screen, tell
from engine.settings import Settings
from engine.store.doctor import examine
from engine.testing import TESTER, EngineDriver, InstanceDriver
from tests.contract.engine.models import end, process, service_task, start, timer, user_task

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
MAIN = process(
    "main",
    [
        start(), user_task("a"), user_task("b"), service_task("w", "work"), end(),
        f'<bpmn:boundaryEvent id="late" attachedToRef="a" cancelActivity="false">{timer("PT1H")}'
        "</bpmn:boundaryEvent>",
        f'<bpmn:boundaryEvent id="slow" attachedToRef="b" cancelActivity="false">{timer("P1D")}'
        "</bpmn:boundaryEvent>", end("o1"), end("o2"),
        '<bpmn:subProcess id="sub" name="Thẩm định"><bpmn:startEvent id="ss"/>'
        '<bpmn:userTask id="in1"><bpmn:extensionElements><zeebe:userTask/>'
        '</bpmn:extensionElements></bpmn:userTask><bpmn:userTask id="in2"><bpmn:extensionElements>'
        "<zeebe:userTask/></bpmn:extensionElements></bpmn:userTask>"
        '<bpmn:sequenceFlow id="x1" sourceRef="ss" targetRef="in1"/>'
        '<bpmn:sequenceFlow id="x2" sourceRef="in1" targetRef="in2"/></bpmn:subProcess>',
    ],
    ["start a", "a b", "b sub", "sub w", "w end", "late o1", "slow o2"],
)  # fmt: skip
MANY = process(
    "many",
    [
        start(), end(),
        '<bpmn:subProcess id="each"><bpmn:startEvent id="es"/><bpmn:userTask id="look">'
        "<bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements></bpmn:userTask>"
        '<bpmn:userTask id="sign"><bpmn:extensionElements><zeebe:userTask/>'
        "</bpmn:extensionElements></bpmn:userTask>"
        '<bpmn:sequenceFlow id="y1" sourceRef="es" targetRef="look"/>'
        '<bpmn:sequenceFlow id="y2" sourceRef="look" targetRef="sign"/>'
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
        '<zeebe:loopCharacteristics inputCollection="=papers" inputElement="paper"/>'
        "</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:subProcess>",
    ],
    ["start each", "each end"],
)  # fmt: skip
PAR = process(
    "par",
    [start(), '<bpmn:parallelGateway id="fork"/>', user_task("l"), user_task("r"),
     '<bpmn:parallelGateway id="join"/>', end()],
    ["start fork", "fork l", "fork r", "l join", "r join", "join end"],
)  # fmt: skip


@pytest.fixture
def told(driver: EngineDriver) -> Iterator[EngineDriver]:
    driver.deploy(MAIN, MANY, PAR)
    yield driver
    driver.engine.execute(PinClock(at=None), TESTER)


def modify(instance: InstanceDriver, **changes: Any) -> Any:
    command = ModifyInstance(
        key=instance.key,
        preview=changes.pop("preview", False),
        reason=changes.pop("reason", None),
        changes=Modification(**changes),
    )
    return instance.driver.engine.execute(command, TESTER).result


def move(source: str, target: str, **more: Any) -> tuple[Move, ...]:
    return (Move(source=Termination(element_id=source), target_id=target, **more),)


def refused(instance: InstanceDriver, **changes: Any) -> str:
    before = instance.tasks()
    with pytest.raises(Rejected) as error:
        modify(instance, **changes)
    assert instance.tasks() == before
    return error.value.reason


def test_a_token_is_moved_on_and_back(told: EngineDriver) -> None:
    instance = told.start("main")

    modify(instance, move=move("a", "b"))
    assert instance.tasks() == ["b"]
    assert [row["element_id"] for row in instance.rows("element_instance", state="TERMINATED")] == [
        "a"
    ]
    modify(instance, move=move("b", "a"))
    instance.complete("a").complete("b").complete("in1").complete("in2")
    assert len(instance.rows("job", state="CREATED")) == 1


def test_scopes_on_the_way_are_begun_and_shared(told: EngineDriver) -> None:
    instance = told.start("main")
    scoped = (ScopedVariables(variables={"note": "x"}, scope_id="sub"),
              ScopedVariables(variables={"seen": True}),
              ScopedVariables(variables={"mine": 1}, scope_id="in2"))  # fmt: skip

    modify(
        instance,
        activate=(Activation(element_id="in2", variables=scoped), Activation(element_id="in1")),
        terminate=(Termination(element_id="a"),),
    )

    assert instance.tasks() == ["in1", "in2"]
    assert len(instance.rows("element_instance", element_id="sub")) == 1
    assert instance.variables() == {"seen": True}
    names = {row["name"]: row["scope_key"] for row in instance.rows("variable")}
    assert names.keys() == {"note", "seen", "mine"}
    instance.complete("in1")
    # in2 runs twice now: the one begun by hand, and the one after in1.
    assert instance.tasks() == ["in2", "in2"]
    instance.complete("in2").complete("in2")
    assert [row["element_id"] for row in instance.rows("job", state="CREATED")] == ["w"]


def test_the_last_end_ends_the_scope_and_the_instance(told: EngineDriver) -> None:
    instance = told.start("main")
    modify(instance, move=move("a", "in1"))

    modify(instance, terminate=(Termination(element_id="in1"),))

    assert instance.state == "TERMINATED"
    assert [row["state"] for row in instance.rows("element_instance", element_id="sub")] == [
        "TERMINATED"
    ]


def test_one_of_several_scopes_must_be_named(told: EngineDriver) -> None:
    instance = told.start("many", papers=["a", "b"])
    assert refused(instance, activate=(Activation(element_id="sign"),)) == "ambiguous-scope"

    modify(instance, move=move("look", "sign", near="source"))
    assert instance.tasks() == ["sign", "sign"]
    scopes = sorted(
        int(str(row["key"]))
        for row in instance.rows("element_instance", element_type="SUB_PROCESS")
    )
    modify(instance, activate=(Activation(element_id="look", ancestor=scopes[0]),))
    assert instance.tasks() == ["look", "sign", "sign"]
    instance.complete("sign").complete("sign")
    assert instance.tasks() == ["look"]


def test_one_instance_of_a_loop_is_ended(told: EngineDriver) -> None:
    instance = told.start("many", papers=["a", "b"])
    rows = instance.rows("element_instance", element_type="SUB_PROCESS")

    modify(instance, terminate=(Termination(element_key=int(str(rows[0]["key"]))),))

    assert instance.tasks() == ["look"]
    instance.complete("look").complete("sign")
    assert instance.state == "COMPLETED"


def test_a_waiting_join_is_let_go(told: EngineDriver) -> None:
    instance = told.start("par")
    instance.complete("l")

    modify(
        instance,
        activate=(Activation(element_id="end"),),
        terminate=(Termination(element_id="r"), Termination(element_id="join")),
    )

    assert instance.state == "COMPLETED"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, "nothing-to-do"),
        ({"activate": (Activation(element_id="ghost"),)}, "unknown-element"),
        ({"activate": (Activation(element_id="start"),)}, "not-a-beginning"),
        ({"activate": (Activation(element_id="late"),)}, "not-a-beginning"),
        ({"activate": (Activation(element_id="in1", ancestor=5),)}, "unknown-scope"),
        ({"terminate": (Termination(element_id="b"),)}, "element-not-active"),
        ({"terminate": (Termination(element_key=5),)}, "element-not-active"),
        ({"move": move("b", "a")}, "element-not-active"),
        (
            {"activate": (Activation(
                element_id="b",
                variables=(ScopedVariables(variables={"x": 1}, scope_id="a"),)),)},
            "unknown-scope",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_whole(
    told: EngineDriver, changes: dict[str, Any], code: str
) -> None:
    instance = told.start("main")
    good = (Activation(element_id="b"),)
    if changes:
        changes = changes | {"activate": (*good, *changes.get("activate", ()))}

    assert refused(instance, **changes) == code
    assert instance.tasks() == ["a"]


def test_the_instance_itself_is_no_element(told: EngineDriver) -> None:
    instance = told.start("main")

    code = refused(instance, terminate=(Termination(element_key=instance.key),))

    assert code == "instance-not-element"


def test_the_preview_tells_and_changes_nothing(told: EngineDriver) -> None:
    told.pin(NOON)
    instance = told.start("main")
    instance.claim("a", TESTER)

    plan = modify(instance, move=move("a", "b"), preview=True)["plan"]

    views, zone = told.engine.views, ZoneInfo("Asia/Ho_Chi_Minh")
    english = screen(tell(views, TESTER, plan, zone), "en")
    vietnamese = screen(tell(views, TESTER, plan, zone), "vi")
    assert english == [
        "At once:",
        "  - 'b' begins.",
        "  - The timer 'late' is cancelled.",
        "  - The task 'a' is cancelled (held by tester); a draft of it is of no use any more.",
        "  - 'a' ends unfinished.",
        "Then, by itself:",
        "  - The timer 'slow' is set for 2026-11-21 12:00.",
        "  - The task 'b' opens.",
    ]
    assert "  - Nhiệm vụ 'b' mở ra." in vietnamese
    assert instance.tasks() == ["a"]


def test_the_preview_foresees_incidents_and_what_stays(told: EngineDriver) -> None:
    told.pin(NOON)
    instance = told.start("main")

    plan = modify(instance, activate=(Activation(element_id="w"),), preview=True)["plan"]

    kinds = [(line["when"], line["kind"], line["element_id"]) for line in plan]
    assert ("then", "job-created", "w") in kinds
    assert ("kept", "timer-kept", "late") in kinds


def test_a_suspended_instance_is_changed_and_runs_later(told: EngineDriver) -> None:
    instance = told.start("main")
    told.engine.execute(SuspendInstance(key=instance.key), TESTER)

    modify(instance, move=move("a", "b"))
    assert instance.tasks() == []
    told.engine.execute(ResumeInstance(key=instance.key), TESTER)

    assert instance.tasks() == ["b"]


def test_a_procedure_wants_a_reason(told: EngineDriver) -> None:
    name, content = MAIN
    deploy = DeployResources(
        resources=((name, content.replace(b'"main"', b'"proc"')),), procedure_code="2.000815"
    )
    told.engine.execute(deploy, TESTER)
    instance = told.start("proc")

    assert refused(instance, move=move("a", "b")) == "reason-missing"
    modify(instance, move=move("a", "b"), preview=True)
    modify(instance, move=move("a", "b"), reason="người dân nộp nhầm mẫu")
    assert instance.tasks() == ["b"]


def test_variables_of_a_procedure_are_changed_by_operators_with_a_reason(
    told: EngineDriver,
) -> None:
    name, content = MAIN
    deploy = DeployResources(
        resources=((name, content.replace(b'"main"', b'"proc2"')),), procedure_code="2.000816"
    )
    told.engine.execute(deploy, TESTER)
    instance = told.start("proc2")
    integrator = Actor(name="i", roles=frozenset({"integrator"}))
    change = SetVariables(scope_key=instance.key, variables={"fee": 1})

    with pytest.raises(Forbidden):
        told.engine.execute(change, integrator)
    with pytest.raises(InvalidInput) as refused:
        told.engine.execute(change, TESTER)
    assert refused.value.reason == "reason-missing"
    told.engine.execute(replace(change, reason="ghi nhầm"), TESTER)

    assert instance.variables() == {"fee": 1}


def test_strangers_and_ends(told: EngineDriver) -> None:
    instance = told.start("main")
    command = ModifyInstance(key=instance.key, changes=Modification(move=move("a", "b")))

    with pytest.raises(NotFound):
        abroad = Actor(name="x", roles=frozenset({"operator"}), tenant_id="another-province")
        told.engine.execute(command, abroad)
    modify(instance, terminate=(Termination(element_id="a"),))
    with pytest.raises(NotFound) as ended:
        told.engine.execute(command, TESTER)
    assert ended.value.reason == "instance-ended"


def test_bad_values_are_refused(told: EngineDriver) -> None:
    instance = told.start("main")
    scoped = (ScopedVariables(variables={"x": float("nan")}),)

    with pytest.raises(InvalidInput):
        modify(instance, activate=(Activation(element_id="b", variables=scoped),))

    assert instance.tasks() == ["a"]


def test_the_chain_proves_it(told: EngineDriver, database_url: str) -> None:
    instance = told.start("main")
    modify(instance, move=move("a", "in1"), reason="lý do")

    assert examine(Settings(database_url=database_url, test=True), root_key=instance.key).is_healthy
