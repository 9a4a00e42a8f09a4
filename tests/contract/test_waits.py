"""Timers, subscriptions, start events and messages that wait."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from engine.domain.actors import SYSTEM
from engine.domain.events import (
    Event,
    SubscriptionClosed,
    SubscriptionOpened,
    TimerClosed,
    TimerScheduled,
)
from engine.domain.ids import DEFAULT_TENANT
from engine.domain.records import MessageRecord, StartRecord
from engine.ports.runtime import StartInfo
from engine.store import SqlStore
from tests.contract.conftest import NOON
from tests.contract.story import OpenTask, Story


@pytest.fixture
def task(story: Story) -> OpenTask:
    return story.start(story.deploy())


def record(store: SqlStore, task: OpenTask, *events: Event) -> None:
    with store.unit_of_work(SYSTEM) as uow:
        uow.roots.lock(task.instance.key)
        uow.record(task.instance.key, *events)
        uow.commit()


def timer(task: OpenTask, index: int, hours: float) -> TimerScheduled:
    return TimerScheduled(
        instance=task.instance,
        element_key=task.element_key,
        index=index,
        element_id="wait",
        due_at=NOON + timedelta(hours=hours),
    )


def subscription(
    store: SqlStore, task: OpenTask, name: str, key: str | None = "HS-1", **more: object
) -> SubscriptionOpened:
    with store.unit_of_work(SYSTEM) as uow:
        fresh = uow.next_key()
    return SubscriptionOpened(
        key=fresh,
        instance=task.instance,
        element_key=task.element_key,
        element_id="wait",
        kind="message" if key is not None else "signal",
        name=name,
        correlation_key=key,
        **more,  # type: ignore[arg-type]
    )


def keep(store: SqlStore, name: str, key: str, message_id: str | None = None, ttl: int = 1) -> bool:
    with store.unit_of_work(SYSTEM) as uow:
        kept = uow.waits.keep_message(
            uow.next_key(),
            name,
            key,
            message_id,
            uow.now + timedelta(hours=ttl),
            {"phí": Decimal("1.0")},
            DEFAULT_TENANT,
        )
        uow.commit()
    return kept


def test_due_timers_come_by_due_time(store: SqlStore, task: OpenTask) -> None:
    record(store, task, timer(task, 0, 2), timer(task, 1, 1), timer(task, 2, 9))
    root = task.instance.key

    with store.unit_of_work(SYSTEM) as uow:
        locked = uow.roots.lock(root)
        due = uow.waits.due_timers(root, NOON + timedelta(hours=3))
        roots = uow.waits.due_roots(NOON + timedelta(hours=3), 1000)
        early = uow.waits.due_roots(NOON, 1000)
    assert locked.next_due == NOON + timedelta(hours=1)
    assert [wait.index for wait in due] == [1, 0]
    assert roots.count(root) == 1
    assert root not in early


def test_a_timer_set_again_moves_and_a_closed_one_is_gone(store: SqlStore, task: OpenTask) -> None:
    record(store, task, timer(task, 0, 1), timer(task, 1, 1))
    closed = TimerClosed(element_key=task.element_key, index=1)
    record(store, task, timer(task, 0, 5), closed)

    with store.unit_of_work(SYSTEM) as uow:
        due = uow.waits.due_timers(task.instance.key, NOON + timedelta(days=1))
    assert [(wait.index, wait.due_at) for wait in due] == [(0, NOON + timedelta(hours=5))]


def test_one_receiver_per_instance_the_oldest_first(store: SqlStore, story: Story) -> None:
    tasks = [story.start(story.deploy()) for _ in range(3)]
    for task in tasks:
        record(store, task, subscription(store, task, "paid"))
    record(store, tasks[0], subscription(store, tasks[0], "paid", index=1))
    record(store, tasks[1], SubscriptionClosed(element_key=tasks[1].element_key, triggered=True))

    with store.unit_of_work(SYSTEM) as uow:
        found = uow.waits.message_receivers("paid", "HS-1", DEFAULT_TENANT, 10)
        other = uow.waits.message_receivers("paid", "HS-2", DEFAULT_TENANT, 10)
        open_ = [uow.waits.is_open(task.element_key, 0) for task in tasks]
    assert [wait.instance_key for wait in found] == [tasks[0].instance.key, tasks[2].instance.key]
    assert found[0].process_id == tasks[0].instance.definition.process_id
    assert other == []
    assert open_ == [True, False, True]


def test_a_signal_reaches_all(store: SqlStore, story: Story) -> None:
    tasks = [story.start(story.deploy()) for _ in range(2)]
    for task in tasks:
        record(store, task, subscription(store, task, "closing", None))

    with store.reading(SYSTEM) as uow:
        found = uow.waits.signal_receivers("closing", DEFAULT_TENANT)
    assert [wait.root_key for wait in found] == [task.instance.key for task in tasks]


def test_a_message_id_counts_once_while_it_lives(store: SqlStore) -> None:
    assert keep(store, "id", "k", "m-1", ttl=1)
    assert not keep(store, "id", "k", "m-1")
    assert keep(store, "id", "other", "m-1")
    assert keep(store, "id", "k", None)
    assert keep(store, "id", "k", None)
    assert keep(store, "id", "k", "m-2", ttl=0)
    assert keep(store, "id", "k", "m-2"), "the first one has expired"


def test_a_waiting_message_meets_a_new_subscription(store: SqlStore, story: Story) -> None:
    assert keep(store, "meet", "HS-7")
    assert keep(store, "meet", "HS-7")
    assert keep(store, "meet", "HS-7", ttl=-1)
    task = story.start(story.deploy())

    with store.unit_of_work(SYSTEM) as uow:
        root = task.instance.key
        uow.roots.lock(root)
        nothing = uow.waits.messages_for_new_waits(root, uow.now)
        opened = SubscriptionOpened(
            key=uow.next_key(),
            instance=task.instance,
            element_key=task.element_key,
            element_id="wait",
            kind="message",
            name="meet",
            correlation_key="HS-7",
        )
        uow.record(root, opened)
        ((message, wait),) = uow.waits.messages_for_new_waits(root, uow.now)
        uow.waits.take_message(message.key, wait.process_id)
        again = uow.waits.messages_for_new_waits(root, uow.now)
        uow.commit()
    assert nothing == again == ()
    assert wait.element_key == task.element_key
    assert message.variables == {"phí": Decimal("1.0")}
    with store.reading(SYSTEM) as uow:
        found = uow.waits.message(message.key)
        assert uow.waits.message(5) is None
    assert found == (
        MessageRecord(
            key=message.key,
            name="meet",
            correlation_key="HS-7",
            variables={"phí": Decimal("1.0")},
            tenant_id=DEFAULT_TENANT,
        ),
        frozenset({wait.process_id}),
    )


def test_only_the_latest_version_starts_by_message(store: SqlStore, story: Story) -> None:
    starts = (
        StartInfo(element_id="s1", kind="message", name="apply"),
        StartInfo(element_id="s2", kind="signal", name="open-day"),
    )
    story.deploy("starter", content=b"1", starts=starts)
    second = story.deploy("starter", content=b"2", starts=starts[:1])

    with store.reading(SYSTEM) as uow:
        by_message = uow.waits.message_starts("apply", DEFAULT_TENANT)
        by_signal = uow.waits.signal_starts("open-day", DEFAULT_TENANT)
    assert [(s.definition, s.element_id, s.kind) for s in by_message] == [(second, "s1", "message")]
    assert by_signal == []


def test_start_timers_fire_and_end(store: SqlStore, story: Story) -> None:
    ref = story.deploy()
    start = StartRecord(
        definition=ref, element_id="s", kind="timer", due_at=NOON, expression="R2/PT1H"
    )
    with store.unit_of_work(SYSTEM) as uow:
        uow.definitions.replace_start_timers(ref, [start])
        uow.commit()
    with store.unit_of_work(SYSTEM) as uow:
        (due,) = uow.waits.due_starts(NOON, 10)
        uow.waits.reschedule_start(due, NOON + timedelta(hours=1))
        uow.commit()
    with store.unit_of_work(SYSTEM) as uow:
        assert uow.waits.due_starts(NOON, 10) == []
        (again,) = uow.waits.due_starts(NOON + timedelta(hours=1), 10)
        uow.waits.reschedule_start(again, None)
        uow.commit()

    with store.unit_of_work(SYSTEM) as uow:
        assert uow.waits.due_starts(NOON + timedelta(days=9), 10) == []
    assert (due.expression, due.repetitions, again.repetitions) == ("R2/PT1H", 0, 1)
