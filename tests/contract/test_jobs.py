"""Leases: priority, order, time-outs, retries, and jobs of our own."""

from __future__ import annotations

import time
from datetime import timedelta
from decimal import Decimal

import pytest

from engine.domain.actors import SYSTEM, Actor
from engine.domain.events import (
    ElementActivated,
    JobCanceled,
    JobCompleted,
    JobCreated,
    JobErrorThrown,
    JobFailed,
    JobUpdated,
)
from engine.domain.ids import Key
from engine.domain.records import Visibility
from engine.errors import Conflict
from engine.ports.runtime import Outgoing, Step, VariableChange
from engine.store import SqlStore
from tests.contract.story import Story

WORKER = Actor(name="in", roles=frozenset({"worker"}))


def offer(store: SqlStore, story: Story, type: str, priority: int = 0, **seen_by: object) -> Key:
    """An instance with one open job."""
    task = story.start(
        story.deploy(),
        visibility=Visibility(**seen_by),  # type: ignore[arg-type]
        variables={"phí": "1.10"},
        business_id="B",
        tags=("gấp",),
    )
    with store.unit_of_work(SYSTEM) as uow:
        uow.roots.lock(task.instance.key)
        key, element = uow.next_key(), uow.next_key()
        activated = ElementActivated(
            key=element,
            instance=task.instance,
            scope_key=task.instance.key,
            element_id="print",
            element_type="SERVICE_TASK",
        )
        created = JobCreated(
            key=key,
            instance=task.instance,
            element_key=element,
            element_id="print",
            type=type,
            priority=priority,
            retries=2,
        )
        local = VariableChange(
            scope_key=element, instance_key=task.instance.key, name="bản", value="2"
        )
        step = Step(snapshot=b"t", events=(activated, created), variables=(local,))
        uow.roots.save(task.instance.key, step)
        uow.commit()
    return key


def lease(store: SqlStore, type: str, limit: int = 10, seconds: float = 60) -> list[Key]:
    with store.unit_of_work(WORKER) as uow:
        jobs = uow.jobs.activate(WORKER, type, "máy in", seconds, limit)
        uow.commit()
    return [job.key for job in jobs]


def test_jobs_come_first_in_first_out_within_priority(store: SqlStore, story: Story) -> None:
    made = [offer(store, story, "fifo", priority) for priority in (0, 5, 0, 5)]

    first = lease(store, "fifo", limit=3)
    second = lease(store, "fifo", limit=3)
    assert first == [made[1], made[3], made[0]]
    assert second == [made[2]]
    assert lease(store, "fifo") == []


def test_a_lease_tells_all_a_worker_needs(store: SqlStore, story: Story) -> None:
    key = offer(store, story, "told")

    with store.unit_of_work(WORKER) as uow:
        (job,) = uow.jobs.activate(WORKER, "told", "máy in", 60, 1)
        seen = uow.jobs.variables([job], None)
        named = uow.jobs.variables([job], ["phí"])
        ends = job.lease_until
        real = uow.real_now
        uow.commit()
    assert (job.key, job.worker, job.fence, job.retries) == (key, "máy in", 1, 2)
    assert (job.business_id, job.tags) == ("B", ("gấp",))
    assert seen == {key: {"phí": Decimal("1.10"), "bản": 2}}
    assert named == {key: {"phí": Decimal("1.10")}}
    assert str(named[key]["phí"]) == "1.10"
    assert ends is not None
    assert abs(ends - real - timedelta(seconds=60)) < timedelta(seconds=5)


def test_a_lease_that_ended_is_given_again(store: SqlStore, story: Story) -> None:
    key = offer(store, story, "slow")
    assert lease(store, "slow", seconds=0.01) == [key]
    time.sleep(0.05)

    with store.unit_of_work(WORKER) as uow:
        (job,) = uow.jobs.activate(WORKER, "slow", "b", 60, 1)
        uow.commit()
    assert (job.key, job.fence) == (key, 2)


def test_a_pinned_clock_does_not_stretch_a_lease(store: SqlStore, story: Story) -> None:
    key = offer(store, story, "pinned")
    with store.unit_of_work(SYSTEM) as uow:
        uow.pin_clock(uow.now - timedelta(days=400))
        uow.commit()
    try:
        assert lease(store, "pinned", seconds=0.01) == [key]
        time.sleep(0.05)
        assert lease(store, "pinned") == [key]
    finally:
        with store.unit_of_work(SYSTEM) as uow:
            uow.pin_clock(None)
            uow.commit()


@pytest.mark.parametrize(
    ("retries", "pause", "given"), [(1, None, True), (0, None, False), (1, 3600, False)]
)
def test_a_failed_job_comes_back_while_it_may(
    store: SqlStore, story: Story, retries: int, pause: int | None, given: bool
) -> None:
    key = offer(store, story, "failing")
    lease(store, "failing")

    with store.unit_of_work(WORKER) as uow:
        record, root = uow.roots.lock_job(key)
        later = pause and uow.real_now + timedelta(seconds=pause)
        failed = JobFailed(key=key, retries=retries, retry_at=later or None, message="hết giấy")
        uow.record(root.key, failed)
        uow.commit()
    with store.reading(SYSTEM) as uow:
        record, _ = uow.roots.lock_job(key)
    assert (record.state, record.retries, record.lease_until) == ("FAILED", retries, None)
    assert (lease(store, "failing") == [key]) is given
    with store.unit_of_work(SYSTEM) as uow:
        uow.roots.lock_job(key)
        uow.record(root.key, JobUpdated(key=key, retries=3))
        uow.commit()
    if not given:
        assert lease(store, "failing") == [key]


@pytest.mark.parametrize(
    ("event", "state"),
    [
        (lambda job: JobCompleted(key=job.key), "COMPLETED"),
        (lambda job: JobCanceled(element_key=job.element_key), "CANCELED"),
        (lambda job: JobErrorThrown(key=job.key, error_code="E1", message="x"), "ERROR_THROWN"),
    ],
)
def test_a_finished_job_is_never_given(
    store: SqlStore, story: Story, event: object, state: str
) -> None:
    key = offer(store, story, f"done-{state}")
    with store.unit_of_work(SYSTEM) as uow:
        record, root = uow.roots.lock_job(key)
        uow.record(root.key, event(record))  # type: ignore[operator]
        uow.commit()

    with store.reading(SYSTEM) as uow:
        assert uow.roots.lock_job(key)[0].state == state
    assert lease(store, f"done-{state}") == []


def test_a_worker_gets_jobs_of_its_units_only(store: SqlStore, story: Story) -> None:
    offer(store, story, "units", unit_id="01/")
    own = offer(store, story, "units", unit_id="48/20242/")
    sealed = offer(store, story, "units", unit_id="48/20242/", sealed=True)
    worker = Actor(name="w", roles=frozenset({"worker"}), unit_id="48/")

    with store.unit_of_work(worker) as uow:
        found = [job.key for job in uow.jobs.activate(worker, "units", "w", 60, 10)]
        uow.commit()
    assert found == [own]
    assert sealed not in found


def test_what_a_step_sends_is_due_at_once(store: SqlStore, story: Story) -> None:
    task = story.start(story.deploy())
    with store.unit_of_work(SYSTEM) as uow:
        uow.roots.lock(task.instance.key)
        sent = Outgoing(
            kind="message",
            name="đã trả",
            instance=task.instance,
            element_key=task.element_key,
            correlation_key="HS-1",
            variables={"phí": Decimal("10.50")},
        )
        uow.roots.save(task.instance.key, Step(snapshot=b"t", events=(), outgoing=(sent,)))
        uow.commit()
        assert uow.created_internal

    with store.unit_of_work(SYSTEM) as uow:
        (job,) = uow.jobs.due_internal(10, 30)
        uow.commit()
    assert job.type == "publish-message"
    assert job.payload["variables"] == {"phí": Decimal("10.50")}
    assert job.payload["correlation_key"] == "HS-1"

    with store.unit_of_work(SYSTEM) as uow:
        uow.jobs.finish_internal(job.key)
        uow.commit()
    with store.unit_of_work(SYSTEM) as uow, pytest.raises(Conflict):
        uow.jobs.finish_internal(job.key)


def test_a_failing_job_of_ours_waits_longer_each_time(store: SqlStore) -> None:
    with store.unit_of_work(SYSTEM) as uow:
        key = uow.jobs.add_internal("deliver-message", {"message_key": 5})
        uow.commit()
    with store.unit_of_work(SYSTEM) as uow:
        (job,) = uow.jobs.due_internal(10, 30)
        uow.jobs.fail_internal(key, "Conflict")
        uow.commit()

    with store.unit_of_work(SYSTEM) as uow:
        assert job.key == key
        assert uow.jobs.due_internal(10, 30) == []
        uow.jobs.fail_internal(key, "Conflict")
        uow.jobs.fail_internal(99, "nobody")
        uow.jobs.finish_internal(key)
        uow.commit()
