"""``motcua:route``: the group of the competent agency, moves when a fact changes, skills."""

from __future__ import annotations

import json
from datetime import date

import pytest

from engine.commands.complete_task import CompleteTask
from engine.commands.deploy_resources import DeployResources
from engine.commands.provision_accounts import AccountSpec, ProvisionAccounts
from engine.dispatch import CommandEngine
from engine.domain.actors import Actor
from engine.domain.dossier import PersonRecord
from engine.domain.skills import Skill
from engine.ports.views import Condition, Query
from engine.store.doctor import examine
from engine.testing import TESTER
from tests.contract.dossier.counter import HOME, RECEPTION, Counter, clerk, procedure
from tests.contract.engine.models import built_in, end, process, start, user_task

OTHER = "20950"
BOSS = Actor(name="admin", roles=frozenset({"admin"}))
WORKING = user_task("work", "=[&quot;specialist@&quot; + dossier.agency]")
GROUPED = user_task("appraise", "=[routing.group]")
FACTS = "{residence: newHome}"

MOVING = process(
    "moving-by-facts",
    [start(), WORKING, built_in("route", "motcua:route", {"facts": FACTS}), GROUPED, end()],
    ["start work", "work route", "route appraise", "appraise end"],
)
SKILLED = process(
    "by-skill",
    [start(), built_in("route", "motcua:route", {"skill": "radiation"}), GROUPED, end()],
    ["start route", "route appraise", "appraise end"],
)
FREE = process(
    "without-dossier",
    [
        start(),
        built_in("route", "motcua:route", {"procedure": "=code", "at": "20242", "facts": "facts"}),
        GROUPED,
        end(),
    ],
    ["start route", "route appraise", "appraise end"],
)


@pytest.fixture(scope="module", autouse=True)
def routed(engine: CommandEngine) -> None:
    for code, model in (("9.000021", MOVING), ("9.000022", SKILLED)):
        engine.execute(
            DeployResources(
                resources=(model,),
                procedure_code=code,
                applies_from="2025-07-01",
                procedure=procedure(code, model[0].removesuffix(".bpmn")),
            ),
            TESTER,
        )
    engine.execute(DeployResources(resources=(FREE,)), TESTER)


def rows(engine: CommandEngine, noun: str, by: Actor, **where: object) -> list[dict[str, object]]:
    conditions = tuple(Condition(field=f, op="eq", value=v) for f, v in where.items())
    found = engine.views.search(noun, by, Query(where=conditions))  # type: ignore[arg-type]
    return [dict(each) for each in found.items]


def received(counter: Counter, code: str, number: str) -> int:
    someone = PersonRecord(name="Người Dân", id_number=number)
    made = counter.receive(RECEPTION, code, HOME, someone, {"residence": HOME})
    counter.driver.engine.run_due()
    return int(str(made["key"]))


def open_groups(engine: CommandEngine, key: int) -> object:
    (task,) = rows(engine, "user_task", BOSS, root_key=key, state="CREATED")
    return task["candidate_groups"]


def test_dossier_moves_when_a_fact_changes(counter: Counter, engine: CommandEngine) -> None:
    key = received(counter, "9.000021", "048190002101")
    (task,) = rows(engine, "user_task", clerk(HOME, "48", "specialist"), root_key=key)
    command = CompleteTask(key=int(str(task["key"])), variables={"newHome": OTHER})

    engine.execute(command, clerk(HOME, "48", "specialist"))
    engine.run_due()

    there = clerk(OTHER, "48", "specialist")
    (moved,) = rows(engine, "user_task", there, root_key=key, state="CREATED")
    assert moved["candidate_groups"] == [f"specialist@ubnd-{OTHER}"]
    assert rows(engine, "user_task", clerk(HOME, "48", "specialist"), key=moved["key"]) == []
    (dossier,) = rows(engine, "dossier", BOSS, key=key)
    assert (dossier["agency"], dossier["unit_id"]) == (f"ubnd-{OTHER}", f"48/{OTHER}/")
    assert dossier["receiving_unit"] == f"48/{HOME}/"
    types = [row["type"] for row in rows(engine, "event", TESTER, root_key=key)]
    assert "motcua.instance.rehomed.v1" in types
    troubles = examine(engine.settings).troubles
    assert [str(each) for each in troubles if each.severity == "error"] == []


def test_nobody_skilled_means_the_province_is_asked(
    counter: Counter, engine: CommandEngine
) -> None:
    key = received(counter, "9.000022", "048190002201")

    (variable,) = rows(engine, "variable", BOSS, root_key=key, name="routing")
    routing = json.loads(str(variable["value"]))
    assert routing["skilled"] is False
    assert routing["consult"].startswith("so-")
    assert open_groups(engine, key) == [f"specialist@{routing['consult']}"]


def test_skilled_person_of_the_unit_is_offered_the_task(
    counter: Counter, engine: CommandEngine
) -> None:
    group = f"specialist@ubnd-{HOME}"
    spec = AccountSpec(
        name="skilled",
        display_name="Người được đào tạo",
        unit_id=f"48/{HOME}/",
        roles=frozenset({"clerk"}),
        groups=(group,),
        skills=(Skill("radiation", date(2020, 1, 1)),),
    )
    engine.execute(ProvisionAccounts(accounts=(spec,)), TESTER)

    key = received(counter, "9.000022", "048190002202")

    assert open_groups(engine, key) == [f"specialist+radiation@ubnd-{HOME}"]
    plain = clerk(HOME, "48", "specialist")
    assert rows(engine, "user_task", plain, root_key=key, state="CREATED") == []


@pytest.mark.parametrize(
    ("code", "facts", "group"),
    [
        ("1.004873", {"residence": OTHER}, f"specialist@ubnd-{OTHER}"),
        ("2.000815", {}, "specialist@ubnd-20242"),
        ("2.002380", {}, "specialist@so-khcn-48"),
    ],
)
def test_process_without_a_dossier_is_told_the_group(
    counter: Counter, engine: CommandEngine, code: str, facts: dict[str, str], group: str
) -> None:
    story = counter.driver.start("without-dossier", code=code, facts=facts)
    engine.run_due()

    assert open_groups(engine, story.key) == [group]


@pytest.mark.parametrize(
    ("code", "facts", "error"),
    [
        ("1.004873", {"residence": "00070"}, "UNHANDLED_ERROR_EVENT"),
        ("1.013949", {"place": OTHER}, "UNHANDLED_ERROR_EVENT"),
        ("1.004873", {}, "JOB_NO_RETRIES"),
        ("9.999999", {}, "JOB_NO_RETRIES"),
    ],
)
def test_what_cannot_be_routed_is_an_incident_and_never_silent(
    counter: Counter, engine: CommandEngine, code: str, facts: dict[str, str], error: str
) -> None:
    story = counter.driver.start("without-dossier", code=code, facts=facts)
    engine.run_due()

    assert story.incidents() == [error]
