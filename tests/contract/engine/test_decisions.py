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


def _tagged(tag: str, rate: int) -> tuple[str, bytes]:
    decision = (
        '<decision id="toll" name="toll"><extensionElements>'
        f'<zeebe:versionTag xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" value="{tag}"/>'
        '</extensionElements><variable name="toll"/>'
        f"<literalExpression><text>{rate}</text></literalExpression></decision>"
    )
    return _file("tolls", decision)


def _tolls(name: str, binding: str) -> tuple[str, bytes]:
    task = (
        '<bpmn:businessRuleTask id="rule"><bpmn:extensionElements>'
        f'<zeebe:calledDecision decisionId="toll" resultVariable="toll" {binding}/>'
        "</bpmn:extensionElements></bpmn:businessRuleTask>"
    )
    nodes = [start(), task, user_task("pay"), end()]
    return process(name, nodes, ["start rule", "rule pay", "pay end"])


def test_a_task_is_bound_as_its_model_says(driver: EngineDriver) -> None:
    """latest, deployment and versionTag of one decision, after two versions."""
    own = _tolls("toll_deployment", 'bindingType="deployment"')
    driver.deploy(own, _tagged("v1", 1))
    driver.deploy(_tagged("v2", 2))
    driver.deploy(
        _tolls("toll_latest", 'bindingType="latest"'),
        _tolls("toll_tag", 'bindingType="versionTag" versionTag="v1"'),
        _tolls("toll_none", 'bindingType="versionTag" versionTag="v9"'),
    )

    def decided(process_id: str) -> object:
        return driver.start(process_id).variables()["toll"]

    assert decided("toll_deployment") == 1
    assert decided("toll_latest") == 2
    assert decided("toll_tag") == 1
    assert driver.start("toll_none").incidents() == ["DECISION_EVALUATION_ERROR"]


def test_an_empty_version_tag_is_refused(driver: EngineDriver) -> None:
    with pytest.raises(InvalidInput, match="versionTag needs a value"):
        driver.deploy(_tagged(" ", 3))


def test_what_became_null_is_kept_with_its_decision(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    """Also when a process asked; no value of the instance stands in it."""
    driver.deploy(FEES, CHARGES)
    instance = driver.start("charges", pages="Nguyễn Thị Ánh")

    (row,) = instance.rows("decision_instance")
    assert isinstance(row["warnings"], list)
    assert [each["element_id"] for each in row["warnings"]] != []
    assert {tuple(each["message"]) for each in row["warnings"]} == {("en", "vi")}
    assert "Nguyễn" not in str(row["warnings"])


def test_decisions_on_the_way_keep_their_own_warnings(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    head, variable = "<decision id=", '<variable name="{0}"/>'
    texts = {"first": "1 + nothing", "second": "1", "third": '"a" - 1'}
    needed = "".join(
        f'<informationRequirement><requiredDecision href="#{name}"/></informationRequirement>'
        for name in ("first", "second")
    )
    content = "".join(
        f'{head}"{name}" name="{name}">{variable.format(name)}'
        f"{needed if name == 'third' else ''}"
        f"<literalExpression><text>{text}</text></literalExpression></decision>"
        for name, text in texts.items()
    )
    driver.deploy(_file("several", content))
    command = EvaluateDecision(decision_id="third")
    key = engine.execute(command, TESTER).result["evaluation_key"]

    query = Query(where=(Condition(field="evaluation_key", op="eq", value=key),))
    rows = engine.views.search("decision_instance", TESTER, query).items
    rules = {row["decision_id"]: [each["rule"] for each in row["warnings"]] for row in rows}
    assert rules == {"first": ["unknown-name", "operands"], "second": [], "third": ["operands"]}
