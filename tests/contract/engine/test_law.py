"""Rows of law in the database: loaded once, kept by revision, a province's own rows left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.commands.load_law import LoadLaw
from engine.dispatch import CommandEngine
from engine.domain.actors import SYSTEM
from engine.domain.law import LawBook, LawRow
from engine.errors import InvalidInput
from engine.testing import TESTER

DAY = LawRow(
    kind="holiday",
    id="2026-11-24",
    body={"date": "2026-11-24", "name": {"vi": "Ngày Văn hoá"}},
    source="28/2026/QH16",
    verified=True,
)
LATER = replace(DAY, effective_from=date(2027, 1, 1), verified=False)


def load(engine: CommandEngine, *rows: LawRow) -> object:
    return engine.execute(LoadLaw(rows=rows), TESTER).result["kinds"]


def builds(book: LawBook) -> list[int]:
    return [book.revision]


def test_second_run_changes_nothing(engine: CommandEngine) -> None:
    assert load(engine, DAY, LATER) == {"holiday": {"added": 2}}
    before = engine.law()

    assert load(engine, DAY, LATER) == {"holiday": {"same": 2}}
    assert engine.law() is before
    assert load(engine, DAY, replace(LATER, verified=True)) == {
        "holiday": {"same": 1, "changed": 1}
    }
    assert engine.law().revision == before.revision + 1


def test_version_in_force_and_what_was_derived(engine: CommandEngine) -> None:
    load(engine, DAY, LATER)
    book = engine.law()

    assert book.get("holiday", "2026-11-24", date(2026, 12, 31)) == DAY
    assert book.derived(builds) is book.derived(builds)


def test_rows_written_by_route_stay(engine: CommandEngine) -> None:
    own = replace(DAY, id="2026-12-01")
    with engine.store.unit_of_work(SYSTEM) as uow:
        uow.law.put([own], "route")
        uow.commit()

    assert load(engine, replace(own, verified=False)) == {"holiday": {"kept": 1}}
    assert engine.law().get("holiday", "2026-12-01", date(2026, 1, 1)) == own


def test_what_is_rolled_back_is_not_remembered(engine: CommandEngine) -> None:
    before = engine.law()
    with engine.store.unit_of_work(SYSTEM) as uow:
        uow.law.put([replace(DAY, id="1999-01-01")], "file")
        assert uow.law.book().versions("holiday", "1999-01-01")

    assert engine.law() is before


def test_one_row_twice_is_refused(engine: CommandEngine) -> None:
    with pytest.raises(InvalidInput, match="more than once"):
        load(engine, DAY, DAY)
