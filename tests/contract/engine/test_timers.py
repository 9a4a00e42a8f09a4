"""Timers on a whole engine: on time, exact, caught up with once, and never in a clerk's way."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from engine.bootstrap import build_engine
from engine.dispatch import CommandEngine
from engine.ports.views import Condition, Query
from engine.runtime.expression import ZONE
from engine.settings import Settings
from engine.store.counting import counted_statements
from engine.testing import TESTER, EngineDriver
from engine.worker.loop import JobRunner
from tests.contract.engine.models import end, process, start, timer, user_task
from tests.tiers.plan import OUT

NOON = datetime(2026, 1, 31, 5, tzinfo=UTC)
BURST = 150
MOST = 10_000
CLERKS = 12


def cycle(pattern: str) -> str:
    return (
        f"<bpmn:timerEventDefinition><bpmn:timeCycle>{pattern}</bpmn:timeCycle>"
        "</bpmn:timerEventDefinition>"
    )


def started_by(process_id: str, pattern: str) -> tuple[str, bytes]:
    return process(process_id, [start(cycle(pattern)), user_task("a")], ["start a"])


REMINDED = process(
    "reminded",
    [
        start(),
        user_task("answer"),
        '<bpmn:boundaryEvent id="late" attachedToRef="answer" cancelActivity="false">'
        f"{cycle('R/PT1H')}</bpmn:boundaryEvent>",
        user_task("remind"),
        end(),
    ],
    ["start answer", "answer end", "late remind"],
)
WAITING = process(
    "waiting",
    [
        start(),
        f'<bpmn:intermediateCatchEvent id="wait">{timer("PT1H")}</bpmn:intermediateCatchEvent>',
        end(),
    ],
    ["start wait", "wait end"],
)
DESK = process("desk", [start(), user_task("a"), end()], ["start a", "a end"])


@pytest.fixture
def engine(own_database_url: str) -> Iterator[CommandEngine]:
    made = build_engine(Settings(database_url=own_database_url, test=True, poll_interval=0.05))
    yield made
    made.close()


@pytest.fixture
def driver(engine: CommandEngine) -> EngineDriver:
    made = EngineDriver(engine)
    made.pin(NOON)
    return made


def instances(engine: CommandEngine, process_id: str, **where: object) -> int:
    wanted = {"process_id": process_id, **where}
    conditions = [Condition(field=name, op="eq", value=each) for name, each in wanted.items()]
    query = Query(where=tuple(conditions), limit=1)
    return engine.views.search("process_instance", TESTER, query).total


def test_a_monthly_start_is_exact_however_late_it_fires(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    """Deployed on the last of January: the last of each month, at the same hour, for ever."""
    driver.deploy(started_by("monthly", "R/P1M"))
    days = ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]

    for number, day in enumerate(days):
        due = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=ZONE)
        driver.pin(due - timedelta(seconds=1))
        assert instances(engine, "monthly") == number
        # The worker comes by a little late; the next time must not move.
        driver.pin(due + timedelta(seconds=40))
        assert instances(engine, "monthly") == number + 1


def test_after_a_stop_a_cycle_starts_once_and_goes_on_as_planned(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(started_by("hourly", "R/PT1H"), started_by("thrice", "R3/PT1H"))

    driver.pin(NOON + timedelta(hours=50, minutes=30))
    for _ in range(5):
        engine.run_due()
    assert (instances(engine, "hourly"), instances(engine, "thrice")) == (1, 1)
    driver.pin(NOON + timedelta(hours=51))
    assert instances(engine, "hourly") == 2
    driver.pin(NOON + timedelta(days=9))
    # Its three times passed while nobody worked: they are used up.
    assert instances(engine, "thrice") == 1


def test_a_reminder_comes_once_after_a_stop_and_then_each_hour(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(REMINDED)
    instance = driver.start("reminded")

    driver.pin(NOON + timedelta(days=3, minutes=10))
    for _ in range(5):
        engine.run_due()
    assert instance.tasks() == ["answer", "remind"]
    driver.pin(NOON + timedelta(days=3, hours=1))
    assert instance.tasks() == ["answer", "remind", "remind"]


def test_a_new_version_takes_over_the_start_timers(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(started_by("law", "R/PT1H"))
    driver.pin(NOON + timedelta(minutes=30))
    driver.deploy(started_by("law", "R/PT2H"))

    driver.pin(NOON + timedelta(hours=2))
    assert instances(engine, "law") == 0
    driver.pin(NOON + timedelta(hours=2, minutes=30))
    assert instances(engine, "law", process_version=2) == 1
    assert instances(engine, "law") == 1
    driver.deploy(process("law", [start(), user_task("a")], ["start a"]))
    driver.pin(NOON + timedelta(days=2))
    assert instances(engine, "law") == 1


def test_the_clock_may_go_back_without_firing_twice(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(started_by("hourly", "R/PT1H"), WAITING)
    waiting = driver.start("waiting")
    driver.pin(NOON + timedelta(hours=1))
    assert waiting.state == "COMPLETED"
    assert instances(engine, "hourly") == 1

    driver.pin(NOON - timedelta(days=1))
    driver.pin(NOON + timedelta(hours=1))
    assert instances(engine, "hourly") == 1
    driver.pin(NOON + timedelta(hours=2))
    assert instances(engine, "hourly") == 2


def test_timers_that_cannot_fire_do_not_block_the_others(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(WAITING)
    broken = [driver.start("waiting") for _ in range(4)]
    with engine.store.database.writing() as connection:
        for instance in broken:
            statement = text("UPDATE root SET snapshot = :s WHERE key = :k")
            connection.execute(statement, {"s": b"no snapshot", "k": instance.key})
        connection.commit()
    driver.pin(NOON + timedelta(seconds=1))
    sound = driver.start("waiting")
    driver.pin(NOON + timedelta(hours=2))

    for _ in range(4):
        engine.run_due(limit=2)

    assert sound.state == "COMPLETED"


def test_firing_costs_no_more_statements_than_a_completion(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(WAITING)
    for _ in range(10):
        driver.start("waiting")
    with engine.store.unit_of_work(TESTER) as uow:
        uow.pin_clock(NOON + timedelta(hours=1))
        uow.commit()

    with counted_statements(engine.store) as sent:
        assert engine.run_due(limit=10) == 10

    # The look for what is due, and the worker's own jobs, before and after.
    assert len(sent) <= 10 * 10 + 10


@pytest.mark.parametrize("number", [BURST, pytest.param(MOST, marks=pytest.mark.slow)])
def test_a_burst_drains_while_clerks_work(
    engine: CommandEngine, driver: EngineDriver, number: int
) -> None:
    """Each completion gets through after a handful of timers, not after all of them."""
    driver.deploy(WAITING, DESK)
    tasks = [driver.start("desk") for _ in range(CLERKS)]
    for _ in range(number):
        driver.start("waiting")
    with engine.store.unit_of_work(TESTER) as uow:
        uow.pin_clock(NOON + timedelta(hours=1))
        uow.commit()
    began = time.monotonic()
    runner = JobRunner(engine, 0.05)
    runner.start()
    between: list[int] = []

    def work() -> None:
        for task in tasks:
            before = instances(engine, "waiting", state="COMPLETED")
            task.complete("a")
            between.append(instances(engine, "waiting", state="COMPLETED") - before)

    clerk = threading.Thread(target=work)
    clerk.start()
    clerk.join(300)
    left = instances(engine, "waiting", state="ACTIVE")
    while instances(engine, "waiting", state="ACTIVE"):
        time.sleep(0.05)
    runner.stop()

    took = time.monotonic() - began
    log = OUT / f"timers-{number}.log"
    log.parent.mkdir(exist_ok=True)
    with log.open("a") as lines:
        kind = engine.store.database.url.get_backend_name()
        lines.write(f"{kind}: {number} timers in {took:.1f} s; between completions: {between}\n")
    assert left > 0
    assert len(between) == CLERKS
    assert sorted(between)[CLERKS // 2] <= 15
    assert max(between) < number // 3
