"""Two communes become one: open dossiers, tasks and people move; what happened stays."""

from __future__ import annotations

from datetime import date

import pytest

from engine.commands.complete_task import CompleteTask
from engine.commands.deploy_resources import DeployResources
from engine.commands.merge_units import MergeUnits
from engine.dispatch import CommandEngine
from engine.domain.actors import SYSTEM, Actor
from engine.domain.dossier import PersonRecord
from engine.domain.organisation import present_units
from engine.errors import Conflict, InvalidInput, NotFound
from engine.packages.law.load import load_own
from engine.packages.merging import merge
from engine.ports.views import Condition, Query
from engine.store.doctor import examine
from engine.testing import TESTER
from tests.contract.dossier.counter import Counter, clerk, procedure
from tests.contract.engine.models import end, process, start, user_task

OLD, NEW = "20257", "20242"
DECISION = "99/NQ-UBTVQH16"
BOSS = Actor(name="admin", roles=frozenset({"admin"}))


MOVING = process(
    "moving",
    [
        start(),
        user_task("appraise", "=[&quot;specialist@&quot; + dossier.agency]"),
        user_task("sign", "=[&quot;signer@&quot; + dossier.agency]"),
        end(),
    ],
    ["start appraise", "appraise sign", "sign end"],
)


@pytest.fixture(scope="module", autouse=True)
def moving(engine: CommandEngine) -> None:
    facts = procedure("9.000004", "moving")
    engine.execute(
        DeployResources(
            resources=(MOVING,),
            procedure_code="9.000004",
            applies_from="2025-07-01",
            procedure=facts,
        ),
        TESTER,
    )


def today(engine: CommandEngine) -> date:
    with engine.store.reading(SYSTEM) as uow:
        return uow.now.astimezone(engine.settings.zone).date()


def command(engine: CommandEngine, **more: object) -> MergeUnits:
    about: dict[str, object] = {
        "units": (OLD,), "into": NEW, "on": today(engine), "decision": DECISION, "source": "thử",
    }  # fmt: skip
    return MergeUnits(**{**about, **more})  # type: ignore[arg-type]  # tests give what the field takes


def row(engine: CommandEngine, noun: str, by: Actor, **where: object) -> dict[str, object]:
    conditions = tuple(Condition(field=f, op="eq", value=v) for f, v in where.items())
    (found,) = engine.views.search(noun, by, Query(where=conditions)).items  # type: ignore[arg-type]
    return dict(found)


def test_open_dossier_moves_with_its_task_and_keeps_what_the_citizen_holds(
    counter: Counter, engine: CommandEngine
) -> None:
    old_reception, new_specialist = clerk(OLD, "48", "reception"), clerk(NEW, "48", "specialist")
    someone = PersonRecord(name="Người Dân", id_number="048190007777")
    facts = {"residence": OLD}
    made = counter.receive(old_reception, "9.000004", OLD, someone, facts)
    key = int(str(made["key"]))
    before = row(engine, "dossier", BOSS, key=key)
    events = engine.views.search("event", TESTER, Query(limit=1000)).items

    lines = list(merge(engine, TESTER, command(engine)))

    assert lines[-1].startswith("1 open")
    after = row(engine, "dossier", clerk(NEW, "48", "reception"), key=key)
    assert after["code"] == before["code"] == made["code"]
    assert (after["agency"], after["unit_id"]) == (f"ubnd-{NEW}", f"48/{NEW}/")
    assert after["committed_due_at"] == before["committed_due_at"]
    assert after["accepted_at"] == before["accepted_at"]
    later = engine.views.search("event", TESTER, Query(limit=1000)).items
    assert {e["hash"] for e in events} <= {e["hash"] for e in later}

    task = row(engine, "user_task", new_specialist, root_key=key, state="CREATED")
    assert task["candidate_groups"] == [f"specialist@ubnd-{NEW}"]
    engine.execute(CompleteTask(key=int(str(task["key"]))), new_specialist)
    signer = clerk(NEW, "48", "signer")
    next_task = row(engine, "user_task", signer, root_key=key, state="CREATED")
    assert next_task["candidate_groups"] == [f"signer@ubnd-{NEW}"]


def test_second_run_moves_nothing_and_the_doctor_finds_nothing(engine: CommandEngine) -> None:
    lines = list(merge(engine, TESTER, command(engine)))

    assert lines[0] == "0 rows of law, 0 accounts moved"
    assert lines[1:] == ["0 open dossiers and processes moved in all"]
    troubles = examine(engine.settings).troubles
    assert [str(each) for each in troubles if each.severity == "error"] == []


def test_old_code_on_a_paper_leads_to_the_new_unit(engine: CommandEngine) -> None:
    day = today(engine)
    (unit,) = present_units(engine.law(), OLD, date(2026, 1, 1), day)

    assert unit.code == NEW
    list(load_own(engine, TESTER))
    assert engine.law().find("unit", OLD, day) is None
    assert engine.law().get("unit", OLD, date(2026, 1, 1)).text("name") == "Phường Hòa Cường"


def test_reception_at_a_counter_of_a_merged_unit_is_the_new_units(
    counter: Counter, engine: CommandEngine
) -> None:
    someone = PersonRecord(name="Người Khác", id_number="048190008888")

    made = counter.receive(
        clerk(NEW, "48", "reception"), at=f"rp-{OLD}", applicant=someone, facts={"residence": OLD}
    )

    assert made["competent_agency"] == f"ubnd-{NEW}"


@pytest.mark.parametrize(
    ("change", "error", "code"),
    [
        ({"on": date(2031, 1, 1)}, Conflict, "merger-early"),
        ({"units": ("99999",)}, NotFound, "unit-unknown"),
        ({"units": ("48",)}, InvalidInput, "merger-tier"),
        ({"into": "99999", "units": ("20335",)}, NotFound, "law-unknown"),
        ({"decision": ""}, InvalidInput, "decision-missing"),
    ],
)
def test_merger_that_cannot_be(
    engine: CommandEngine, change: dict[str, object], error: type[Exception], code: str
) -> None:
    with pytest.raises(error) as refusal:
        engine.execute(command(engine, **change), TESTER)

    assert refusal.value.reason == code  # type: ignore[attr-defined]  # of our own errors
