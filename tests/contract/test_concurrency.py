"""Several threads on one row: one wins, nobody waits for ever, nothing is done twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

from engine.domain.actors import SYSTEM
from engine.domain.events import (
    JobCreated,
    LoggedIn,
    SubscriptionOpened,
    TaskAssigned,
    TaskCompleted,
)
from engine.domain.ids import DEFAULT_TENANT, Key
from engine.errors import Conflict
from engine.ports.views import Condition, Query
from engine.store import LostRace, SqlStore
from tests.contract.story import OpenTask, Story

R = TypeVar("R")


def together(count: int, work: Callable[[int], R]) -> list[R]:
    """Run in threads that begin at the same moment."""
    start = Barrier(count)

    def run(number: int) -> R:
        start.wait(10)
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return [future.result(60) for future in [pool.submit(run, n) for n in range(count)]]


def test_of_two_completions_one_wins(store: SqlStore, story: Story) -> None:
    for _ in range(10):
        task = story.start(story.deploy("race"))

        def complete(_: int, task: OpenTask = task) -> str:
            with store.unit_of_work(SYSTEM) as uow:
                record, root = uow.roots.lock_task(task.key)
                if record.state != "CREATED":
                    return "late"
                done = TaskCompleted(key=task.key, element_key=task.element_key)
                uow.record(root.key, done)
                uow.commit()
            return "won"

        assert Counter(together(2, complete)) == {"won": 1, "late": 1}


def test_of_many_claims_one_wins(store: SqlStore, story: Story) -> None:
    task = story.start(story.deploy("race"))

    def claim(number: int) -> bool:
        with store.unit_of_work(SYSTEM) as uow:
            record, root = uow.roots.lock_task(task.key)
            if record.assignee is not None:
                return False
            event = TaskAssigned(
                key=task.key, element_key=task.element_key, assignee=f"clerk-{number}"
            )
            uow.record(root.key, event)
            uow.commit()
        return True

    assert together(8, claim).count(True) == 1


def test_two_branches_of_one_instance_wait_for_each_other(store: SqlStore, story: Story) -> None:
    """Each writer also changes the other's task: locks taken in another order would deadlock."""
    ref = story.deploy("race")
    first = story.start(ref)
    with store.unit_of_work(SYSTEM) as uow:
        uow.roots.lock(first.instance.key)
        second, events = story.opened(uow.next_key(), uow.next_key(), first.instance)
        uow.record(first.instance.key, *events)
        uow.commit()
    pair = [first, second]

    def write(number: int) -> int:
        mine, other = pair[number % 2], pair[(number + 1) % 2]
        for turn in range(10):
            with store.unit_of_work(SYSTEM) as uow:
                _, root = uow.roots.lock_task(mine.key)
                for task in (other, mine):
                    name = f"{number}-{turn}"
                    uow.record(
                        root.key,
                        TaskAssigned(key=task.key, element_key=task.element_key, assignee=name),
                    )
                uow.commit()
        return root.revision

    together(4, write)
    with store.unit_of_work(SYSTEM) as uow:
        record, root = uow.roots.lock_task(first.key)
        other, _ = uow.roots.lock_task(second.key)
    assert root.revision == 2 + 40
    assert record.assignee == other.assignee


def test_eight_workers_lease_no_job_twice(store: SqlStore, story: Story) -> None:
    task = story.start(story.deploy("race"))
    with store.unit_of_work(SYSTEM) as uow:
        uow.roots.lock(task.instance.key)
        keys = [uow.next_key() for _ in range(100)]
        uow.record(
            task.instance.key,
            *(
                JobCreated(
                    key=key,
                    instance=task.instance,
                    element_key=task.element_key,
                    element_id="e",
                    type="raced",
                )
                for key in keys
            ),
        )
        uow.commit()

    def lease(number: int) -> list[Key]:
        mine: list[Key] = []
        while True:
            with store.unit_of_work(SYSTEM) as uow:
                jobs = uow.jobs.activate(SYSTEM, "raced", f"w{number}", 60, 3)
                uow.commit()
            if not jobs:
                return mine
            mine += [job.key for job in jobs]

    leased = [key for keys in together(8, lease) for key in keys]
    assert sorted(leased) == sorted(keys)


def test_one_idempotency_key_is_run_once(store: SqlStore) -> None:
    def run(_: int) -> object:
        with store.unit_of_work(SYSTEM) as uow:
            replay = uow.claim_idempotency("lan", "raced", "h")
            if replay is None:
                uow.keep_result("lan", "raced", {"key": 1})
                uow.commit()
            return None if replay is None else replay.result

    assert Counter(map(str, together(6, run))) == {"None": 1, "{'key': 1}": 5}


def test_keys_of_many_threads_are_different(store: SqlStore) -> None:
    def take(_: int) -> list[Key]:
        with store.unit_of_work(SYSTEM) as uow:
            keys = [uow.next_key() for _ in range(700)]
            uow.commit()
        return keys

    keys = [key for found in together(6, take) for key in found]
    assert len(set(keys)) == len(keys) == 4200


def test_events_of_one_day_are_one_chain(store: SqlStore, story: Story) -> None:
    def log_in(number: int) -> None:
        with store.unit_of_work(SYSTEM) as uow:
            uow.record(None, LoggedIn(account_key=number))
            uow.commit()

    together(8, log_in)
    asked = Query(where=(Condition(field="type", op="eq", value=LoggedIn.wire),))
    page = store.views.search("event", SYSTEM, asked)
    assert [item["seq"] for item in page.items] == list(range(1, 9))


def test_a_message_and_its_receiver_never_miss_each_other(store: SqlStore, story: Story) -> None:
    ref = story.deploy("race")
    for turn in range(8):
        task, name = story.start(ref), f"met-{turn}"

        def meet(number: int, task: OpenTask = task, name: str = name) -> bool:
            with store.unit_of_work(SYSTEM) as uow:
                if number == 0:
                    key = uow.next_key()
                    until = uow.now + timedelta(hours=1)
                    uow.waits.keep_message(key, name, "k", None, until, {}, DEFAULT_TENANT)
                    found = uow.waits.message_receivers(name, "k", DEFAULT_TENANT, 9)
                else:
                    uow.roots.lock(task.instance.key)
                    opened = SubscriptionOpened(
                        key=uow.next_key(),
                        instance=task.instance,
                        element_key=task.element_key,
                        element_id="e",
                        kind="message",
                        name=name,
                        correlation_key="k",
                    )
                    uow.record(task.instance.key, opened)
                    found = uow.waits.messages_for_new_waits(task.instance.key, uow.now)  # type: ignore[assignment]
                uow.commit()
            return bool(found)

        assert True in together(2, meet), "the later of the two sees the earlier"


def test_a_lost_race_is_told_apart(store: SqlStore) -> None:
    assert store.is_retryable(LostRace("x"))
    assert not store.is_retryable(Conflict("x"))
