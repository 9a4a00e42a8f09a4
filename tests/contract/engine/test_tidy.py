"""What is over goes: idempotency keys after 48 hours, messages nobody took after a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from engine.commands.publish_message import PublishMessage
from engine.dispatch import CommandEngine
from engine.ports.engine import Idempotency
from engine.testing import TESTER, EngineDriver

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


def count(engine: CommandEngine, table: str) -> int:
    with engine.store.database.reading() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_expired_messages_and_old_keys_go_and_the_rest_stays(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.pin(NOON)
    for name, ttl in (("short", 60.0), ("long", 7 * 86_400.0)):
        command = PublishMessage(name=name, ttl=ttl)
        engine.execute(command, TESTER, Idempotency(key=name, body_hash=name))
    assert engine.tidy() == 0

    driver.pin(NOON + timedelta(days=2))
    with engine.store.database.writing() as connection:
        connection.execute(text("UPDATE idempotency SET created_at = 0 WHERE key = 'short'"))
        connection.commit()

    assert engine.tidy() == 2
    assert count(engine, "message") == 1
    assert count(engine, "idempotency") == 1
