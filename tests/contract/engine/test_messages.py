"""Messages and signals among many: one message wakes exactly one, whoever sends it at once."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable

import pytest

from engine.commands.broadcast_signal import BroadcastSignal
from engine.commands.correlate_message import CorrelateMessage
from engine.commands.publish_message import PublishMessage
from engine.dispatch import CommandEngine
from engine.errors import Conflict, NotFound
from engine.ports.views import Condition, Query
from engine.testing import TESTER, EngineDriver
from tests.contract.engine.models import (
    catch_message,
    catch_signal,
    end,
    message,
    process,
    signal,
    start,
    user_task,
)
from tests.live.server import ROOT

AT_ONCE = 6

WAITS = process(
    "one-wait",
    [start(), catch_message("got", "one"), end()],
    ["start got", "got end"],
    message("one", "code"),
)
TWICE = process(
    "two-waits",
    [start(), catch_message("left", "both"), catch_message("right", "both"), end()],
    ["start left", "start right", "left end", "right end"],
    message("both", "code"),
)
FILED = process(
    "filed-one",
    [
        '<bpmn:startEvent id="start"><bpmn:messageEventDefinition messageRef="m_filed1"/>'
        "</bpmn:startEvent>",
        user_task("check"),
        end(),
    ],
    ["start check", "check end"],
    '<bpmn:message id="m_filed1" name="filed1"/>',
)
HEARS = process(
    "hears-once",
    [start(), catch_signal("heard", "alarm"), end()],
    ["start heard", "heard end"],
    signal("alarm"),
)


def at_once(work: Callable[[int], object]) -> list[object]:
    """Run it in several threads that begin together; what each answered, refusals by class."""
    gate = threading.Barrier(AT_ONCE)
    answers: list[object] = []

    def run(number: int) -> None:
        gate.wait(30)
        try:
            answers.append(work(number))
        except (NotFound, Conflict) as refusal:
            answers.append(type(refusal))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def correlate(engine: CommandEngine, name: str, key: str) -> object:
    command = CorrelateMessage(name=name, correlation_key=key)
    return engine.execute(command, TESTER).result["instance_key"]


def test_of_many_correlations_at_once_one_wakes_the_instance(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(WAITS)
    instance = driver.start("one-wait", code="A1")

    answers = at_once(lambda _: correlate(engine, "one", "A1"))

    assert sorted(map(str, answers)) == sorted(
        map(str, [instance.key, *[NotFound] * (AT_ONCE - 1)])
    )
    assert instance.state == "COMPLETED"


def test_correlations_at_once_wake_one_instance_each(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(WAITS)
    instances = [driver.start("one-wait", code="A2") for _ in range(AT_ONCE)]

    answers = at_once(lambda _: correlate(engine, "one", "A2"))

    assert sorted(map(str, answers)) == sorted(str(each.key) for each in instances)


def test_processes_that_correlate_at_once_wake_one(
    engine: CommandEngine, driver: EngineDriver, database_url: str
) -> None:
    if engine.store.database.is_sqlite:
        pytest.skip("SQLite belongs to one process")
    driver.deploy(WAITS)
    instance = driver.start("one-wait", code="A3")
    command = [sys.executable, "-m", "tests.contract.engine.correlating"]
    others = [
        subprocess.Popen(
            [*command, database_url, "one", "A3"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]

    for other in others:
        assert other.stdin is not None
        other.stdin.write("\n")
        other.stdin.flush()
    answers = [other.communicate(timeout=120)[0] for other in others]

    assert sorted(answers) == ["", "", str(instance.key)]


def test_one_message_wakes_one_subscription_of_an_instance(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(TWICE)
    instance = driver.start("two-waits", code="B1")

    def waiting() -> int:
        return len(instance.rows("message_subscription", state="CREATED"))

    assert waiting() == 2
    engine.execute(PublishMessage(name="both", correlation_key="B1", ttl=60.0), TESTER)
    assert waiting() == 1
    engine.run_due()
    assert waiting() == 1
    engine.execute(PublishMessage(name="both", correlation_key="B1"), TESTER)
    assert instance.state == "COMPLETED"


def test_a_message_published_many_times_at_once_is_kept_once(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(TWICE)
    instance = driver.start("two-waits", code="B2")
    again = PublishMessage(name="both", correlation_key="B2", message_id="m-7", ttl=60.0)

    answers = at_once(lambda _: engine.execute(again, TESTER).result["tenant_id"])

    assert answers.count(Conflict) == AT_ONCE - 1
    engine.run_due()
    assert len(instance.rows("message_subscription", state="CREATED")) == 1


def test_a_start_message_published_at_once_starts_one_instance_each(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(FILED)

    at_once(
        lambda number: engine.execute(
            PublishMessage(name="filed1", message_id=f"s-{number // 2}", ttl=60.0), TESTER
        )
    )
    engine.run_due()

    query = Query(where=(Condition(field="process_id", op="eq", value="filed-one"),))
    assert engine.views.search("process_instance", TESTER, query).total == AT_ONCE // 2


def test_a_receiver_that_arms_while_the_message_is_sent_gets_it(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    """Half of the threads publish, the others start the receivers: nobody misses anybody."""
    driver.deploy(WAITS)
    started = []

    def work(number: int) -> object:
        if number % 2:
            command = PublishMessage(name="one", correlation_key=f"C{number}", ttl=60.0)
            return engine.execute(command, TESTER).result["tenant_id"]
        instance = driver.start("one-wait", code=f"C{number + 1}")
        started.append(instance)
        return instance.key

    at_once(work)
    engine.run_due()

    assert [instance.state for instance in started] == ["COMPLETED"] * (AT_ONCE // 2)


def test_a_signal_at_once_with_new_listeners_reaches_all_that_listened(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(HEARS)
    before = [driver.start("hears-once") for _ in range(3)]

    at_once(lambda _: bool(engine.execute(BroadcastSignal(name="alarm"), TESTER).result))
    engine.run_due()

    assert [instance.state for instance in before] == ["COMPLETED"] * 3
    late = driver.start("hears-once")
    engine.run_due()
    assert late.state == "ACTIVE"
