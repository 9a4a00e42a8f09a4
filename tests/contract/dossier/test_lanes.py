"""A diagram without any assignment: lanes are roles at the agency that decides."""

from __future__ import annotations

import pytest

from engine.commands.complete_task import CompleteTask
from engine.commands.deploy_resources import DeployResources
from engine.dispatch import CommandEngine
from engine.domain.dossier import PersonRecord
from engine.ports.views import Condition, Query
from engine.testing import TESTER
from tests.contract.dossier.counter import HOME, OTHER, RECEPTION, Counter, clerk, procedure

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
LANES = f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="{BPMN}" targetNamespace="t">
  <bpmn:process id="lanes" isExecutable="true">
    <bpmn:laneSet id="set">
      <bpmn:lane id="tiep-nhan" name="Tiếp nhận"><bpmn:flowNodeRef>check</bpmn:flowNodeRef></bpmn:lane>
      <bpmn:lane id="chuyen-mon"><bpmn:flowNodeRef>appraise</bpmn:flowNodeRef></bpmn:lane>
      <bpmn:lane id="khac" name="Khác"><bpmn:flowNodeRef>other</bpmn:flowNodeRef></bpmn:lane>
    </bpmn:laneSet>
    <bpmn:startEvent id="start"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="check" name="c"><bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing></bpmn:userTask>
    <bpmn:userTask id="appraise" name="a"><bpmn:incoming>b</bpmn:incoming><bpmn:outgoing>c</bpmn:outgoing></bpmn:userTask>
    <bpmn:userTask id="other" name="o"><bpmn:incoming>c</bpmn:incoming><bpmn:outgoing>d</bpmn:outgoing></bpmn:userTask>
    <bpmn:endEvent id="end"><bpmn:incoming>d</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="check"/>
    <bpmn:sequenceFlow id="b" sourceRef="check" targetRef="appraise"/>
    <bpmn:sequenceFlow id="c" sourceRef="appraise" targetRef="other"/>
    <bpmn:sequenceFlow id="d" sourceRef="other" targetRef="end"/>
  </bpmn:process>
</bpmn:definitions>
"""  # noqa: E501 # a diagram


@pytest.fixture(scope="module", autouse=True)
def drawn(engine: CommandEngine) -> None:
    lanes = {"tiep-nhan": "reception", "chuyen-mon": "specialist"}
    names = {"tiep-nhan": "Tiếp nhận", "chuyen-mon": "chuyen-mon", "khac": "Khác"}
    facts = procedure("9.000031", "lanes", lanes=lanes, lane_names=names)
    engine.execute(
        DeployResources(
            resources=(("lanes.bpmn", LANES.encode()),),
            procedure_code="9.000031",
            applies_from="2025-07-01",
            procedure=facts,
        ),
        TESTER,
    )


def test_lanes_are_roles_at_the_counter_and_at_the_agency(
    counter: Counter, engine: CommandEngine
) -> None:
    someone = PersonRecord(name="Người Dân", id_number="048190003101")
    made = counter.receive(RECEPTION, "9.000031", HOME, someone, {"residence": OTHER})
    asked = Query(where=(Condition(field="root_key", op="eq", value=made["key"]),))

    found = []
    for by in (RECEPTION, clerk(OTHER, "48", "specialist"), TESTER):
        (task,) = (
            row
            for row in engine.views.search("user_task", TESTER, asked).items
            if row["state"] == "CREATED"
        )
        found.append(task["candidate_groups"])
        engine.execute(CompleteTask(key=int(str(task["key"]))), by)

    assert found == [[f"reception@ubnd-{HOME}"], [f"specialist@ubnd-{OTHER}"], ["Khác"]]
