"""Incidents explained on one screen, and retried in bulk."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.complete_job import CompleteJob
from engine.commands.fail_job import FailJob
from engine.commands.set_variables import SetVariables
from engine.commands.suspend_instance import SuspendInstance
from engine.domain.actors import Actor
from engine.domain.ids import Key
from engine.errors import Forbidden, NotFound
from engine.ports.views import Condition, Query
from engine.repair import explain, retry_incidents
from engine.repair.screen import lines
from engine.testing import TESTER, EngineDriver, InstanceDriver
from tests.contract.engine.models import end, process, service_task, start

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
GATE = process(
    "gate",
    [start(), '<bpmn:exclusiveGateway id="which" name="Đủ hồ sơ?"/>', end("a"), end("b")],
    ["start which", "which a =fee &gt; 1000", "which b =fee &lt; 1001"],
)
WORK = process("works2", [start(), service_task("work", "w2"), end()], ["start work", "work end"])
CALLER = process(
    "outer",
    [
        start(),
        '<bpmn:subProcess id="inside" name="Bên trong"><bpmn:startEvent id="s"/>'
        '<bpmn:callActivity id="call"><bpmn:extensionElements><zeebe:calledElement '
        'processId="gate"/></bpmn:extensionElements></bpmn:callActivity>'
        '<bpmn:sequenceFlow id="sf" sourceRef="s" targetRef="call"/></bpmn:subProcess>',
        end(),
    ],
    ["start inside", "inside end"],
)


@pytest.fixture
def told(driver: EngineDriver) -> EngineDriver:
    driver.deploy(GATE, WORK, CALLER)
    return driver


def incident_of(driver: EngineDriver, **where: object) -> Key:
    wanted = where | {"state": "ACTIVE"}
    query = Query(where=tuple(Condition(field=n, op="eq", value=v) for n, v in wanted.items()))
    (row,) = driver.engine.views.search("incident", TESTER, query).items
    return int(str(row["key"]))


def failed_job(driver: EngineDriver) -> InstanceDriver:
    instance = driver.start("works2")
    leased = driver.engine.execute(ActivateJobs(type="w2", limit=10), TESTER).result["jobs"]
    assert isinstance(leased, list)
    for job in leased:
        driver.engine.execute(FailJob(key=job["key"], message="hết giờ"), TESTER)
    return instance


def test_the_root_cause_is_named_through_the_calls(told: EngineDriver) -> None:
    root = told.start("outer")

    found = explain(told.engine.views, TESTER, incident_of(told, root_key=root.key))

    assert [place.path for place in found.places] == [
        ("Bên trong (inside)", "call"),
        ("Đủ hồ sơ? (which)",),
    ]
    assert found.places[0].instance_key == root.key
    assert found.names == (("fee", False),)
    assert "fee" in found.remedies[1].command
    assert str(found.places[1].instance_key) in found.remedies[1].command


@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_fits_one_screen(told: EngineDriver, language: str) -> None:
    root = told.start("outer")

    found = explain(told.engine.views, TESTER, incident_of(told, root_key=root.key))
    screen = list(lines(found, language, ZONE))

    assert len(screen) <= 24
    assert any("outer v1 › Bên trong (inside) › call" in line for line in screen)
    assert found.sentence(language) in screen[1]


def test_what_is_mended_is_retried(told: EngineDriver) -> None:
    root = told.start("gate")
    key = incident_of(told, root_key=root.key)
    one = Query(where=(Condition(field="root_key", op="eq", value=root.key),))

    (again,) = retry_incidents(told.engine, TESTER, one)
    told.engine.execute(SetVariables(scope_key=root.key, variables={"fee": 2000}), TESTER)
    (mended,) = retry_incidents(told.engine, TESTER, one)

    assert again.result == "failed-again"
    assert again.incident_key == key
    assert mended.result == "resolved"
    assert root.state == "COMPLETED"
    assert list(retry_incidents(told.engine, TESTER, one)) == []


def test_jobs_get_new_tries_in_bulk(told: EngineDriver) -> None:
    instances = [failed_job(told) for _ in range(3)]
    query = Query(where=(Condition(field="process_id", op="eq", value="works2"),))

    outcomes = list(retry_incidents(told.engine, TESTER, query, retries=2))

    assert [outcome.result for outcome in outcomes] == ["resolved"] * 3
    leased = told.engine.execute(ActivateJobs(type="w2", limit=10), TESTER).result["jobs"]
    assert isinstance(leased, list)
    assert [job["retries"] for job in leased] == [2, 2, 2]
    for job in leased:
        told.engine.execute(CompleteJob(key=job["key"]), TESTER)
    assert [instance.state for instance in instances] == ["COMPLETED"] * 3


def test_a_job_shows_what_to_do(told: EngineDriver) -> None:
    instance = failed_job(told)

    key = incident_of(told, root_key=instance.key)
    found = explain(told.engine.views, TESTER, key)

    assert found.job is not None
    assert (found.job["type"], found.job["retries"]) == ("w2", 0)
    assert found.remedies[0].command == f"motcua incidents retry --key {key} --retries 3"
    list(retry_incidents(told.engine, TESTER, Query(), retries=1))
    assert explain(told.engine.views, TESTER, key).remedies == ()


def test_of_a_suspended_instance_it_waits(told: EngineDriver) -> None:
    root = told.start("gate")
    told.engine.execute(SuspendInstance(key=root.key), TESTER)
    one = Query(where=(Condition(field="root_key", op="eq", value=root.key),))

    (outcome,) = retry_incidents(told.engine, TESTER, one)

    assert outcome.result == "resolved"
    assert root.state == "SUSPENDED"


def test_strangers_learn_nothing(told: EngineDriver) -> None:
    root = told.start("gate")
    key = incident_of(told, root_key=root.key)
    clerk = Actor(name="x", roles=frozenset({"clerk"}), unit_id="01/")

    with pytest.raises(NotFound):
        explain(told.engine.views, clerk, key)
    with pytest.raises(Forbidden):
        list(retry_incidents(told.engine, clerk, Query()))
