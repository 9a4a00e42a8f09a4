"""Files of every version of the standard, and of the editors in use."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.dmn import load
from engine.dmn.parse.namespaces import DMN_VERSIONS


@pytest.mark.parametrize("namespace", sorted(DMN_VERSIONS))
def test_every_version_loads(dmn, namespace):
    body = dmn.decision("d", dmn.table("a", "r", "> 1 => 2"))
    model = load(dmn.file(body, model=namespace), "v.dmn")

    assert model.evaluate("d", {"a": Decimal(3)}).value == 2


def test_types_with_prefixes_as_dmn_1_1_wrote_them():
    source = """<definitions xmlns="http://www.omg.org/spec/DMN/20151101/dmn.xsd"
      xmlns:feel="http://www.omg.org/spec/FEEL/20140401" xmlns:my="urn:old"
      id="d" name="old" namespace="urn:old" expressionLanguage="http://www.omg.org/spec/FEEL/20140401">
      <itemDefinition name="tAge"><typeRef>feel:number</typeRef></itemDefinition>
      <inputData id="age" name="age"><variable name="age" typeRef="my:tAge"/></inputData>
      <decision id="dec" name="dec"><variable name="dec" typeRef="feel:boolean"/>
        <informationRequirement><requiredInput href="#age"/></informationRequirement>
        <literalExpression><text>age &gt;= 18</text></literalExpression>
      </decision></definitions>"""
    model = load(source.encode(), "old.dmn")

    assert model.evaluate("dec", {"age": Decimal(18)}).value is True
    assert model.evaluate("dec", {"age": "18"}).value is None


def test_a_table_as_camunda_modeler_writes_it():
    source = """<?xml version="1.0" encoding="UTF-8"?>
    <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
      xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/"
      xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/"
      xmlns:modeler="http://camunda.org/schema/modeler/1.0"
      id="Definitions_1" name="DRD" namespace="http://camunda.org/schema/1.0/dmn"
      exporter="Camunda Modeler" modeler:executionPlatform="Camunda Cloud">
      <decision id="fee" name="Lệ phí">
        <decisionTable id="DecisionTable_1">
          <input id="Input_1" label="Loại">
            <inputExpression id="IE_1" typeRef="string"><text>loai</text></inputExpression>
          </input>
          <output id="Output_1" label="Phí" name="phi" typeRef="number"/>
          <rule id="Rule_1"><description>Điều 1</description>
            <inputEntry id="UT_1"><text>"A"</text></inputEntry>
            <outputEntry id="LE_1"><text>10</text></outputEntry></rule>
          <rule id="Rule_2">
            <inputEntry id="UT_2"><text></text></inputEntry>
            <outputEntry id="LE_2"><text></text></outputEntry></rule>
        </decisionTable>
      </decision>
      <dmndi:DMNDI><dmndi:DMNDiagram><dmndi:DMNShape dmnElementRef="fee">
        <dc:Bounds height="80" width="180" x="160" y="100"/></dmndi:DMNShape>
      </dmndi:DMNDiagram></dmndi:DMNDI>
    </definitions>"""
    model = load(source.encode(), "camunda.dmn")

    assert model.evaluate("fee", {"loai": "B"}).value is None
    result = model.evaluate("fee", {"loai": "A"})
    assert result.value is None
    assert "2 rules match" in result.warnings[0].sentence
    assert model.findings[0].rules == (1, 2)


def test_names_are_the_same_in_both_normal_forms(dmn):
    decomposed = "Tuo\u0302\u0309i"
    model = dmn.load(
        dmn.input(decomposed, "number"),
        dmn.decision("d", dmn.literal("Tuổi + 1"), "i:" + decomposed),
    )

    assert model.evaluate("d", {"Tuổi": Decimal(1)}).value == 2
    assert model.evaluate("d", {decomposed: Decimal(1)}).value == 2
