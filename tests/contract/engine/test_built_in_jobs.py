"""Jobs we serve ourselves: inside right after the commit, outside by a crew with leases."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

import pytest
from sqlalchemy import update

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.update_job import UpdateJob
from engine.dispatch import CommandEngine
from engine.domain.jobs.outcomes import Completed, Failed, Outcome, Parked, Thrown, Work
from engine.errors import Forbidden
from engine.store import SqlStore
from engine.store.tables import job
from engine.testing import TESTER, EngineDriver
from engine.worker.crew import Crew
from engine.worker.embedded import tools_of
from engine.worker.handling import outcome_of
from engine.worker.tools import Tools
from tests.contract.engine.models import built_in, end, process, start, user_task

Handle = Callable[[Work, Tools], Outcome]


class MakeCrew(Protocol):
    def __call__(self, handlers: Mapping[str, Handle], lease_seconds: float = 30.0) -> Crew: ...


@pytest.fixture
def crew(engine: CommandEngine) -> Iterator[MakeCrew]:
    made: list[Crew] = []

    def make(handlers: Mapping[str, Handle], lease_seconds: float = 30.0) -> Crew:
        made.append(Crew(engine.work, handlers, tools_of(engine), lease_seconds=lease_seconds))
        return made[-1]

    yield make
    for each in made:
        each.stop(10)


def calls(
    process_id: str, type: str, headers: Mapping[str, str] | None = None
) -> tuple[str, bytes]:
    """One built-in job whose error NO leads to a task."""
    nodes = [
        start(),
        built_in("work", type, headers or {}),
        '<bpmn:boundaryEvent id="refused" attachedToRef="work">'
        '<bpmn:errorEventDefinition errorRef="e_no"/></bpmn:boundaryEvent>',
        user_task("manual"),
        end(),
    ]
    flows = ["start work", "work end", "refused manual", "manual end"]
    return process(process_id, nodes, flows, '<bpmn:error id="e_no" name="no" errorCode="NO"/>')


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


def expire(engine: CommandEngine) -> None:
    """All leases are over, as after the death of every worker."""
    store = engine.store
    assert isinstance(store, SqlStore)
    with store.database.writing() as connection:
        connection.execute(update(job).values(lease_until=None, retry_at=None))
        connection.commit()


def work_off(crew: Crew) -> int:
    """All that is ready, by threads of the crew."""
    done = 0
    while begun := crew.turn():
        done += begun
        until(lambda: crew.busy == 0)
    return done


def test_feel_runs_right_after_the_commit(driver: EngineDriver) -> None:
    headers = {"expression": "= phí * 2", "resultVariable": "tổng"}
    driver.deploy(calls("doubles", "motcua:feel", headers))

    instance = driver.start("doubles", phí=9000)
    assert instance.state == "COMPLETED"
    assert instance.variables() == {"phí": 9000, "tổng": 18000}


def test_a_context_spreads_into_variables(driver: EngineDriver) -> None:
    driver.deploy(calls("spreads", "motcua:feel", {"expression": "{a: 1, b: [phí]}"}))

    assert driver.start("spreads", phí=5).variables() == {"phí": 5, "a": 1, "b": [5]}


@pytest.mark.parametrize(
    ("headers", "says"),
    [
        ({}, "'expression' is missing"),
        ({"expression": "1 +"}, "'expression' has no value"),
        ({"expression": "1"}, "'resultVariable' is missing"),
        ({"expression": "[1..2]", "resultVariable": "r"}, "'expression' has no value"),
    ],
)
def test_a_fault_of_the_model_is_an_incident_at_once(
    driver: EngineDriver, headers: Mapping[str, str], says: str
) -> None:
    driver.deploy(calls("faulty", "motcua:feel", headers))

    instance = driver.start("faulty")
    assert instance.incidents() == ["JOB_NO_RETRIES"]
    (incident,) = instance.rows("incident", state="ACTIVE")
    assert says in str(incident["message"])


def test_nobody_outside_gets_our_types(engine: CommandEngine) -> None:
    with pytest.raises(Forbidden) as refused:
        engine.execute(ActivateJobs(type="motcua:feel"), TESTER)
    assert refused.value.reason == "job-type-built-in"


def test_an_outside_handler_completes_its_job(driver: EngineDriver, crew: MakeCrew) -> None:
    driver.deploy(calls("asks", "asks", {"who": "register"}))
    instance = driver.start("asks", id="048…")

    def ask(work: Work, tools: Tools) -> Outcome:
        return Completed(variables={"answer": [work.headers["who"], work.variables["id"]]})

    assert work_off(crew({"asks": ask})) == 1
    assert instance.state == "COMPLETED"
    assert instance.variables()["answer"] == ["register", "048…"]


@pytest.mark.parametrize(
    ("outcome", "tasks", "incidents"),
    [
        (Thrown(code="NO"), ["manual"], []),
        (Thrown(code="OTHER"), [], ["UNHANDLED_ERROR_EVENT"]),
        (Failed(message="host unknown", again=False), [], ["JOB_NO_RETRIES"]),
        (Failed(message="down"), [], []),
        (Parked(), [], []),
    ],
)
def test_other_outcomes(
    driver: EngineDriver, crew: MakeCrew, outcome: Outcome, tasks: list[str], incidents: list[str]
) -> None:
    driver.deploy(calls("ends", "ends"))
    instance = driver.start("ends")

    assert work_off(crew({"ends": lambda work, tools: outcome})) == 1
    assert (instance.tasks(), instance.incidents()) == (tasks, incidents)
    assert work_off(crew({"ends": lambda work, tools: outcome})) == 0


def test_a_handler_that_breaks_costs_a_retry_and_names_no_value(
    driver: EngineDriver, crew: MakeCrew
) -> None:
    driver.deploy(calls("breaks", "breaks", {"retryBackoff": "PT0.01S"}))
    instance = driver.start("breaks")

    def broken(work: Work, tools: Tools) -> Outcome:
        raise ValueError("048123456789")

    made = crew({"breaks": broken})
    until(lambda: work_off(made) >= 0 and instance.incidents() == ["JOB_NO_RETRIES"])
    (incident,) = instance.rows("incident", state="ACTIVE")
    (job,) = instance.rows("job")
    assert incident["message"] == "The handler ended with ValueError."
    assert job["retries"] == 0


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, "\ud800"])
def test_a_result_that_cannot_be_kept_is_an_incident(
    driver: EngineDriver, crew: MakeCrew, value: object
) -> None:
    driver.deploy(calls("odd", "odd"))
    instance = driver.start("odd")

    work_off(crew({"odd": lambda work, tools: Completed(variables={"x": value})}))
    (incident,) = instance.rows("incident", state="ACTIVE")
    assert str(incident["message"]).startswith("The result cannot be kept")
    assert instance.variables() == {}


def test_a_slow_handler_keeps_its_lease(
    driver: EngineDriver, engine: CommandEngine, crew: MakeCrew
) -> None:
    driver.deploy(calls("slow", "slow"))
    instance = driver.start("slow")
    begun, go = threading.Event(), threading.Event()

    def slow(work: Work, tools: Tools) -> Outcome:
        begun.set()
        go.wait(30)
        return Completed()

    first = crew({"slow": slow}, lease_seconds=3.0)
    assert first.turn() == 1
    assert begun.wait(30)
    (before,) = instance.rows("job")
    until(lambda: instance.rows("job")[0]["lease_until"] != before["lease_until"])
    assert crew({"slow": slow}).turn() == 0
    go.set()
    until(lambda: instance.state == "COMPLETED")


def test_who_lost_the_lease_changes_nothing(driver: EngineDriver, engine: CommandEngine) -> None:
    driver.deploy(calls("late", "late"))
    instance = driver.start("late")
    (dead,) = engine.work.claim(["late"], "dead", 0.01, 5)
    time.sleep(0.05)
    (living,) = engine.work.claim(["late"], "living", 30, 5)

    assert engine.work.renew({dead.job.key: dead.job.fence}, 30) == frozenset()
    assert not engine.work.finish(dead, Completed(variables={"by": "dead"}))
    assert engine.work.finish(living, Completed(variables={"by": "living"}))
    assert not engine.work.finish(living, Completed(variables={"by": "again"}))
    assert instance.variables() == {"by": "living"}


def test_a_job_that_kills_its_workers_becomes_an_incident(
    driver: EngineDriver, engine: CommandEngine
) -> None:
    driver.deploy(calls("poison", "poison"))
    instance = driver.start("poison")
    for _ in range(5):
        assert len(engine.work.claim(["poison"], "dies", 0.001, 5)) == 1
        time.sleep(0.01)

    assert engine.work.claim(["poison"], "lives", 30, 5) == []
    (incident,) = instance.rows("incident", state="ACTIVE")
    assert "vanished" in str(incident["message"])
    key = int(str(instance.rows("job")[0]["key"]))
    engine.execute(UpdateJob(key=key, retries=1), TESTER)
    engine.execute(ResolveIncident(key=int(str(incident["key"]))), TESTER)
    (work,) = engine.work.claim(["poison"], "lives", 30, 5)
    assert engine.work.finish(work, Completed())
    assert instance.state == "COMPLETED"


def test_a_flood_of_one_type_leaves_room_for_the_others(
    driver: EngineDriver, engine: CommandEngine
) -> None:
    driver.deploy(calls("flood", "flood"))
    driver.deploy(calls("single", "single"))
    for _ in range(6):
        driver.start("flood")
    driver.start("single")

    types = [work.job.type for work in engine.work.claim(["flood", "single"], "w", 30, 4)]
    assert sorted(types) == ["flood", "flood", "single"]


def test_a_broker_that_loses_and_doubles_keys_loses_and_doubles_nothing(
    driver: EngineDriver, engine: CommandEngine
) -> None:
    """A dispatcher that only ever sends keys, over a queue that drops and repeats them."""
    driver.deploy(calls("queued", "queued", {"retryBackoff": "PT0S"}))
    instances = [driver.start("queued") for _ in range(12)]
    chance, done = random.Random(7), []

    def handle(work: Work, tools: Tools) -> Outcome:
        if chance.random() < 0.2:
            raise ConnectionError
        done.append(work.job.key)
        return Completed(variables={"times": done.count(work.job.key)})

    for _ in range(200):
        keys = engine.work.ready(["queued"], 100)
        queue = [key for key in keys for _ in range(chance.choice((0, 1, 2)))]
        chance.shuffle(queue)
        for key in queue:
            work = engine.work.claim_one(key, "broker", 30)
            if work is None or chance.random() < 0.1:
                continue  # done, held, or the worker dies with its lease
            engine.work.finish(work, outcome_of(work, {"queued": handle}, tools_of(engine)))
        expire(engine)
    finished = [each for each in instances if each.state == "COMPLETED"]
    stuck = [each for each in instances if each.incidents()]
    assert len(finished) + len(stuck) == len(instances)
    assert all(each.variables() == {"times": 1} for each in finished)
    assert len(done) == len(finished)


def test_a_key_that_comes_twice_is_taken_once(driver: EngineDriver, engine: CommandEngine) -> None:
    driver.deploy(calls("twice", "twice"))
    instance = driver.start("twice")
    key = int(str(instance.rows("job")[0]["key"]))

    work = engine.work.claim_one(key, "a", 30)
    assert work is not None
    assert engine.work.claim_one(key, "b", 30) is None
    assert engine.work.finish(work, Completed())
    assert engine.work.claim_one(key, "b", 30) is None
    assert engine.work.claim_one(99, "b", 30) is None
