"""The law of the day of acceptance applies, and stays when a new version comes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.commands.accept_filing import AcceptFiling
from engine.commands.deploy_resources import DeployResources
from engine.commands.file_dossier import FileDossier
from engine.commands.take_step import TakeStep
from engine.domain.actors import Actor
from engine.domain.dossier import PersonRecord
from engine.errors import NotFound
from engine.testing import TESTER
from tests.contract.dossier.counter import HOME, RECEPTION, Counter, procedure
from tests.contract.engine.models import end, process, start, user_task

MODEL = process("versioned", [start(), user_task("a", "specialist@ubnd-20242"), end()],
                ["start a", "a end"])  # fmt: skip
BEFORE = datetime(2027, 2, 26, 2, tzinfo=UTC)
AFTER = datetime(2027, 3, 1, 2, tzinfo=UTC)
DATES = {"2026-07-01": "15WD", "2027-03-01": "10WD"}


@pytest.fixture(autouse=True)
def _deployed(counter: Counter) -> None:
    for applies_from, term in DATES.items():
        facts = procedure("9.000021", "versioned", deadline={"statutory": [{"term": term}]})
        command = DeployResources(
            resources=(MODEL,),
            procedure_code="9.000021",
            applies_from=applies_from,
            procedure=facts,
        )
        counter.driver.engine.execute(command, TESTER)


def row(counter: Counter, key: object) -> tuple[object, object]:
    found = counter.driver.engine.views.get("dossier", TESTER, int(str(key)))
    assert found is not None
    return found["applies_from"], found["term"]


def test_the_day_of_acceptance_decides_and_a_supplement_keeps_it(counter: Counter) -> None:
    counter.driver.pin(BEFORE)
    old = counter.receive(code="9.000021")
    ask = TakeStep(
        code=str(old["code"]),
        step="supplement",
        reason="thiếu",
        answer_by=datetime(2027, 4, 1, tzinfo=UTC),
    )
    counter.driver.engine.execute(ask, RECEPTION)

    counter.driver.pin(AFTER)
    new = counter.receive(code="9.000021")
    answered = TakeStep(code=str(old["code"]), step="supplement-answered")
    counter.driver.engine.execute(answered, RECEPTION)

    assert row(counter, old["key"]) == ("2026-07-01", "15WD")
    assert row(counter, new["key"]) == ("2027-03-01", "10WD")


def test_filed_before_and_accepted_after_takes_the_new_law(counter: Counter) -> None:
    engine = counter.driver.engine
    portal = Actor(name="portal", roles=frozenset({"integrator"}))
    code = "P-version"
    counter.driver.pin(BEFORE)
    filing = FileDossier(
        portal_code=code,
        procedure_code="9.000021",
        reception_point=HOME,
        applicant=PersonRecord(name="Trần Thị Mùa", id_number="048100000021"),
        facts={"residence": HOME},
    )
    engine.execute(filing, portal)
    counter.driver.pin(AFTER)

    made = engine.execute(AcceptFiling(portal_code=code), RECEPTION).result

    assert row(counter, made["key"]) == ("2027-03-01", "10WD")


def test_before_the_first_date_there_is_no_law(counter: Counter) -> None:
    counter.driver.pin(datetime(2026, 6, 30, 2, tzinfo=UTC))
    with pytest.raises(NotFound) as refused:
        counter.receive(code="9.000021")
    counter.driver.pin(BEFORE)

    assert refused.value.reason == "procedure-unknown"
