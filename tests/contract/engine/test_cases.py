"""The conformance cases on a whole engine, and a doctor who finds nothing afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.dispatch import CommandEngine
from engine.settings import Settings
from engine.store.database import Database
from engine.store.doctor import examine
from tests.conformance.case import Case, every_case
from tests.conformance.play import play
from tests.contract.engine.case_driver import CaseDriver

READY = [case for case in every_case() if case.pending is None and case.refused is None]
# The runtime alone plays them all; here a part of them shows that the store keeps its word.
SOME = READY[::16]


@pytest.fixture(scope="module")
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url)
    yield made
    made.dispose()


@pytest.mark.parametrize("case", SOME, ids=lambda case: case.name)
def test_a_case_on_the_whole_engine(engine: CommandEngine, database: Database, case: Case) -> None:
    driver = CaseDriver(engine, database)
    play(case, driver)
    driver.close()


@pytest.mark.slow
@pytest.mark.parametrize("case", READY, ids=lambda case: case.name)
def test_every_case_on_the_whole_engine(
    engine: CommandEngine, database: Database, case: Case
) -> None:
    driver = CaseDriver(engine, database)
    play(case, driver)
    driver.close()


def test_the_doctor_finds_every_row_accounted_for(engine: CommandEngine, database_url: str) -> None:
    assert engine.seal() > 0
    diagnosis = examine(Settings(database_url=database_url, test=True))

    assert [t for t in diagnosis.troubles if t.severity == "error"] == []
    assert diagnosis.roots > len(SOME) / 2
