"""How many statements a unit of work sends: counted, so that it cannot grow unseen."""

from __future__ import annotations

import pytest

from engine.domain.actors import SYSTEM, Actor
from engine.ports.views import Query
from engine.store import SqlStore
from engine.store.counting import counted_statements
from tests.contract.story import Story


@pytest.fixture
def warm(store: SqlStore, story: Story) -> Story:
    """Keys are at hand and the definition is known, as in a process that has run a while."""
    task = story.start(story.deploy("counted"), variables={"a": "1"})
    assert story.complete(task) is not None
    with store.unit_of_work(SYSTEM) as uow:
        # A block has 1,000 keys: fetching one now and then is not what is counted.
        while uow.next_key() % 1000 > 800:
            pass
        uow.commit()
    return story


def test_completing_a_task_takes_eight(store: SqlStore, warm: Story) -> None:
    ref = warm.deploy("counted")
    task = warm.start(ref, variables={"a": "1"}, candidate_groups=("g",))

    with counted_statements(store) as sent:
        warm.complete(task, {"a": "2", "b": "3"}, candidate_groups=("h",))
    assert len(sent) <= 8, sent


def test_starting_takes_six(store: SqlStore, warm: Story) -> None:
    ref = warm.deploy("counted")

    with counted_statements(store) as sent:
        warm.start(ref, variables={"a": "1"}, candidate_groups=("g",))
    # clock, root, instance, element, task, candidates, variables, events
    assert len(sent) <= 8, sent


def test_ending_takes_eight(store: SqlStore, warm: Story) -> None:
    task = warm.start(warm.deploy("counted"), variables={"a": "1"})

    with counted_statements(store) as sent:
        warm.complete(task, {"a": "2"}, next_task=False)
    assert len(sent) <= 9, sent


def test_a_search_takes_two(store: SqlStore, warm: Story) -> None:
    viewer = Actor(name="x", roles=frozenset({"viewer"}))
    for limit, most in ((1, 2), (1000, 1)):
        with counted_statements(store) as sent:
            page = store.views.search("user_task", viewer, Query(limit=limit))
        assert page.items
        assert len(sent) <= most, sent


def test_leasing_takes_two(store: SqlStore, warm: Story) -> None:
    with counted_statements(store) as sent, store.unit_of_work(SYSTEM) as uow:
        uow.jobs.activate(SYSTEM, "nothing", "w", 60, 10)
        uow.commit()
    assert len(sent) == 1, sent
