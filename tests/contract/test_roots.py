"""One root: created, locked, saved, ended."""

from __future__ import annotations

import pytest

from engine.domain.actors import SYSTEM
from engine.domain.events import TaskCompleted
from engine.domain.records import Visibility
from engine.errors import NotFound
from engine.store import SqlStore
from tests.contract.story import Story


def test_a_started_instance_is_found_again(store: SqlStore, story: Story) -> None:
    ref = story.deploy()
    seen_by = Visibility(unit_id="48/20242/", procedure_code="2.000815")

    task = story.start(ref, visibility=seen_by, variables={"số bản": "1.50"}, business_id="A-1")

    with store.unit_of_work(SYSTEM) as uow:
        record, root = uow.roots.lock_task(task.key)
        instance = uow.instance(task.instance.key)
        taken = uow.has_business_id(ref.process_id, "A-1", "<default>")
    assert (record.state, record.name, record.revision) == ("CREATED", "Thẩm định", 1)
    assert record.definition == ref
    assert record.visibility == root.visibility == instance.visibility == seen_by
    assert root.state is not None
    assert root.state.instance == task.instance
    assert root.state.snapshot == b"tokens"
    assert root.state.variables == {task.instance.key: {"số bản": "1.50"}}
    assert instance.state == "ACTIVE"
    assert taken


def test_a_completed_task_gives_way_to_the_next(store: SqlStore, story: Story) -> None:
    task = story.start(story.deploy(), variables={"a": "1", "b": '"x"'})

    following = story.complete(task, {"b": "true", "c": "null"}, assignee="lan")

    assert following is not None
    with store.reading(SYSTEM) as uow:
        done, _ = uow.roots.lock_task(task.key)
        record, root = uow.roots.lock_task(following.key)
    assert done.state == "COMPLETED"
    assert (record.state, record.assignee) == ("CREATED", "lan")
    assert root.state is not None
    assert root.state.variables[root.key] == {"a": "1", "b": "true", "c": "null"}
    assert root.revision == 2


def test_an_ended_root_has_no_state(store: SqlStore, story: Story) -> None:
    task = story.start(story.deploy(), variables={"a": "1"})

    story.complete(task, next_task=False)

    with store.unit_of_work(SYSTEM) as uow:
        root = uow.roots.lock(task.instance.key)
        assert uow.instance(root.key).state == "COMPLETED"
    assert root.state is None


def test_leaving_without_commit_changes_nothing(store: SqlStore, story: Story) -> None:
    task = story.start(story.deploy())

    with store.unit_of_work(SYSTEM) as uow:
        record, root = uow.roots.lock_task(task.key)
        uow.record(root.key, TaskCompleted(key=record.key, element_key=record.element_key))
        uow.waits.due_timers(root.key, uow.now)  # a read writes the buffer first

    with store.unit_of_work(SYSTEM) as uow:
        assert uow.roots.lock_task(task.key)[0].state == "CREATED"


def test_reads_inside_the_transaction_see_what_it_recorded(store: SqlStore, story: Story) -> None:
    task = story.start(story.deploy())

    with store.unit_of_work(SYSTEM) as uow:
        record, root = uow.roots.lock_task(task.key)
        uow.record(root.key, TaskCompleted(key=record.key, element_key=record.element_key))
        again, _ = uow.roots.lock_task(task.key)
    assert again.state == "COMPLETED"


@pytest.mark.parametrize("noun", ["lock", "lock_task", "lock_job", "lock_incident", "lock_element"])
def test_an_unknown_key_is_not_found(store: SqlStore, noun: str) -> None:
    with store.unit_of_work(SYSTEM) as uow, pytest.raises(NotFound, match="key 7"):
        getattr(uow.roots, noun)(7)


def test_an_element_and_an_instance_lead_to_their_root(store: SqlStore, story: Story) -> None:
    task = story.start(story.deploy())

    with store.unit_of_work(SYSTEM) as uow:
        by_element = uow.roots.lock_element(task.element_key)
        by_instance = uow.roots.lock_element(task.instance.key)
    assert by_element == by_instance
    assert by_element.key == task.instance.key


def test_recording_on_a_root_that_is_not_locked_is_a_bug(store: SqlStore, story: Story) -> None:
    task = story.start(story.deploy())

    done = TaskCompleted(key=task.key, element_key=task.element_key)
    with store.unit_of_work(SYSTEM) as uow, pytest.raises(RuntimeError, match="not locked"):
        uow.record(task.instance.key, done)


def test_a_reading_unit_of_work_writes_nothing(store: SqlStore) -> None:
    with store.reading(SYSTEM) as uow, pytest.raises(RuntimeError, match="only reads"):
        uow.commit()
