"""Filings of the portal: repeated, out of order, accepted later, asked, refused, never twice."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from engine.commands.accept_filing import AcceptFiling
from engine.commands.file_dossier import FileDossier
from engine.commands.take_step import TakeStep
from engine.dispatch import CommandEngine
from engine.domain.actors import Actor
from engine.domain.dossier import PersonRecord
from engine.errors import Conflict, Forbidden, NotFound
from engine.ports.views import Condition, Query
from engine.testing import TESTER
from tests.contract.dossier.counter import (
    HOME,
    NEIGHBOUR,
    RECEPTION,
    STRANGER,
    Counter,
)

PORTAL = Actor(name="portal", roles=frozenset({"integrator"}), kind="client")
NIGHT = datetime(2026, 11, 22, 16, tzinfo=UTC)
MORNING = datetime(2026, 11, 23, 1, tzinfo=UTC)
_numbers = iter(range(10_000))


def filing(code: str, **more: object) -> FileDossier:
    person = PersonRecord(name="Lê Văn Đức", id_number=f"0481{next(_numbers):08}")
    given: dict[str, object] = {
        "portal_code": code,
        "procedure_code": "9.000001",
        "reception_point": HOME,
        "applicant": person,
        "submitted_at": NIGHT,
        "facts": {"residence": HOME},
    }
    return FileDossier(**(given | more))  # type: ignore[arg-type]  # as the tests give it


def row(engine: CommandEngine, portal_code: str) -> Mapping[str, object]:
    where = (Condition(field="portal_code", op="eq", value=portal_code),)
    (found,) = engine.views.search("dossier", TESTER, Query(where=where)).items
    return found


@pytest.fixture
def code(engine: CommandEngine) -> str:
    return f"P-{next(_numbers)}-{'s' if 'sqlite' in engine.settings.database_url else 'p'}"


def test_a_filing_waits_and_is_accepted_the_next_morning(
    counter: Counter, engine: CommandEngine, code: str
) -> None:
    counter.driver.pin(NIGHT)
    engine.execute(filing(code), PORTAL)
    waiting = row(engine, code)
    assert (waiting["status"], waiting["code"], waiting["channel"]) == (1, None, "online")
    assert engine.views.get("process_instance", TESTER, int(str(waiting["key"]))) is None

    counter.driver.pin(MORNING)
    made = engine.execute(AcceptFiling(portal_code=code), RECEPTION).result

    done = row(engine, code)
    assert made["key"] == waiting["key"] == done["key"]
    assert (done["status"], done["code"]) == (2, made["code"])
    assert (done["submitted_at"], done["accepted_at"]) == (NIGHT, MORNING)
    instance = engine.views.get("process_instance", TESTER, int(str(made["key"])))
    assert instance is not None
    assert instance["business_id"] == made["code"]
    with pytest.raises(Conflict) as again:
        engine.execute(AcceptFiling(portal_code=code), RECEPTION)
    assert again.value.reason == "already-accepted"


def test_repeated_and_out_of_order(engine: CommandEngine, code: str) -> None:
    person = PersonRecord(name="Lê Văn Đức", id_number="048099999999")
    later = NIGHT + timedelta(hours=2)
    first = engine.execute(
        filing(code, submitted_at=later, applicant=person, answers={"n": 2}), PORTAL
    ).result
    late = engine.execute(filing(code, applicant=person, answers={"n": 1}), PORTAL).result
    newest = later + timedelta(hours=1)
    third = engine.execute(
        filing(code, submitted_at=newest, applicant=person, answers={"n": 3}), PORTAL
    ).result

    assert [each["known"] for each in (first, late, third)] == [False, True, True]
    assert len({each["key"] for each in (first, late, third)}) == 1
    assert row(engine, code)["submitted_at"] == newest
    made = engine.execute(AcceptFiling(portal_code=code), RECEPTION).result
    again = engine.execute(filing(code, submitted_at=newest + timedelta(hours=9)), PORTAL).result
    assert (again["known"], again["code"]) == (True, made["code"])
    assert row(engine, code)["submitted_at"] == newest


def test_many_at_once_are_one_dossier(engine: CommandEngine, code: str) -> None:
    command = filing(code)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: engine.execute(command, PORTAL).result, range(8)))

    assert len({each["key"] for each in found}) == 1
    assert [each["known"] for each in found].count(False) == 1


def test_asking_and_refusing_before_acceptance(engine: CommandEngine, code: str) -> None:
    engine.execute(filing(code), PORTAL)
    until = datetime(2027, 1, 1, tzinfo=UTC)
    ask = TakeStep(code=code, step="supplement", reason="thiếu ảnh", answer_by=until)
    assert engine.execute(ask, RECEPTION).result["status"] == 5
    with pytest.raises(Conflict) as early:
        engine.execute(AcceptFiling(portal_code=code), RECEPTION)
    answered = TakeStep(code=code, step="supplement-answered")
    assert engine.execute(answered, PORTAL).result["status"] == 1
    refused = TakeStep(code=code, step="not-accepted", reason="không thuộc thẩm quyền")

    assert early.value.reason == "status-illegal"
    assert engine.execute(refused, RECEPTION).result["status"] == 3
    assert row(engine, code)["closed_at"] is not None
    with pytest.raises(Conflict):
        engine.execute(AcceptFiling(portal_code=code), RECEPTION)


def test_the_same_person_at_the_counter_is_not_counted_twice(
    counter: Counter, engine: CommandEngine, code: str
) -> None:
    person = PersonRecord(name="Hoàng Thị Én", id_number=f"0482{next(_numbers):08}")
    engine.execute(filing(code, applicant=person), PORTAL)

    with pytest.raises(Conflict) as refused:
        counter.receive(applicant=person)
    assert refused.value.reason == "waits-in-inbox"
    assert code in str(refused.value)
    engine.execute(AcceptFiling(portal_code=code), RECEPTION)

    where = (Condition(field="applicant_name", op="eq", value="Hoàng Thị Én"),)
    assert engine.views.search("dossier", TESTER, Query(where=where)).total == 1
    assert counter.receive(applicant=person)["code"]


def test_strangers_neither_see_nor_accept(engine: CommandEngine, code: str) -> None:
    engine.execute(filing(code), PORTAL)
    where = (Condition(field="portal_code", op="eq", value=code),)

    for other in (STRANGER, NEIGHBOUR):
        assert engine.views.search("dossier", other, Query(where=where)).total == 0
        with pytest.raises(NotFound):
            engine.execute(AcceptFiling(portal_code=code), other)
    with pytest.raises(Forbidden):
        engine.execute(filing(code), RECEPTION)


def test_an_excluded_filing_elsewhere_is_not_stored(engine: CommandEngine, code: str) -> None:
    wrong = filing(code, procedure_code="9.000003", reception_point="20200", facts={"place": HOME})

    with pytest.raises(Conflict) as refused:
        engine.execute(wrong, PORTAL)

    assert refused.value.reason == "excluded-land"
    where = (Condition(field="portal_code", op="eq", value=code),)
    assert engine.views.search("dossier", TESTER, Query(where=where)).total == 0
