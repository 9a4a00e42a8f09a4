"""The databases that tests run on are real, empty and of the age we support."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, inspect, text


@pytest.mark.parametrize("kind", ["sqlite_url", "postgres_url"])
def test_a_database_is_empty_and_takes_vietnamese(
    kind: str, request: pytest.FixtureRequest
) -> None:
    engine = create_engine(request.getfixturevalue(kind))
    try:
        assert inspect(engine).get_table_names() == []
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE person (name TEXT)"))
            connection.execute(text("INSERT INTO person VALUES ('Đặng Thị Ngọc Ánh')"))
            name = connection.execute(text("SELECT name FROM person")).scalar_one()
        assert name == "Đặng Thị Ngọc Ánh"
    finally:
        engine.dispose()


def test_postgresql_is_15_or_newer(postgres_url: str) -> None:
    engine = create_engine(postgres_url)
    try:
        with engine.connect() as connection:
            version = connection.execute(text("SHOW server_version_num")).scalar_one()
        assert int(version) >= 150000
    finally:
        engine.dispose()
