"""Receiving: who may, what is refused before anything is stored, what the citizen gets."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.commands.receive_dossier import ReceiveDossier
from engine.commands.start_instance import StartInstance
from engine.domain.dossier import PersonRecord
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound
from engine.ports.engine import Idempotency
from engine.ports.views import Condition, Query
from engine.testing import TESTER
from tests.contract.dossier.counter import (
    APPLICANT,
    HOME,
    NEIGHBOUR,
    OTHER,
    RECEPTION,
    SIGNER,
    SPECIALIST,
    STRANGER,
    THIRD,
    Counter,
)

MORNING = datetime(2026, 11, 23, 2, tzinfo=UTC)


def _count(counter: Counter, noun: str = "dossier") -> int:
    return counter.driver.engine.views.search(noun, TESTER, Query()).total  # type: ignore[arg-type]


def _by_code(counter: Counter, code: object, actor: object = TESTER) -> tuple[object, ...]:
    where = (Condition(field="code", op="eq", value=code),)
    return counter.driver.engine.views.search("dossier", actor, Query(where=where)).items  # type: ignore[arg-type]


def test_code_dates_and_process_come_together(counter: Counter) -> None:
    counter.driver.pin(MORNING)
    made = counter.receive()

    (row,) = _by_code(counter, made["code"])
    assert str(made["code"]).startswith("H17.02-261123-")
    assert row["status"] == 2  # type: ignore[index]
    assert row["procedure_code"] == "9.000001"  # type: ignore[index]
    assert row["statutory_due_at"] == datetime(2026, 11, 27, 10, tzinfo=UTC)  # type: ignore[index]
    assert row["key"] == made["key"]  # type: ignore[index]
    instance = counter.driver.engine.views.get("process_instance", TESTER, int(str(made["key"])))
    assert instance is not None
    assert instance["business_id"] == instance["dossier_code"] == made["code"]
    assert instance["root_key"] == made["key"]
    assert instance["unit_id"] == f"48/{HOME}/"


def test_tasks_carry_the_dossier_code(counter: Counter) -> None:
    made = counter.receive()
    where = (Condition(field="root_key", op="eq", value=made["key"]),)

    rows = counter.driver.engine.views.search("user_task", SPECIALIST, Query(where=where)).items

    assert [row["dossier_code"] for row in rows] == [made["code"]]


def test_the_secret_is_shown_once(counter: Counter) -> None:
    engine = counter.driver.engine
    command = counter_command()
    key = Idempotency(key=f"slip-{engine.settings.database_url}", body_hash="x")

    first = engine.execute(command, RECEPTION, key)
    again = engine.execute(command, RECEPTION, key)

    assert len(str(first.result["once_secret"])) == 6
    assert again.replayed
    assert again.result["code"] == first.result["code"]
    assert "once_secret" not in again.result


def counter_command() -> object:
    return ReceiveDossier(
        procedure_code="9.000001",
        reception_point=f"rp-{HOME}",
        applicant=APPLICANT,
        facts={"residence": HOME},
    )


def test_any_counter_of_the_province_receives_for_the_one_that_decides(counter: Counter) -> None:
    made = counter.receive(NEIGHBOUR, at=OTHER)

    (row,) = _by_code(counter, made["code"])
    assert made["competent_agency"] == f"ubnd-{HOME}"
    assert (row["unit_id"], row["receiving_unit"]) == (f"48/{HOME}/", f"48/{OTHER}/")  # type: ignore[index]
    assert len(_by_code(counter, made["code"], NEIGHBOUR)) == 1
    assert len(_by_code(counter, made["code"], SPECIALIST)) == 1
    assert _by_code(counter, made["code"], STRANGER) == ()


@pytest.mark.parametrize(
    ("by", "code", "at", "facts", "error", "reason"),
    [
        (STRANGER, "9.000001", THIRD, {"residence": HOME}, Conflict, "other-province"),
        (NEIGHBOUR, "9.000003", OTHER, {"place": HOME}, Conflict, "excluded-land"),
        (NEIGHBOUR, "9.000001", HOME, {"residence": HOME}, Forbidden, "not-your-counter"),
        (SPECIALIST, "9.000001", HOME, {"residence": HOME}, Forbidden, "not-your-counter"),
        (RECEPTION, "9.000001", HOME, {}, InvalidInput, "fact-missing"),
        (RECEPTION, "9.999999", HOME, {}, NotFound, "procedure-unknown"),
        (RECEPTION, "9.000001", "99999", {}, NotFound, "reception-point-unknown"),
        (RECEPTION, "9.000001", HOME, {"residence": "99999"}, InvalidInput, "fact-missing"),
    ],
)
def test_a_refusal_stores_nothing(
    counter: Counter, by: object, code: str, at: str, facts: object, error: type, reason: str
) -> None:
    newcomer = PersonRecord(name="Người Lạ", id_number="000000000099")
    before = (_count(counter), _count(counter, "process_instance"))

    with pytest.raises(error) as refused:
        counter.receive(by, code, at, newcomer, facts)  # type: ignore[arg-type]

    assert refused.value.reason == reason
    assert "Người Lạ" not in str(refused.value)
    assert (_count(counter), _count(counter, "process_instance")) == before


def test_an_excluded_dossier_is_sealed_to_its_own_unit(counter: Counter) -> None:
    made = counter.receive(RECEPTION, "9.000003", facts={"place": HOME})

    assert len(_by_code(counter, made["code"], RECEPTION)) == 1
    assert len(_by_code(counter, made["code"], SIGNER)) == 1
    for other in (NEIGHBOUR, STRANGER, TESTER):
        assert _by_code(counter, made["code"], other) == ()


def test_a_procedure_starts_at_the_counter_only(counter: Counter) -> None:
    with pytest.raises(Conflict) as refused:
        counter.driver.engine.execute(StartInstance(process_id="simple"), TESTER)

    assert refused.value.reason == "use-counter"


def test_the_same_person_is_one_row(counter: Counter) -> None:
    first, second = counter.receive(), counter.receive()
    renamed = counter.receive(
        applicant=PersonRecord(name="Tên Khác", id_kind="cccd", id_number=APPLICANT.id_number)
    )

    keys = [_by_code(counter, made["code"])[0]["applicant_key"]  # type: ignore[index]
            for made in (first, second, renamed)]  # fmt: skip
    assert keys[0] == keys[1] != keys[2]


def test_the_chain_tells_all_and_no_name(counter: Counter) -> None:
    made = counter.receive()
    where = (Condition(field="root_key", op="eq", value=made["key"]),)

    events = counter.driver.engine.views.search("event", TESTER, Query(where=where)).items

    told = [event["type"] for event in events]
    assert [type for type in told if ".dossier." in type][:2] == [
        "motcua.dossier.opened.v1",
        "motcua.dossier.accepted.v1",
    ]
    assert not any("Hạnh" in str(event["payload"]) for event in events)
    assert not any("048190001234" in str(event["payload"]) for event in events)
