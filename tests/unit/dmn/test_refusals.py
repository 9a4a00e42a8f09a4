"""What is refused when a model is loaded, and how it is told."""

from __future__ import annotations

import pytest

from engine.dmn import load
from engine.errors import InvalidInput


def refusal(dmn, *body, **options):
    with pytest.raises(InvalidInput) as caught:
        dmn.load(*body, **options)
    return caught.value


def codes(error):
    return [fault.code for fault in error.faults]


def test_a_cell_that_is_no_feel_is_told_with_id_line_and_coordinates(dmn):
    logic = dmn.table("a", "r", "< 5 => 1", "5 5 => 2")
    error = refusal(dmn, dmn.decision("d", "\n" + logic))

    (fault,) = error.faults
    assert fault.code == "feel-syntax"
    assert fault.pointer == "rule2"
    assert "line 2" in fault.sentence
    assert "rule 2, input 'a' (column 1)" in fault.sentence


def test_all_faults_are_told_at_once(dmn):
    logic = dmn.table("a", "r", "5 5 => 1", "1 => )")

    assert codes(refusal(dmn, dmn.decision("d", logic))) == ["feel-syntax", "feel-syntax"]


def test_a_tolerant_load_makes_bad_feel_null(dmn):
    model = dmn.load(dmn.decision("d", dmn.literal("1 +")), tolerant=True)

    result = model.evaluate("d", {})

    assert result.value is None
    assert result.warnings[0].code == "feel-syntax"


@pytest.mark.parametrize(
    ("rule", "told"), [("1 | 2 => 1", "2 conditions"), ("1 => 1 | 2", "2 conclusions")]
)
def test_a_rule_must_fill_every_column(dmn, rule, told):
    error = refusal(dmn, dmn.decision("d", dmn.table("a", "r", rule)))

    assert codes(error) == ["rule-width"]
    assert told in error.sentence


def test_an_element_of_the_standard_that_is_not_expected_is_refused(dmn):
    assert codes(refusal(dmn, dmn.decision("d", "<hocusPocus/>"))) == ["unexpected-element"]


def test_elements_of_editors_are_left_alone(dmn):
    extension = '<extensionElements><x:y xmlns:x="urn:x"/></extensionElements>'

    assert dmn.value(extension + dmn.literal("1")) == 1


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        ('hitPolicy="BEST"', "unknown-keyword"),
        ('hitPolicy="COLLECT" aggregation="MEAN"', "unknown-keyword"),
        ('hitPolicy="FIRST" aggregation="SUM"', "aggregation"),
    ],
)
def test_unknown_hit_policies_are_refused(dmn, attributes, code):
    logic = dmn.table("a", "r", "1 => 1", attributes=attributes)

    assert codes(refusal(dmn, dmn.decision("d", logic))) == [code]


def test_an_aggregation_of_several_outputs_is_refused(dmn):
    logic = dmn.table(
        "a", "r | s", "1 => 1 | 2", attributes='hitPolicy="COLLECT" aggregation="SUM"'
    )

    assert codes(refusal(dmn, dmn.decision("d", logic))) == ["collect-outputs"]


def test_an_unknown_type_is_refused(dmn):
    assert codes(refusal(dmn, dmn.input("a", "tNone"))) == ["unknown-type"]


def test_types_that_are_defined_by_themselves_are_refused(dmn):
    assert "type-cycle" in codes(refusal(dmn, dmn.item("a", "b"), dmn.item("b", "a")))


def test_a_requirement_that_leads_nowhere_is_refused(dmn):
    error = refusal(dmn, dmn.decision("d", dmn.literal("1"), "i:nothing"))

    assert codes(error) == ["unknown-reference"]


def test_a_requirement_of_the_wrong_kind_is_refused(dmn):
    error = refusal(dmn, dmn.input("a"), dmn.decision("d", dmn.literal("1"), "k:a"))

    assert codes(error) == ["wrong-reference"]


def test_decisions_that_require_each_other_are_refused(dmn):
    error = refusal(
        dmn,
        dmn.decision("a", dmn.literal("b"), "d:b"),
        dmn.decision("b", dmn.literal("c"), "d:c"),
        dmn.decision("c", dmn.literal("a"), "d:a"),
    )

    assert codes(error) == ["requirement-cycle"]
    assert "a -> b -> c -> a" in error.sentence


def test_knowledge_that_requires_each_other_is_refused(dmn):
    error = refusal(
        dmn,
        dmn.knowledge("f", "x", dmn.literal("g(x)"), "k:g"),
        dmn.knowledge("g", "x", dmn.literal("f(x)"), "k:f"),
    )

    assert codes(error) == ["requirement-cycle"]


def test_another_expression_language_is_refused(dmn):
    logic = dmn.literal("1", 'expressionLanguage="javascript"')

    assert codes(refusal(dmn, dmn.decision("d", logic))) == ["expression-language"]


@pytest.mark.parametrize(
    "body",
    [
        '<decision id="d" name="d"><variable name="d"/></decision>'
        '<decision id="d" name="e"><variable name="e"/></decision>',
        '<decision id="d" name="d"><variable name="d"/></decision>'
        '<decision id="e" name="d"><variable name="d"/></decision>',
    ],
)
def test_ids_and_names_are_unique(dmn, body):
    assert codes(refusal(dmn, body))[0] in ("duplicate-id", "duplicate-name")


def test_what_is_no_dmn_is_refused():
    with pytest.raises(InvalidInput, match=r"DMN 1\.1 to 1\.6"):
        load(b"<html/>", "page.dmn")


def test_what_is_no_xml_is_refused():
    with pytest.raises(InvalidInput):
        load(b"<definitions", "broken.dmn")


def test_an_import_that_nobody_has_is_refused(dmn):
    body = (
        '<import name="m" namespace="urn:m" '
        'importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
    )

    assert codes(refusal(dmn, body)) == ["unknown-import"]


def test_an_import_of_something_else_than_dmn_is_refused(dmn):
    body = '<import name="m" namespace="urn:m" importType="http://www.w3.org/2001/XMLSchema"/>'

    assert "not-supported" in codes(refusal(dmn, body))


def test_a_decision_that_calls_the_service_it_is_in_is_refused(dmn):
    error = refusal(
        dmn,
        dmn.knowledge("f", "x", dmn.literal("s()"), "k:s"),
        dmn.decision("inner", dmn.literal("f(1)"), "k:f"),
        dmn.decision("d", dmn.literal("inner"), "d:inner"),
        dmn.service("s", outputDecision="d"),
    )

    assert "requirement-cycle" in codes(error)


def test_what_a_service_is_given_may_call_the_service(dmn):
    model = dmn.load(
        dmn.decision("start", dmn.literal('s("x")'), "k:s"),
        dmn.decision("middle", dmn.literal('"given"')),
        dmn.decision("end", dmn.literal('middle + "!"'), "d:middle"),
        dmn.service("s", outputDecision="end", inputDecision="middle"),
    )

    assert model.evaluate("start", {}).value == "x!"
