"""Keys, clocks, idempotency and what is left when a transaction fails."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.domain.actors import SYSTEM, Actor
from engine.domain.events import LoggedIn
from engine.errors import InvalidInput, NotFound
from engine.ports.store import Replay
from engine.ports.views import Condition, Query
from engine.settings import Settings
from engine.store import SqlStore, open_store
from engine.store.keys import BLOCK, SHIFT
from tests.contract.conftest import NOON, SetClock


def test_keys_are_unique_and_carry_the_installation(database_url: str) -> None:
    first = open_store(Settings(database_url=database_url, installation=7))
    second = open_store(Settings(database_url=database_url, installation=7))
    keys = []
    for store in (first, second, first):
        with store.unit_of_work(SYSTEM) as uow:
            keys += [uow.next_key() for _ in range(BLOCK)]
            uow.commit()
    first.dispose()
    second.dispose()

    assert len(set(keys)) == len(keys)
    assert {key >> SHIFT for key in keys} == {7}
    assert max(keys) & (1 << SHIFT) - 1 <= 4 * BLOCK


def test_keys_of_a_rolled_back_transaction_are_not_given_twice(own_database_url: str) -> None:
    store = open_store(Settings(database_url=own_database_url))
    with store.unit_of_work(SYSTEM) as uow:
        lost = uow.next_key()
    with store.unit_of_work(SYSTEM) as uow:
        kept = [uow.next_key() for _ in range(3)]
        uow.commit()
    store.dispose()
    other = open_store(Settings(database_url=own_database_url))
    with other.unit_of_work(SYSTEM) as uow:
        later = [uow.next_key() for _ in range(3)]
    other.dispose()

    assert not {lost} & set(later)
    assert not set(kept) & set(later)


@pytest.mark.parametrize("number", [0, 4096, -1])
def test_an_installation_number_out_of_range_is_refused(number: int) -> None:
    with pytest.raises(InvalidInput, match="1 to 4095"):
        open_store(Settings(database_url="sqlite:///x.sqlite3", installation=number))


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysql://x/y", "sqlite://", "sqlite:///:memory:", "postgresql//"]
)
def test_another_database_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput):
        open_store(Settings(database_url=url))


def test_the_business_clock_can_be_pinned(store: SqlStore, clock: SetClock) -> None:
    pinned = NOON - timedelta(days=30)
    with store.unit_of_work(SYSTEM) as uow:
        assert uow.now == NOON
        uow.pin_clock(pinned)
        assert uow.now == pinned
        uow.commit()
    with store.reading(SYSTEM) as uow:
        assert uow.now == pinned
        assert abs(uow.real_now - pinned) > timedelta(days=1)
    with store.unit_of_work(SYSTEM) as uow:
        uow.pin_clock(None)
        assert uow.now == NOON
        uow.commit()


def test_an_idempotency_key_is_claimed_once(store: SqlStore) -> None:
    with store.unit_of_work(SYSTEM) as uow:
        assert uow.claim_idempotency("lan", "k1", "h1") is None
        uow.keep_result("lan", "k1", {"key": 2**60, "tên": "Đặng"})
        uow.commit()
    with store.unit_of_work(SYSTEM) as uow:
        uow.claim_idempotency("lan", "lost", "h1")

    with store.unit_of_work(SYSTEM) as uow:
        replay = uow.claim_idempotency("lan", "k1", "h2")
        other = uow.claim_idempotency("minh", "k1", "h1")
        lost = uow.claim_idempotency("lan", "lost", "h1")
    assert replay == Replay(body_hash="h1", result={"key": 2**60, "tên": "Đặng"})
    assert other is lost is None


def test_events_without_a_root_hang_on_their_unit_and_day(store: SqlStore, clock: SetClock) -> None:
    clerk = Actor(name="lan", unit_id="48/20242/")
    for _ in range(2):
        with store.unit_of_work(clerk) as uow:
            uow.record(None, LoggedIn(account_key=5), LoggedIn(account_key=6))
            uow.commit()

    viewer = Actor(name="x", roles=frozenset({"viewer"}), unit_id="48/")
    asked = Query(where=(Condition(field="kind", op="eq", value="unit-day"),))
    page = store.views.search("event", viewer, asked)
    assert [(item["seq"], item["actor"], item["unit"]) for item in page.items] == [
        (number, "lan", "48/20242/") for number in (1, 2, 3, 4)
    ]
    with store.unit_of_work(SYSTEM) as uow, pytest.raises(NotFound):
        uow.roots.lock(int(str(page.items[0]["root_key"])))
