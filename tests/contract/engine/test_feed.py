"""The relay and the feed: every event once, in order per root, whoever commits late."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from engine.bootstrap import build_engine
from engine.commands.relay_events import RelayEvents
from engine.dispatch import CommandEngine
from engine.domain.actors import SYSTEM, Actor
from engine.domain.feed.records import FeedPage, FeedQuery, Published
from engine.domain.records import Visibility
from engine.ports.views import Query
from engine.settings import Settings
from engine.store.counting import counted_statements
from engine.testing import EngineDriver
from tests.contract.engine.models import end, process, start, user_task
from tests.contract.story import Story

STEPS = process("steps", [start(), user_task("a"), end()], ["start a", "a end"])


@pytest.fixture
def engine(own_database_url: str) -> Iterator[CommandEngine]:
    made = build_engine(Settings(database_url=own_database_url, test=True))
    yield made
    made.close()


@pytest.fixture
def driver(engine: CommandEngine) -> EngineDriver:
    made = EngineDriver(engine)
    made.deploy(STEPS)
    return made


def drain(engine: CommandEngine) -> int:
    return sum(iter(engine.relay, 0))


def read(engine: CommandEngine, limit: int = 1000, **query: object) -> list[Published]:
    """All that is published, page by page."""
    found: list[Published] = []
    after = 0
    while True:
        asked = FeedQuery(after=after, limit=limit, **query)  # type: ignore[arg-type]
        page = engine.views.events_after(SYSTEM, asked)
        found += page.items
        if page.cursor == page.head:
            return found
        assert page.cursor > after
        after = page.cursor


def identities(events: list[Published]) -> list[tuple[int, int]]:
    return [(each.outline.root_key, each.outline.seq) for each in events]


def test_every_event_is_published_once_and_in_order_per_root(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    instances = [driver.start("steps") for _ in range(5)]
    instances[0].complete("a")
    assert read(engine) == []

    published = drain(engine)
    instances[1].complete("a")
    published += drain(engine)

    found = identities(read(engine, limit=7))
    assert len(found) == len(set(found)) == published
    for root_key in {root for root, _ in found}:
        own = [seq for root, seq in found if root == root_key]
        assert own == list(range(1, len(own) + 1))
    total = engine.views.search("event", SYSTEM, Query(limit=1)).total
    assert total == published


def test_a_turn_is_bounded_and_a_long_root_goes_on_where_it_stopped(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    for _ in range(3):
        driver.start("steps")
    turn = RelayEvents(roots=2, per_root=3)
    sizes = [engine.execute(turn, SYSTEM).result["published"] for _ in range(20)]

    assert max(int(str(size)) for size in sizes) <= 6
    assert sizes[-1] == 0
    found = identities(read(engine))
    assert len(set(found)) == len(found)
    assert len(found) == sum(int(str(size)) for size in sizes)


def test_idle_turns_cost_one_statement_and_busy_ones_five(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    for _ in range(30):
        driver.start("steps")
    # Besides the clock's row, which every transaction may ask for.
    with counted_statements(engine.store) as busy:
        assert engine.relay() > 200
    drain(engine)
    with counted_statements(engine.store) as idle:
        assert engine.relay() == 0

    assert len(busy) <= 6
    assert len(idle) == 1


def test_types_and_visibility_bound_the_page_and_the_cursor_moves_on(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.start("steps").complete("a")
    drain(engine)
    stranger = Actor(name="s", roles=frozenset({"integrator"}), unit_id="01/")
    clerk = Actor(name="c", roles=frozenset({"clerk"}))
    abroad = Actor(name="x", roles=frozenset({"admin"}), tenant_id="another-province")

    tasks = read(engine, types=("motcua.task.*",))
    assert [each.outline.type for each in tasks] == [
        "motcua.task.created.v1",
        "motcua.task.completed.v1",
    ]
    for nobody in (stranger, clerk, abroad):
        page = engine.views.events_after(nobody, FeedQuery())
        assert page.items == ()
        assert page.cursor == page.head > 0


def test_an_event_that_commits_late_is_not_passed_by(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    """A transaction begun before the relay's turn commits after it: its events come later."""
    if engine.store.database.is_sqlite:
        pytest.skip("SQLite has one writer: no transaction can commit behind another")
    early, late = driver.start("steps"), driver.start("steps")
    drain(engine)
    with engine.store.unit_of_work(SYSTEM) as uow:
        uow.roots.lock(late.key)
        early.complete("a")
        drain(engine)
        before = engine.views.events_after(SYSTEM, FeedQuery(limit=1000))
        uow.commit()
    late.complete("a")
    drain(engine)

    after = engine.views.events_after(SYSTEM, FeedQuery(after=before.cursor, limit=1000))
    assert {each.outline.root_key for each in after.items} == {late.key}
    assert identities([*before.items, *after.items]) == identities(read(engine))


def test_readers_beside_two_relays_and_four_writers_miss_nothing(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    done = threading.Event()
    seen: list[tuple[int, int]] = []
    positions: list[int] = []

    def relay() -> None:
        while not done.is_set() or engine.relay():
            engine.relay()

    def follow() -> None:
        cursor = 0
        while True:
            ended = done.is_set() and not any(each.is_alive() for each in relays)
            page: FeedPage = engine.views.events_after(SYSTEM, FeedQuery(after=cursor, limit=50))
            seen.extend(identities(list(page.items)))
            positions.extend(each.position for each in page.items)
            cursor = page.cursor
            if ended and cursor == page.head:
                return

    def write() -> None:
        for _ in range(8):
            driver.start("steps").complete("a")

    relays = [threading.Thread(target=relay) for _ in range(2)]
    reader = threading.Thread(target=follow)
    writers = [threading.Thread(target=write) for _ in range(4)]
    for thread in (*relays, reader, *writers):
        thread.start()
    for thread in writers:
        thread.join(120)
    done.set()
    for thread in (*relays, reader):
        thread.join(120)

    every = engine.views.search("event", SYSTEM, Query(limit=10_000))
    expected = {(int(str(row["root_key"])), int(str(row["seq"]))) for row in every.items}
    assert len(seen) == len(set(seen))
    assert set(seen) == expected
    assert positions == list(range(1, len(positions) + 1))
    for root_key in {root for root, _ in seen}:
        own = [seq for root, seq in seen if root == root_key]
        assert own == sorted(own)


def test_sealed_roots_show_to_their_own_unit_only(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    story = Story(engine.store)
    sealed = Visibility(unit_id="48/20242/", sealed=True)
    task = story.start(story.deploy(), visibility=sealed)
    drain(engine)

    def sees(unit: str) -> bool:
        actor = Actor(name="i", roles=frozenset({"integrator"}), unit_id=unit)
        page = engine.views.events_after(actor, FeedQuery(limit=1000))
        return task.instance.key in {each.outline.root_key for each in page.items}

    assert [sees(unit) for unit in ("", "48/", "48/20242/", "01/")] == [False, False, True, False]
