"""Jobs and diagrams set the portal's codes; what the table forbids becomes no status."""

from __future__ import annotations

import pytest

from engine.commands.complete_task import CompleteTask
from engine.commands.deploy_resources import DeployResources
from engine.commands.take_step import TakeStep
from engine.errors import Conflict
from engine.ports.views import Condition, Query
from engine.testing import TESTER
from tests.contract.dossier.counter import RECEPTION, SIGNER, SPECIALIST, Counter, procedure
from tests.contract.engine.models import end, process, start, user_task


def set_status(node: str, status: int) -> str:
    return (
        f'<bpmn:serviceTask id="{node}"><bpmn:extensionElements>'
        '<zeebe:taskDefinition type="motcua:set-status" retries="1"/><zeebe:taskHeaders>'
        f'<zeebe:header key="status" value="{status}"/></zeebe:taskHeaders>'
        "</bpmn:extensionElements></bpmn:serviceTask>"
    )


JOBS = process(
    "by-jobs",
    [
        start(),
        set_status("four", 4),
        user_task("work", "specialist@ubnd-20242"),
        set_status("ten", 10),
        end(),
    ],
    ["start four", "four work", "work ten", "ten end"],
)
DRAWN = process(
    "drawn",
    [
        start(),
        user_task("ask", "reception@ubnd-20242"),
        user_task("work", "specialist@ubnd-20242"),
        user_task("give", "reception@ubnd-20242"),
        end(),
    ],
    ["start ask", "ask work", "work give", "give end"],
)


@pytest.fixture(autouse=True)
def _deployed(counter: Counter) -> None:
    for code, model, more in (
        ("9.000011", JOBS, {}),
        ("9.000012", DRAWN, {"portal": {"ask": 5, "work": 4, "give": 9, "end": 10}}),
        ("9.000013", ("wrong.bpmn", DRAWN[1].replace(b'"drawn"', b'"wrong"')),
         {"portal": {"work": 4, "give": 10}}),
    ):  # fmt: skip
        facts = procedure(code, model[0].removesuffix(".bpmn"), **more)  # type: ignore[arg-type]
        counter.driver.engine.execute(
            DeployResources(
                resources=(model,),
                procedure_code=code,
                applies_from="2025-07-01",
                procedure=facts,
            ),
            TESTER,
        )


def status(counter: Counter, key: object) -> object:
    found = counter.driver.engine.views.get("dossier", TESTER, int(str(key)))
    assert found is not None
    return found["status"]


def complete(counter: Counter, key: object, element: str, by: object) -> None:
    where = (
        Condition(field="root_key", op="eq", value=key),
        Condition(field="element_id", op="eq", value=element),
        Condition(field="state", op="eq", value="CREATED"),
    )
    (task,) = counter.driver.engine.views.search("user_task", TESTER, Query(where=where)).items
    counter.driver.engine.execute(CompleteTask(key=int(str(task["key"]))), by)  # type: ignore[arg-type]


def test_a_job_sets_what_the_table_allows_and_parks_on_what_it_forbids(counter: Counter) -> None:
    engine = counter.driver.engine
    made = counter.receive(code="9.000011")
    engine.run_due()
    assert status(counter, made["key"]) == 4

    complete(counter, made["key"], "work", SPECIALIST)
    engine.run_due()

    assert status(counter, made["key"]) == 4
    where = (
        Condition(field="root_key", op="eq", value=made["key"]),
        Condition(field="state", op="eq", value="ACTIVE"),
    )
    (incident,) = engine.views.search("incident", TESTER, Query(where=where)).items
    assert incident["element_id"] == "ten"
    assert "cannot become 10" in str(incident["message"])


def test_the_status_follows_the_diagram(counter: Counter) -> None:
    made = counter.receive(code="9.000012")
    seen = [status(counter, made["key"])]
    for element, by in (("ask", RECEPTION), ("work", SPECIALIST), ("give", RECEPTION)):
        complete(counter, made["key"], element, by)
        seen.append(status(counter, made["key"]))

    assert seen == [5, 4, 9, 10]
    where = (Condition(field="root_key", op="eq", value=made["key"]),)
    steps = counter.driver.engine.views.search("dossier_step", TESTER, Query(where=where)).items
    # The table knows no way from 5 to 4 for a dossier of stage 2, so it goes back first.
    assert [step["status"] for step in steps] == [5, 2, 4, 9, 10]


def test_an_illegal_code_of_a_diagram_refuses_the_command(counter: Counter) -> None:
    made = counter.receive(code="9.000013")
    complete(counter, made["key"], "ask", RECEPTION)

    with pytest.raises(Conflict) as refused:
        complete(counter, made["key"], "work", SPECIALIST)

    assert refused.value.reason == "status-illegal"
    assert status(counter, made["key"]) == 4


def test_people_do_not_set_what_the_diagram_sets(counter: Counter) -> None:
    made = counter.receive(code="9.000012")
    code = str(made["code"])

    with pytest.raises(Conflict) as refused:
        counter.driver.engine.execute(TakeStep(code=code, step="supplement-answered"), RECEPTION)
    stopped = TakeStep(code=code, step="withdrawal", reason="x")
    with pytest.raises(Conflict):
        counter.driver.engine.execute(stopped, RECEPTION)

    assert refused.value.reason == "process-sets-status"
    with pytest.raises(Conflict) as illegal:  # from 5 nothing is stopped by hand but by time
        counter.driver.engine.execute(TakeStep(code=code, step="finish"), SIGNER)
    assert illegal.value.reason == "process-sets-status"
