"""All 44 systems are down: the counter still serves, people key in, and later it is reconciled."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.bootstrap import build_engine
from engine.commands.connectors import ListConnectors
from engine.commands.load_law import LoadLaw
from engine.dispatch import CommandEngine
from engine.domain.actors import SYSTEM, Actor
from engine.errors import Forbidden
from engine.packages.shared import deploy_shared
from engine.ports.views import Condition, Query
from engine.settings import Settings
from engine.testing import TESTER, EngineDriver, InstanceDriver
from engine.worker.embedded import embedded
from engine.worker.loop import JobRunner
from tests.faults.connectors import COUNT, counter_process, registry
from tests.live.receiver import Answer, Receiver, receiving

PROCESSES = Path(__file__).resolve().parents[2] / "processes"
CLERK = Actor(name="mai", roles=frozenset({"supervisor"}))
OTHER = Actor(name="duc", roles=frozenset({"supervisor"}))
THIRD = Actor(name="hoa", roles=frozenset({"supervisor"}))
JSON = {"content-type": "application/json"}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """The 44 systems; an unknown path answers 404, so they begin as 503."""
    with receiving() as started:
        for number in range(1, COUNT + 1):
            started.answers[path(number)] = Answer(503)
        yield started


@pytest.fixture
def engine(own_database_url: str, receiver: Receiver) -> Iterator[CommandEngine]:
    settings = Settings(
        database_url=own_database_url,
        outgoing_schemes=("http",),
        outgoing_private=("127.0.0.0/8",),
        poll_interval=0.05,
        test=True,
    )
    made = build_engine(settings)
    made.execute(LoadLaw(rows=registry(receiver.url("").rstrip("/"))), TESTER)
    list(deploy_shared(made, PROCESSES, TESTER))
    EngineDriver(made).deploy(counter_process())
    yield made
    made.close()


@pytest.fixture
def worker(engine: CommandEngine) -> Iterator[JobRunner]:
    runner = embedded(engine)
    runner.start()
    yield runner
    runner.stop()


def path(number: int) -> str:
    return f"/{number:02}/tra-cuu"


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def begin(engine: CommandEngine) -> list[InstanceDriver]:
    driver = EngineDriver(engine)
    return [
        driver.start("counter", connector=f"he-thong-{number:02}") for number in range(1, COUNT + 1)
    ]


def states(engine: CommandEngine) -> list[str]:
    found = engine.execute(ListConnectors(), TESTER).result["connectors"]
    assert isinstance(found, list)
    return [row["state"] for row in found]


def open_tasks(engine: CommandEngine, element_id: str) -> list[InstanceDriver]:
    """The called instances with this task open."""
    driver = EngineDriver(engine)
    rows = engine.views.search("user_task", TESTER, _open(element_id)).items
    return [InstanceDriver(driver, int(str(row["instance_key"]))) for row in rows]


def _open(element_id: str) -> Query:
    return Query(
        where=(
            Condition(field="element_id", op="eq", value=element_id),
            Condition(field="state", op="eq", value="CREATED"),
        ),
        limit=1000,
    )


def test_44_systems_down_and_the_counter_serves(
    engine: CommandEngine, receiver: Receiver, worker: JobRunner
) -> None:
    instances = begin(engine)
    until(lambda: states(engine).count("failing") + states(engine).count("down") == COUNT)

    # While all of them fail, clerks complete their own work as on any other day.
    for instance in instances:
        instance.complete("intake", by=CLERK)
    assert all(instance.incidents() == [] for instance in instances)

    # Nobody answers in time: the work goes to people, in every one of them.
    EngineDriver(engine).pin(engine_now(engine) + timedelta(hours=2))
    until(lambda: len(open_tasks(engine, "first")) == COUNT)
    for number, call in enumerate(open_tasks(engine, "first")):
        key_twice(call, number)
    until(lambda: all(instance.state == "COMPLETED" for instance in instances))
    assert {json.dumps(each.variables()["answeredBy"]) for each in instances} == {'"people"'}

    # They come back: what agrees with the keyed data ends silently, the rest is looked at.
    for number in range(1, COUNT + 1):
        agrees = number % 11 != 0
        body = json.dumps({"name": "An" if agrees else "Ân"}).encode()
        receiver.answers[path(number)] = Answer(200, JSON, body)
    until(lambda: hurried(engine) and states(engine).count("up") == COUNT)
    until(lambda: hurried(engine) and len(open_tasks(engine, "mismatch")) == COUNT // 11)


def key_twice(call: InstanceDriver, number: int) -> None:
    """Two people key; every fifth time they differ and a third one settles it."""
    call.complete("first", by=CLERK, answer={"name": "An"})
    if number == 0:
        with pytest.raises(Forbidden) as same:
            call.complete("second", by=CLERK, answer={"name": "An"})
        assert same.value.reason == "task-same-person"
        with pytest.raises(Forbidden):
            call.claim("second", by=CLERK)
    differs = number % 5 == 0
    call.complete("second", by=OTHER, answer={"name": "Ăn" if differs else "An"})
    if differs:
        seen = call.rows("variable", name="differences")[0]
        assert json.loads(str(seen["value"])) == [{"field": "name", "first": "An", "second": "Ăn"}]
        call.complete("settle", by=THIRD, answer={"name": "An"})


def engine_now(engine: CommandEngine) -> datetime:
    with engine.store.reading(SYSTEM) as uow:
        return uow.now


def hurried(engine: CommandEngine) -> bool:
    """Jobs that wait for their back-off are due now, as if the hour were over."""
    database = engine.store.database  # type: ignore[attr-defined]  # the SQL store of this tier
    with database.writing() as connection:
        connection.execute(text("UPDATE job SET retry_at = NULL WHERE retry_at IS NOT NULL"))
        connection.execute(text("UPDATE connector_health SET last_failure = 0"))
        connection.commit()
    return True
