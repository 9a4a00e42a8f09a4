"""What is over is removed or erased, what is held stays, and the doctor finds nothing wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from engine.bootstrap import build_engine
from engine.commands.keep_history import (
    CleanUp,
    EraseInstance,
    HoldInstance,
    ReleaseInstance,
    SetRetention,
)
from engine.commands.pin_clock import PinClock
from engine.dispatch import CommandEngine
from engine.errors import Conflict, InvalidInput
from engine.repair.erasures import erasures, replay_erasures
from engine.settings import Settings
from engine.store.backup import backup, restore
from engine.store.database import Database
from engine.store.doctor import examine
from engine.store.tables import metadata
from engine.testing import TESTER, EngineDriver, InstanceDriver
from tests.contract.engine.models import end, process, start, user_task

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
SHORT = process("short", [start(), user_task("check"), end()], ["start check", "check end"])
LONG = process("long", [start(), user_task("check"), end()], ["start check", "check end"])
STAY = {"seal_leaf", "removed_root", "erasure"}


@pytest.fixture
def url(own_database_url: str) -> str:
    return own_database_url


@pytest.fixture
def engine(url: str) -> Iterator[CommandEngine]:
    made = build_engine(Settings(database_url=url, test=True))
    yield made
    made.close()


@pytest.fixture
def told(engine: CommandEngine) -> EngineDriver:
    driver = EngineDriver(engine)
    driver.pin(NOON)
    driver.deploy(SHORT, LONG)
    engine.execute(SetRetention(subject="process:short", days=30), TESTER)
    return driver


def done(driver: EngineDriver, process_id: str = "short") -> InstanceDriver:
    instance = driver.start(process_id, name="Lò Thị Mai")
    return instance.claim("check", TESTER).complete("check", phone="0900")


def later(driver: EngineDriver, days: int) -> int:
    """Time goes by, the worker seals and cleans up; how many roots are gone."""
    driver.engine.execute(PinClock(at=NOON + timedelta(days=days)), TESTER)
    engine = driver.engine
    assert isinstance(engine, CommandEngine)
    while engine.relay():
        continue
    engine.seal()
    removed = 0
    while True:
        result = driver.engine.execute(CleanUp(limit=2), TESTER).result
        removed += int(str(result["removed"]))
        if not (result["removed"] or result["scheduled"]):
            return removed


def left(url: str, key: int) -> list[str]:
    """Tables that still name the root."""
    database = Database(url)
    with database.reading() as connection:
        found = [
            table.name
            for table in metadata.sorted_tables
            if "root_key" in table.c and table.name not in STAY
            and connection.execute(select(table.c.root_key).where(table.c.root_key == key)).first()
        ]  # fmt: skip
    database.dispose()
    return found


def healthy(url: str) -> bool:
    return examine(Settings(database_url=url, test=True)).is_healthy


def test_what_is_over_goes_with_all_its_rows(told: EngineDriver, url: str) -> None:
    short = [done(told) for _ in range(5)]
    long, running = done(told, "long"), told.start("short")
    assert later(told, 29) == 0

    assert later(told, 31) == 5

    assert [instance.state for instance in short] == [""] * 5
    assert left(url, short[0].key) == []
    assert (long.state, running.state) == ("COMPLETED", "ACTIVE")
    assert healthy(url)
    told.engine.seal()
    assert healthy(url)


def test_what_is_held_stays_until_it_is_released(told: EngineDriver, url: str) -> None:
    instance = done(told)
    told.engine.execute(HoldInstance(key=instance.key, reason="thanh tra"), TESTER)
    with pytest.raises(Conflict) as again:
        told.engine.execute(HoldInstance(key=instance.key), TESTER)
    assert again.value.reason == "instance-held"
    assert later(told, 100) == 0
    with pytest.raises(Conflict) as erased:
        told.engine.execute(EraseInstance(key=instance.key), TESTER)
    assert erased.value.reason == "instance-held"
    assert healthy(url)

    told.engine.execute(ReleaseInstance(key=instance.key), TESTER)

    assert later(told, 101) == 1
    assert healthy(url)


def test_only_what_is_published_and_sealed_goes(told: EngineDriver) -> None:
    instance = done(told)
    told.engine.execute(PinClock(at=NOON + timedelta(days=40)), TESTER)

    assert told.engine.execute(CleanUp(), TESTER).result["removed"] == 0
    assert instance.state == "COMPLETED"


def test_plain_processes_follow_the_setting(told: EngineDriver, url: str) -> None:
    instance = done(told, "long")
    assert later(told, 1) == 0
    other = build_engine(Settings(database_url=url, test=True, retention_days=1))
    told.engine.execute(PinClock(at=NOON + timedelta(days=2)), TESTER)

    other.tidy()
    other.close()

    assert instance.state == ""


def test_a_rule_may_end(told: EngineDriver) -> None:
    instance = done(told)
    told.engine.execute(SetRetention(subject="process:short", days=None), TESTER)

    assert later(told, 100) == 0
    assert instance.state == "COMPLETED"
    for command in (SetRetention(subject="short", days=1),
                    SetRetention(subject="process:short", days=-1)):  # fmt: skip
        with pytest.raises(InvalidInput):
            told.engine.execute(command, TESTER)


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM removed_root",
        "UPDATE removed_root SET seq = seq + 1",
        "INSERT INTO removed_root SELECT key, seq, head, ended_at, 0, tenant_id, unit_id "
        "FROM root WHERE kind = 'process'",
    ],
)
def test_a_false_tombstone_is_found(told: EngineDriver, url: str, damage: str) -> None:
    done(told)
    done(told, "long")
    assert later(told, 31) == 1
    assert healthy(url)
    database = Database(url)
    with database.writing() as connection:
        connection.execute(text(damage))
        connection.commit()
    database.dispose()

    assert not healthy(url)


def test_erasing_leaves_the_chain_and_no_value(told: EngineDriver, url: str) -> None:
    running, instance = told.start("short"), done(told)
    with pytest.raises(Conflict) as refused:
        told.engine.execute(EraseInstance(key=running.key), TESTER)
    assert refused.value.reason == "instance-running"

    assert told.engine.execute(EraseInstance(key=instance.key), TESTER).result["erased"] is True
    assert told.engine.execute(EraseInstance(key=instance.key), TESTER).result["erased"] is False

    assert instance.rows("variable") == ()
    assert instance.rows("user_task")[0]["state"] == "COMPLETED"
    assert healthy(url)
    assert [row["key"] for row in erasures(told.engine, TESTER)] == [instance.key]
    assert later(told, 31) == 1
    assert healthy(url)
    assert [row["key"] for row in erasures(told.engine, TESTER)] == [instance.key]


def test_a_restored_backup_forgets_again(told: EngineDriver, url: str, tmp_path: Path) -> None:
    ended, running = done(told), told.start("short", name="Vi Văn Tám")
    backup(Settings(database_url=url, blobs_dir=tmp_path / "none"), tmp_path / "b")
    running.complete("check")
    for instance in (ended, running):
        told.engine.execute(EraseInstance(key=instance.key), TESTER)
    listed = tmp_path / "erasures.jsonl"
    rows = [f'{{"rootKey": "{row["key"]}"}}' for row in erasures(told.engine, TESTER)]
    listed.write_text("\n".join([*rows, '{"rootKey": "5"}']), encoding="utf-8")
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'r.sqlite3'}", blobs_dir=tmp_path / "x"
    )

    restore(settings, tmp_path / "b")
    restored = build_engine(settings)
    assert replay_erasures(restored, TESTER, listed) == 2
    assert replay_erasures(restored, TESTER, listed) == 0
    driver = EngineDriver(restored)
    assert InstanceDriver(driver, ended.key).rows("variable") == ()
    assert InstanceDriver(driver, running.key).rows("variable") == ()
    restored.close()

    assert healthy(settings.database_url)
    listed.write_text("{}", encoding="utf-8")
    with pytest.raises(InvalidInput):
        replay_erasures(told.engine, TESTER, listed)
