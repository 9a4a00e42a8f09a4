"""A dossier has the components of its procedure and does not leave reception without them."""

from __future__ import annotations

import pytest

from engine.commands.deploy_resources import DeployResources
from engine.commands.read_document import ReadDocument
from engine.commands.settle_component import CheckComponent, SettleComponent
from engine.commands.store_document import StoreDocument
from engine.domain.documents import CHECKS
from engine.errors import NotFound
from engine.ports.views import Condition, Query
from engine.testing import TESTER, InstanceDriver
from tests.contract.dossier.counter import (
    NEIGHBOUR,
    RECEPTION,
    SPECIALIST,
    STRANGER,
    Counter,
    procedure,
)
from tests.contract.engine.models import end, process, start, user_task

PAPERS = [
    {"id": "birth", "name": {"vi": "Giấy khai sinh", "en": "Birth certificate"},
     "required": True, "source": "applicant"},
    {"id": "photo", "name": {"vi": "Ảnh"}, "required": False, "source": "applicant"},
]  # fmt: skip


def gate(node: str, result: str = "") -> str:
    header = f'<zeebe:header key="resultVariable" value="{result}"/>' if result else ""
    return (
        f'<bpmn:serviceTask id="{node}"><bpmn:extensionElements>'
        '<zeebe:taskDefinition type="motcua:require-components" retries="1"/>'
        f"<zeebe:taskHeaders>{header}</zeebe:taskHeaders>"
        "</bpmn:extensionElements></bpmn:serviceTask>"
    )


GATED = process(
    "gated",
    [
        start(),
        gate("look", "missing"),
        user_task("station", "reception@ubnd-20242"),
        gate("gate"),
        user_task("work", "specialist@ubnd-20242"),
        end(),
    ],
    ["start look", "look station", "station gate", "gate work", "work end"],
)


@pytest.fixture
def key(counter: Counter) -> int:
    facts = procedure("9.000021", "gated", documents=PAPERS)
    command = DeployResources(
        resources=(GATED,),
        kind="procedure",
        procedure_code="9.000021",
        applies_from="2026-01-01",
        procedure=facts,
    )
    counter.driver.engine.execute(command, TESTER)
    return int(str(counter.receive(code="9.000021")["key"]))


def tasks(counter: Counter, key: int) -> list[str]:
    where = (
        Condition(field="instance_key", op="eq", value=key),
        Condition(field="state", op="eq", value="CREATED"),
    )
    rows = counter.driver.engine.views.search("user_task", TESTER, Query(where=where)).items
    return [str(row["element_id"]) for row in rows]


def complete(counter: Counter, key: int, element: str) -> None:
    counter.driver.engine.run_due()
    InstanceDriver(counter.driver, key).complete(element)
    counter.driver.engine.run_due()


def bring(counter: Counter, key: int) -> int:
    engine = counter.driver.engine
    blob = engine.blobs.put(b"%PDF-1.7 birth")
    command = StoreDocument(blob=blob, name="ks.pdf", dossier_key=key, component="birth")
    made = int(str(engine.execute(command, RECEPTION).result["key"]))
    checks = dict.fromkeys(CHECKS, True)
    check = CheckComponent(dossier_key=key, component="birth", checks=checks)
    assert engine.execute(check, RECEPTION).result["missing"] == []
    return made


def test_the_procedures_list_stands_from_the_beginning(counter: Counter, key: int) -> None:
    where = (Condition(field="root_key", op="eq", value=key),)
    search = counter.driver.engine.views.search
    found = search("component", RECEPTION, Query(where=where)).items

    told = [(row["id"], row["mandatory"], row["status"]) for row in found]
    assert told == [("birth", True, "required"), ("photo", False, "optional")]
    assert search("component", NEIGHBOUR, Query(where=where)).items == ()
    assert search("component", STRANGER, Query(where=where)).items == ()


def test_nothing_leaves_reception_without_its_papers(counter: Counter, key: int) -> None:
    engine = counter.driver.engine
    complete(counter, key, "station")

    assert tasks(counter, key) == []
    where = (
        Condition(field="instance_key", op="eq", value=key),
        Condition(field="state", op="eq", value="ACTIVE"),
    )
    (incident,) = engine.views.search("incident", TESTER, Query(where=where)).items
    assert incident["element_id"] == "gate"


def test_a_complete_dossier_goes_on(counter: Counter, key: int) -> None:
    paper = bring(counter, key)
    complete(counter, key, "station")

    assert tasks(counter, key) == ["work"]
    engine = counter.driver.engine
    assert engine.execute(ReadDocument(key=paper), SPECIALIST).result["name"] == "ks.pdf"
    for other in (NEIGHBOUR, STRANGER):
        with pytest.raises(NotFound):
            engine.execute(ReadDocument(key=paper), other)


def test_who_is_let_off_goes_on_too(counter: Counter, key: int) -> None:
    exempt = SettleComponent(dossier_key=key, component="birth", exempt=True, reason="miễn")
    counter.driver.engine.execute(exempt, RECEPTION)
    complete(counter, key, "station")

    assert tasks(counter, key) == ["work"]
