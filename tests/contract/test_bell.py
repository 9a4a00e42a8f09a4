"""The bell: heard here, heard in another process's store, and never needed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from engine.domain.actors import SYSTEM
from engine.ports.bell import OWN
from engine.settings import Settings
from engine.store import SqlStore, open_store
from tests.contract.story import Story

LONG = 60.0


@pytest.fixture
def other(store: SqlStore, database_url: str) -> Iterator[SqlStore]:
    """A second store on the same database, as another process has it."""
    if store.database.is_sqlite:
        yield store
        return
    made = open_store(Settings(database_url=database_url))
    yield made
    made.dispose()


def settle(store: SqlStore, topic: str) -> None:
    """Threads that begin to listen wake everybody once; wait until that is over."""
    end = time.monotonic() + LONG
    while store.bell.wait((topic,), store.bell.mark(), 0.5):
        assert time.monotonic() < end


def test_a_ring_wakes_those_of_its_topic_only(store: SqlStore) -> None:
    mark = store.bell.mark()
    store.bell.ring(("treasury",))

    assert store.bell.wait(("treasury", "mail"), mark, LONG)
    settle(store, "mail")
    mark = store.bell.mark()
    store.bell.ring(("treasury",))
    assert not store.bell.wait(("mail",), mark, 0.2)


def test_a_ring_before_the_wait_is_not_missed(store: SqlStore) -> None:
    mark = store.bell.mark()
    threading.Thread(target=store.bell.ring, args=(("early",),)).start()
    time.sleep(0.05)

    assert store.bell.wait(("early",), mark, LONG)


def test_other_processes_hear_a_commit(store: SqlStore, other: SqlStore, story: Story) -> None:
    """What internal work a transaction made rings; nothing rings for one rolled back."""
    mark = other.bell.mark()
    heard: list[bool] = []
    waiter = threading.Thread(target=lambda: heard.append(other.bell.wait((OWN,), mark, LONG)))
    waiter.start()
    end = time.monotonic() + LONG
    while waiter.is_alive() and time.monotonic() < end:
        with store.unit_of_work(SYSTEM) as uow:
            uow.jobs.finish_internal(uow.jobs.add_internal("deliver-message", {"message_key": 5}))
            uow.commit()
        waiter.join(0.2)

    assert heard == [True]


def test_what_is_rolled_back_does_not_ring(store: SqlStore) -> None:
    settle(store, OWN)
    mark = store.bell.mark()
    with store.unit_of_work(SYSTEM) as uow:
        uow.jobs.add_internal("deliver-message", {"message_key": 5})

    assert not store.bell.wait((OWN,), mark, 0.2)


def test_more_topics_than_a_notice_holds_wake_everybody(store: SqlStore, other: SqlStore) -> None:
    topics = {f"type-{number:05}-{'x' * 40}" for number in range(400)}
    mark = other.bell.mark()
    heard: list[bool] = []
    wanted = (min(topics),)
    waiter = threading.Thread(target=lambda: heard.append(other.bell.wait(wanted, mark, LONG)))
    waiter.start()
    end = time.monotonic() + LONG
    while waiter.is_alive() and time.monotonic() < end:
        store.bell.ring(topics)
        waiter.join(0.2)

    assert heard == [True]


def test_a_closed_bell_lets_everybody_go(database_url: str) -> None:
    made = open_store(Settings(database_url=database_url))
    mark = made.bell.mark()
    waiter = threading.Thread(target=made.bell.wait, args=(("never",), mark, LONG))
    waiter.start()
    made.dispose()

    waiter.join(LONG)
    assert not waiter.is_alive()
