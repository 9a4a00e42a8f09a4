"""Decisions: deployed with the rest, called by processes and callers, each evaluation kept."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from engine.commands.evaluate_decision import EvaluateDecision
from engine.dispatch import CommandEngine
from engine.errors import InvalidInput, NotFound
from engine.ports.views import Condition, Query
from engine.testing import TESTER, EngineDriver
from tests.contract.engine.models import end, process, start, user_task

FEES = (
    "fees.dmn",
    b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
  id="fees" name="Fees" namespace="urn:f">
  <inputData id="pages" name="pages"><variable name="pages" typeRef="number"/></inputData>
  <decision id="fee" name="fee"><variable name="fee" typeRef="number"/>
    <informationRequirement id="r1"><requiredInput href="#pages"/></informationRequirement>
    <decisionTable id="t" hitPolicy="FIRST">
      <input id="i1" label="pages">
        <inputExpression id="e1" typeRef="number"><text>pages</text></inputExpression></input>
      <output id="o1" name="fee" typeRef="number"/>
      <rule id="low"><inputEntry id="a"><text>&lt;= 2</text></inputEntry>
        <outputEntry id="b"><text>2000 * pages</text></outputEntry></rule>
      <rule id="high"><inputEntry id="c"><text>-</text></inputEntry>
        <outputEntry id="d"><text>4000 + 1000 * (pages - 2)</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>""",
)
CHARGES = process(
    "charges",
    [
        start(),
        '<bpmn:businessRuleTask id="rule"><bpmn:extensionElements>'
        '<zeebe:calledDecision decisionId="fee" resultVariable="total"/>'
        "</bpmn:extensionElements></bpmn:businessRuleTask>",
        user_task("pay"),
        end(),
    ],
    ["start rule", "rule pay", "pay end"],
)


def kept(engine: CommandEngine, field: str, value: object) -> Mapping[str, object]:
    query = Query(where=(Condition(field=field, op="eq", value=value),))
    rows = engine.views.search("decision_instance", TESTER, query).items
    assert len(rows) == 1
    return rows[0]


def test_process_gets_the_decision_and_the_evaluation_is_kept(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(FEES, CHARGES)
    instance = driver.start("charges", pages=4)

    assert instance.tasks() == ["pay"]
    assert instance.variables()["total"] == 6000
    row = kept(engine, "instance_key", instance.key)
    assert row["decision_id"] == "fee"
    assert row["decision_type"] == "DECISION_TABLE"
    assert row["state"] == "EVALUATED"
    assert row["inputs"] == [{"id": "i1", "name": "pages", "value": 4}]
    assert row["rules"] == [
        {"id": "high", "index": 2, "outputs": [{"id": "o1", "name": "fee", "value": 6000}]}
    ]


def test_caller_evaluates_by_id(engine: CommandEngine, driver: EngineDriver) -> None:
    driver.deploy(FEES)
    command = EvaluateDecision(decision_id="fee", variables={"pages": Decimal("1.5")})
    result = engine.execute(command, TESTER).result

    assert result["output"] == 3000
    assert kept(engine, "evaluation_key", result["evaluation_key"])["result"] == 3000


def test_unknown_decision_is_said(engine: CommandEngine) -> None:
    with pytest.raises(NotFound):
        engine.execute(EvaluateDecision(decision_id="nothing"), TESTER)
    with pytest.raises(InvalidInput):
        engine.execute(EvaluateDecision(), TESTER)


def test_same_file_makes_no_new_version(driver: EngineDriver) -> None:
    first = driver.deploy(FEES)["deployments"]

    assert driver.deploy(FEES)["deployments"] == first


def test_process_without_its_decision_is_an_incident(driver: EngineDriver) -> None:
    name, source = CHARGES
    driver.deploy((name, source.replace(b'"fee"', b'"missing"').replace(b"charges", b"lost")))
    instance = driver.start("lost")

    assert instance.incidents() == ["DECISION_EVALUATION_ERROR"]


def _file(name: str, content: str) -> tuple[str, bytes]:
    head = (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"'
        f' id="{name}" name="{name}" namespace="urn:{name}">'
    )
    return f"{name}.dmn", f"{head}{content}</definitions>".encode()


def _rates(rate: int) -> tuple[str, bytes]:
    decision = (
        '<decision id="rate" name="rate"><variable name="rate"/>'
        f"<literalExpression><text>{rate}</text></literalExpression></decision>"
    )
    return _file("rates", decision)


BILL = _file(
    "bill",
    '<import name="r" namespace="urn:rates"'
    ' importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>'
    '<decision id="bill_total" name="total"><variable name="total"/>'
    '<informationRequirement><requiredDecision href="urn:rates#rate"/></informationRequirement>'
    "<literalExpression><text>r.rate * 2</text></literalExpression></decision>",
)


def test_imported_files_are_those_of_the_same_deployment(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    """A version keeps the imports it was deployed with; another one has its own."""
    with pytest.raises(InvalidInput):
        driver.deploy(BILL)
    driver.deploy(BILL, _rates(5))
    command = EvaluateDecision(decision_id="bill_total")
    first = engine.execute(command, TESTER).result
    driver.deploy(BILL, _rates(6))

    second = engine.execute(command, TESTER).result
    again = EvaluateDecision(decision_key=int(str(first["decision_key"])))

    assert (first["output"], second["output"]) == (10, 12)
    assert engine.execute(again, TESTER).result["output"] == 10
    query = Query(
        where=(Condition(field="evaluation_key", op="eq", value=second["evaluation_key"]),)
    )
    rows = engine.views.search("decision_instance", TESTER, query).items
    made = [(row["decision_id"], row["decision_version"]) for row in rows]
    assert made == [("rate", 2), ("bill_total", 2)]
