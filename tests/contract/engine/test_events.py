"""Messages, signals and timers across instances, by the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

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
    timer,
    user_task,
)

WAITS = process(
    "waits",
    [start(), catch_message("paid", "paid"), user_task("after"), end()],
    ["start paid", "paid after", "after end"],
    message("paid", "code"),
)
LATE = process(
    "late",
    [start(), user_task("before"), catch_message("paid2", "paid2"), end()],
    ["start before", "before paid2", "paid2 end"],
    message("paid2", "code"),
)
HEARS = process(
    "hears",
    [start(), catch_signal("heard", "law"), end()],
    ["start heard", "heard end"],
    signal("law"),
)
STARTED = process(
    "started",
    [
        '<bpmn:startEvent id="start"><bpmn:messageEventDefinition messageRef="m_filed"/>'
        "</bpmn:startEvent>",
        user_task("check"),
        end(),
    ],
    ["start check", "check end"],
    '<bpmn:message id="m_filed" name="filed"/>',
)
TIMED = process(
    "timed",
    [
        start(),
        user_task("answer"),
        f'<bpmn:boundaryEvent id="late" attachedToRef="answer">{timer("P3D")}</bpmn:boundaryEvent>',
        user_task("remind"),
        end(),
    ],
    ["start answer", "answer end", "late remind", "remind end"],
)


def publish(engine: CommandEngine, name: str, key: str, **more: object) -> None:
    engine.execute(PublishMessage(name=name, correlation_key=key, **more), TESTER)  # type: ignore[arg-type]


def test_message_wakes_the_instance_with_its_key_only(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(WAITS)
    mine, other = driver.start("waits", code="H1"), driver.start("waits", code="H2")

    publish(engine, "paid", "H1", variables={"amount": 18000})

    assert mine.tasks() == ["after"]
    assert mine.variables()["amount"] == 18000
    assert other.tasks() == []


def test_message_waits_for_a_receiver_until_its_time_is_over(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(LATE)
    in_time, too_late = driver.start("late", code="L1"), driver.start("late", code="L2")
    publish(engine, "paid2", "L1", ttl=3600.0)
    publish(engine, "paid2", "L2", ttl=0.0)

    in_time.complete("before")
    too_late.complete("before")

    assert in_time.state == "COMPLETED"
    assert too_late.state == "ACTIVE"


def test_message_with_a_known_id_is_refused(engine: CommandEngine, driver: EngineDriver) -> None:
    publish(engine, "once", "k", message_id="m-1", ttl=60.0)

    with pytest.raises(Conflict) as refusal:
        publish(engine, "once", "k", message_id="m-1", ttl=60.0)
    assert refusal.value.reason == "message-known"


def test_correlate_answers_with_the_receiver_or_says_there_is_none(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(WAITS)
    instance = driver.start("waits", code="C1")
    command = CorrelateMessage(name="paid", correlation_key="C1")

    assert engine.execute(command, TESTER).result["instance_key"] == instance.key
    with pytest.raises(NotFound) as nobody:
        engine.execute(command, TESTER)
    assert nobody.value.reason == "no-receiver"


def test_message_starts_the_newest_version_once(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(STARTED)
    publish(engine, "filed", "", variables={"code": "N1"})

    query = Query(where=(Condition(field="process_id", op="eq", value="started"),))
    assert engine.views.search("process_instance", TESTER, query).total == 1


def test_signal_is_heard_by_all(engine: CommandEngine, driver: EngineDriver) -> None:
    driver.deploy(HEARS)
    instances = [driver.start("hears") for _ in range(3)]

    engine.execute(BroadcastSignal(name="law"), TESTER)

    assert [instance.state for instance in instances] == ["COMPLETED"] * 3


def test_timer_fires_by_business_time_and_wins_over_a_late_answer(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    noon = datetime(2026, 11, 23, 5, tzinfo=UTC)
    driver.deploy(TIMED)
    driver.pin(noon)
    instance, idle = driver.start("timed"), driver.start("timed")

    driver.pin(noon + timedelta(days=2))
    assert instance.tasks() == ["answer"]
    driver.pin(noon + timedelta(days=3))
    assert instance.tasks() == ["remind"]
    assert idle.tasks() == ["remind"]


def test_answer_given_after_the_deadline_is_refused(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    noon = datetime(2026, 11, 23, 5, tzinfo=UTC)
    driver.deploy(TIMED)
    driver.pin(noon)
    instance = driver.start("timed")

    # The clock moves, but no worker has come by yet.
    with engine.store.unit_of_work(TESTER) as uow:
        uow.pin_clock(noon + timedelta(days=4))
        uow.commit()
    with pytest.raises(Conflict):
        instance.complete("answer", text="late")

    engine.run_due()
    assert instance.tasks() == ["remind"]
