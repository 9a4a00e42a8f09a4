"""Webhooks against a real receiver: signed, in order, again after a failure, dead at last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import text

from engine.bootstrap import build_engine
from engine.commands.manage_webhooks import (
    ChangeWebhook,
    DeleteWebhook,
    ReplayWebhook,
    RotateSecret,
)
from engine.commands.send_webhooks import ClaimDeliveries, SettleDelivery
from engine.dispatch import CommandEngine
from engine.domain.actors import SYSTEM
from engine.errors import Conflict
from engine.testing import TESTER, EngineDriver
from tests.contract.engine import hooks
from tests.contract.engine.models import end, process, start, user_task
from tests.live.receiver import Answer, Receiver, receiving

STEPS = process("steps", [start(), user_task("a"), end()], ["start a", "a end"])
OTHER = process("other", [start(), user_task("a"), end()], ["start a", "a end"])
ALL = {"processes": ("steps",)}
TASKS = {"types": ("motcua.task.*",), "processes": ("steps",)}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as started:
        started.answers["/"] = Answer(204)
        yield started


@pytest.fixture
def engine(own_database_url: str) -> Iterator[CommandEngine]:
    made = build_engine(hooks.settings(own_database_url))
    yield made
    made.close()


@pytest.fixture
def driver(engine: CommandEngine) -> EngineDriver:
    made = EngineDriver(engine)
    made.deploy(STEPS, OTHER)
    return made


def test_what_is_wanted_arrives_signed_once_and_in_order(
    engine: CommandEngine, driver: EngineDriver, receiver: Receiver
) -> None:
    key, secret = hooks.subscribe(engine, receiver.url(), **ALL)
    instances = [driver.start("steps").complete("a") for _ in range(4)]
    driver.start("other")

    hooks.carry(engine, hooks.couriers(engine))

    events = hooks.bodies(receiver.seen)
    assert all(hooks.is_signed(each, secret) for each in receiver.seen)
    assert {each.headers["content-type"] for each in receiver.seen} == {
        "application/cloudevents+json"
    }
    assert [each.headers["webhook-id"] for each in receiver.seen] == [e["id"] for e in events]
    assert {event["subject"] for event in events} == {str(each.key) for each in instances}
    assert len({event["id"] for event in events}) == len(events)
    for instance in instances:
        own = [event["sequence"] for event in events if event["subject"] == str(instance.key)]
        assert own == sorted(own)
        assert len(own) >= 5
    rows = hooks.deliveries(engine, key)
    assert {row["state"] for row in rows} == {"DELIVERED"}
    assert len(rows) == len(events)


def test_a_failing_event_holds_its_own_root_only_and_comes_again_with_the_same_id(
    engine: CommandEngine, driver: EngineDriver, receiver: Receiver
) -> None:
    key, _ = hooks.subscribe(engine, receiver.url("/one"), **TASKS)
    receiver.answers["/one"] = Answer(500)
    first = driver.start("steps").complete("a")
    while engine.relay():
        continue
    crew = hooks.couriers(engine, hands=1)
    crew.turn()
    while crew.busy:
        continue
    receiver.answers["/one"] = Answer(200)
    second = driver.start("steps")

    hooks.carry(engine, crew)

    events = hooks.bodies(receiver.seen)
    failed = events[0]
    assert failed["subject"] == str(first.key)
    assert [event["id"] for event in events].count(failed["id"]) == 2
    own = [event["sequence"] for event in events[1:] if event["subject"] == str(first.key)]
    assert own == sorted(own)
    assert str(second.key) in {event["subject"] for event in events}
    assert hooks.webhook(engine, key)["failing_since"] is None


def test_exhausted_attempts_end_as_a_dead_letter_and_the_next_goes_on(
    engine: CommandEngine, driver: EngineDriver, receiver: Receiver
) -> None:
    key, _ = hooks.subscribe(engine, receiver.url("/dead"), **TASKS)
    receiver.answers["/dead"] = Answer(503, {"Retry-After": "0"})
    driver.start("steps").complete("a")

    hooks.carry(engine, hooks.couriers(engine))

    rows = hooks.deliveries(engine, key)
    ended = [(row["state"], row["attempts"], row["status"]) for row in rows]
    assert ended == [("DEAD", 3, 503)] * 2
    assert hooks.webhook(engine, key)["dead"] == 2
    ids = [event["id"] for event in hooks.bodies(receiver.seen)]

    receiver.answers["/dead"] = Answer(200)
    result = engine.execute(ReplayWebhook(key=key, dead=True), TESTER).result
    hooks.carry(engine, hooks.couriers(engine))

    again = [event["id"] for event in hooks.bodies(receiver.seen)][len(ids) :]
    assert result["revived"] == 2
    assert again == list(dict.fromkeys(ids))
    assert {row["state"] for row in hooks.deliveries(engine, key)} == {"DELIVERED"}


@pytest.mark.parametrize(
    ("answer", "failure", "status"),
    [
        (Answer(302, {"Location": "http://169.254.169.254/"}), None, 302),
        (Answer(200, before=2.5), "timed-out", None),
        (Answer(200, body=b"x" * 70_000), "answer-too-large", None),
    ],
    ids=["redirect", "slow", "large"],
)
def test_answers_that_are_no_acknowledgement(
    engine: CommandEngine,
    driver: EngineDriver,
    receiver: Receiver,
    answer: Answer,
    failure: str | None,
    status: int | None,
) -> None:
    key, _ = hooks.subscribe(engine, receiver.url("/odd"), types=("motcua.instance.started.v1",))
    receiver.answers["/odd"] = answer
    driver.start("steps")

    hooks.carry(engine, hooks.couriers(engine))

    (row,) = hooks.deliveries(engine, key)
    assert (row["state"], row["failure"], row["status"]) == ("DEAD", failure, status)
    assert {each.path for each in receiver.seen} == {"/odd"}


def test_a_receiver_that_is_down_is_not_told_as_an_answer(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    key, _ = hooks.subscribe(engine, "http://127.0.0.1:9/", types=("motcua.instance.started.v1",))
    driver.start("steps")

    hooks.carry(engine, hooks.couriers(engine))

    (row,) = hooks.deliveries(engine, key)
    assert (row["state"], row["failure"], row["attempts"]) == ("DEAD", "unreachable", 3)


def test_a_slow_receiver_does_not_keep_another_waiting(
    engine: CommandEngine, driver: EngineDriver, receiver: Receiver
) -> None:
    slow, _ = hooks.subscribe(engine, receiver.url("/slow"), **ALL)
    quick, _ = hooks.subscribe(engine, receiver.url("/"), **ALL)
    receiver.answers["/slow"] = Answer(200, before=1.0)
    for _ in range(6):
        driver.start("steps")
    while engine.relay():
        continue
    crew = hooks.couriers(engine, hands=4)

    while hooks.deliveries(engine, quick, state="PENDING"):
        crew.turn()

    assert len(hooks.deliveries(engine, slow, state="PENDING")) > 6
    engine.execute(DeleteWebhook(key=slow), TESTER)
    crew.stop(30)
    assert hooks.deliveries(engine, slow) == []


def test_a_courier_that_died_after_sending_leaves_the_message_to_the_next(
    engine: CommandEngine, driver: EngineDriver, receiver: Receiver
) -> None:
    """At least once, with the same id; what the dead one would have said is not heard."""
    key, _ = hooks.subscribe(engine, receiver.url(), types=("motcua.instance.started.v1",))
    driver.start("steps")
    while engine.relay():
        continue
    claim = ClaimDeliveries(limit=5, lease_seconds=60.0)
    (lost,) = engine.execute(claim, SYSTEM).result["deliveries"]  # type: ignore[misc]
    crew = hooks.couriers(engine)
    assert crew._send(lost).status == 204
    assert engine.execute(claim, SYSTEM).result["deliveries"] == ()

    with engine.store.database.writing() as connection:
        connection.execute(text("UPDATE webhook_delivery SET lease_until = 1"))
        connection.commit()
    hooks.carry(engine, crew)

    first, second = receiver.seen
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    late = SettleDelivery(key=lost.key, fence=lost.fence, status=500)
    assert engine.execute(late, SYSTEM).result == {"settled": False}
    assert hooks.deliveries(engine, key)[0]["state"] == "DELIVERED"


def test_secrets_rotate_without_losing_a_message(
    engine: CommandEngine, driver: EngineDriver, receiver: Receiver
) -> None:
    key, old = hooks.subscribe(engine, receiver.url(), types=("motcua.instance.started.v1",))
    new = str(engine.execute(RotateSecret(key=key), TESTER).result["once_secret"])
    driver.start("steps")
    hooks.carry(engine, hooks.couriers(engine))
    assert hooks.is_signed(receiver.seen[0], old)
    assert hooks.is_signed(receiver.seen[0], new)

    newest = str(engine.execute(RotateSecret(key=key, overlap=0.0), TESTER).result["once_secret"])
    driver.start("steps")
    hooks.carry(engine, hooks.couriers(engine))

    signed = [hooks.is_signed(receiver.seen[1], secret) for secret in (old, new, newest)]
    assert signed == [False, False, True]


def test_replay_from_a_place_sends_the_same_messages_again(
    engine: CommandEngine, driver: EngineDriver, receiver: Receiver
) -> None:
    key, _ = hooks.subscribe(engine, receiver.url(), **TASKS)
    for _ in range(3):
        driver.start("steps").complete("a")
    hooks.carry(engine, hooks.couriers(engine))
    first = [event["id"] for event in hooks.bodies(receiver.seen)]

    engine.execute(ReplayWebhook(key=key, after=0), TESTER)
    assert hooks.webhook(engine, key)["replaying"]
    crew = hooks.couriers(engine)
    while hooks.webhook(engine, key)["replaying"]:
        crew.turn()
    hooks.carry(engine, crew)

    again = [event["id"] for event in hooks.bodies(receiver.seen)][len(first) :]
    assert sorted(again) == sorted(first)
    for subject in {one.partition("-")[0] for one in again}:
        own = [one for one in again if one.startswith(subject)]
        assert own == [one for one in first if one.startswith(subject)]


def test_a_paused_webhook_collects_and_a_gone_one_is_switched_off(
    engine: CommandEngine, driver: EngineDriver, receiver: Receiver
) -> None:
    paused, _ = hooks.subscribe(engine, receiver.url("/later"), **TASKS)
    gone, _ = hooks.subscribe(engine, receiver.url("/gone"), **TASKS)
    receiver.answers |= {"/later": Answer(200), "/gone": Answer(410)}
    engine.execute(ChangeWebhook(key=paused, state="PAUSED"), TESTER)
    driver.start("steps")
    crew = hooks.couriers(engine)
    hooks.carry(engine, crew, hook=gone)

    row = hooks.webhook(engine, gone)
    assert (row["state"], row["reason"]) == ("DISABLED", "gone")
    driver.start("steps")
    hooks.carry(engine, crew, hook=gone)
    assert len(hooks.taken(receiver, "/gone")) == 1
    assert hooks.taken(receiver, "/later") == []
    with pytest.raises(Conflict):
        engine.execute(ReplayWebhook(key=gone, dead=True), TESTER)

    engine.execute(ChangeWebhook(key=paused, state="ACTIVE"), TESTER)
    hooks.carry(engine, crew)
    assert len(hooks.taken(receiver, "/later")) == 2


def test_a_webhook_that_fails_too_long_is_switched_off_and_everybody_sees_why(
    own_database_url: str, receiver: Receiver
) -> None:
    impatient = replace(hooks.QUICK, disable_after=0.0)
    engine = build_engine(hooks.settings(own_database_url, impatient))
    driver = EngineDriver(engine)
    driver.deploy(STEPS)
    receiver.answers["/broken"] = Answer(500)
    key, _ = hooks.subscribe(engine, receiver.url("/broken"), **TASKS)
    driver.start("steps")
    while engine.relay():
        continue
    crew = hooks.couriers(engine)
    while hooks.webhook(engine, key)["state"] == "ACTIVE":
        crew.turn()
    crew.stop(10)

    row = hooks.webhook(engine, key)
    assert (row["state"], row["reason"]) == ("DISABLED", "failing")
    engine.execute(ChangeWebhook(key=key, state="ACTIVE"), TESTER)
    row = hooks.webhook(engine, key)
    assert (row["state"], row["reason"], row["failing_since"]) == ("ACTIVE", None, None)
    engine.close()
