"""Structural faults of every element: each is refused with its own code."""

from __future__ import annotations

import pytest

from engine.errors import InvalidInput

ONE = "<literalExpression><text>1</text></literalExpression>"
EXPRESSIONS = {
    "a context entry without expression": (
        '<context><contextEntry><variable name="a"/></contextEntry></context>',
        "no-expression",
    ),
    "a result entry that is not the last": (
        f"<context><contextEntry>{ONE}</contextEntry><contextEntry>{ONE}</contextEntry></context>",
        "result-entry",
    ),
    "a context with something else": ("<context><row/></context>", "unexpected-element"),
    "a context entry with something else": (
        f"<context><contextEntry>{ONE}<row/></contextEntry></context>",
        "unexpected-element",
    ),
    "a variable without name": (
        f"<context><contextEntry><variable/>{ONE}</contextEntry></context>",
        "no-name",
    ),
    "a list with something else": ("<list><row/></list>", "unexpected-element"),
    "a relation with something else": ("<relation><rule/></relation>", "unexpected-element"),
    "a row that is too short": (
        f'<relation><column name="a"/><column name="b"/><row>{ONE}</row></relation>',
        "row-width",
    ),
    "an invocation of nothing": ("<invocation/>", "no-expression"),
    "an invocation with something else": (
        f"<invocation>{ONE}<row/></invocation>",
        "unexpected-element",
    ),
    "a binding without parameter": (
        f"<invocation>{ONE}<binding>{ONE}</binding></invocation>",
        "no-name",
    ),
    "a binding with something else": (
        f'<invocation>{ONE}<binding><parameter name="a"/><row/></binding></invocation>',
        "unexpected-element",
    ),
    "a function without body": ("<functionDefinition/>", "no-expression"),
    "a function of an unknown kind": (
        f'<functionDefinition kind="Ruby">{ONE}</functionDefinition>',
        "unknown-keyword",
    ),
    "a function with something else": (
        f"<functionDefinition>{ONE}<row/></functionDefinition>",
        "unexpected-element",
    ),
    "two parameters of one name": (
        '<functionDefinition><formalParameter name="a"/><formalParameter name="a"/>'
        f"{ONE}</functionDefinition>",
        "duplicate-name",
    ),
    "a conditional without else": (
        f"<conditional><if>{ONE}</if><then>{ONE}</then></conditional>",
        "no-expression",
    ),
    "a conditional with something else": (
        f"<conditional><if>{ONE}</if><then>{ONE}</then><else>{ONE}</else><row/></conditional>",
        "unexpected-element",
    ),
    "an iterator without variable": (
        f"<for><in>{ONE}</in><return>{ONE}</return></for>",
        "no-name",
    ),
    "a filter without match": (f"<filter><in>{ONE}</in></filter>", "no-expression"),
    "an empty expression": ("<literalExpression><text/></literalExpression>", "feel-syntax"),
    "a literal with something else": (
        "<literalExpression><text>1</text><row/></literalExpression>",
        "unexpected-element",
    ),
    "imported values": (
        "<literalExpression><text>1</text><importedValues/></literalExpression>",
        "not-supported",
    ),
    "a table without outputs": ("<decisionTable/>", "no-output"),
    "a table with something else": (
        "<decisionTable><output/><row/></decisionTable>",
        "unexpected-element",
    ),
    "an input column without expression": (
        "<decisionTable><input/><output/></decisionTable>",
        "no-input-expression",
    ),
    "an input column with something else": (
        "<decisionTable><input><inputExpression><text>a</text></inputExpression><row/></input>"
        "<output/></decisionTable>",
        "unexpected-element",
    ),
    "an output column with something else": (
        "<decisionTable><output><row/></output></decisionTable>",
        "unexpected-element",
    ),
    "one of several outputs without name": (
        '<decisionTable><output name="a"/><output/></decisionTable>',
        "no-output-name",
    ),
    "a rule with something else": (
        "<decisionTable><output/><rule><outputEntry><text>1</text></outputEntry><row/></rule>"
        "</decisionTable>",
        "unexpected-element",
    ),
    "expressions too deep in each other": ("<list>" * 51 + ONE + "</list>" * 51, "too-deep"),
    "a type in another namespace": (
        '<literalExpression xmlns:x="urn:x" typeRef="x:t"><text>1</text></literalExpression>',
        "unknown-type",
    ),
}
ELEMENTS = {
    "something else": ("<row/>", "unexpected-element"),
    "an input without name": ('<inputData id="a"/>', "no-name"),
    "an input with something else": (
        '<inputData id="a" name="a"><row/></inputData>',
        "unexpected-element",
    ),
    "a decision with two expressions": (
        f'<decision id="a" name="a">{ONE}{ONE}</decision>',
        "unexpected-element",
    ),
    "a requirement of something else": (
        '<decision id="a" name="a"><informationRequirement><row/></informationRequirement>'
        "</decision>",
        "unexpected-element",
    ),
    "a requirement of nothing": (
        '<decision id="a" name="a"><informationRequirement><requiredInput/>'
        "</informationRequirement></decision>",
        "no-href",
    ),
    "knowledge with something else": (
        '<businessKnowledgeModel id="a" name="a"><row/></businessKnowledgeModel>',
        "unexpected-element",
    ),
    "a service with something else": (
        '<decisionService id="a" name="a"><row/></decisionService>',
        "unexpected-element",
    ),
    "a type without name": ("<itemDefinition/>", "no-name"),
    "a type defined twice": (
        '<itemDefinition name="t"><typeRef>number</typeRef></itemDefinition>' * 2,
        "duplicate-name",
    ),
    "two components of one name": (
        '<itemDefinition name="t"><itemComponent name="a"/><itemComponent name="a"/>'
        "</itemDefinition>",
        "duplicate-name",
    ),
    "a type of two kinds": (
        '<itemDefinition name="t"><typeRef>number</typeRef><itemComponent name="a"/>'
        "</itemDefinition>",
        "item-kind",
    ),
    "a type with something else": (
        '<itemDefinition name="t"><row/></itemDefinition>',
        "unexpected-element",
    ),
    "a function type with something else": (
        '<itemDefinition name="t"><functionItem><row/></functionItem></itemDefinition>',
        "unexpected-element",
    ),
    "allowed values that are no tests": (
        '<itemDefinition name="t"><typeRef>number</typeRef><allowedValues><text>1..</text>'
        "</allowedValues></itemDefinition>",
        "feel-syntax",
    ),
    "an import without namespace": (
        '<import name="a" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>',
        "no-namespace",
    ),
}


def refusal(dmn, body):
    with pytest.raises(InvalidInput) as caught:
        dmn.load(body)
    return caught.value


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_a_broken_expression_is_refused(dmn, name):
    logic, code = EXPRESSIONS[name]
    error = refusal(dmn, dmn.decision("d", logic))

    assert code in [fault.code for fault in error.faults]
    assert error.faults[0].pointer


@pytest.mark.parametrize("name", ELEMENTS)
def test_a_broken_element_is_refused(dmn, name):
    body, code = ELEMENTS[name]
    error = refusal(dmn, body)

    assert code in [fault.code for fault in error.faults]
    assert "line 1" in error.sentence


def test_types_through_too_many_steps_are_refused(dmn):
    steps = [dmn.item(f"t{i}", f"t{i + 1}") for i in range(3000)]

    assert "too many steps" in refusal(dmn, "".join(steps)).sentence


def test_a_file_without_namespace_is_refused(dmn):
    with pytest.raises(InvalidInput, match="namespace"):
        dmn.load_file(dmn.file(namespace=""))
