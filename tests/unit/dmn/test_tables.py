"""Decision tables: columns, cells, types and what is kept for audit."""

from __future__ import annotations

from decimal import Decimal


def test_several_outputs_are_a_context(dmn):
    logic = dmn.table("a", "phí | hạn", '"x" => 10 | "P3D"', '"y" => 20 | "P5D"')

    assert dmn.value(logic, a="y") == {"phí": 20, "hạn": "P5D"}


def test_a_dash_and_an_empty_cell_match_anything(dmn):
    logic = dmn.table("a | b", "r", "- |  => 1")

    assert dmn.value(logic, a=Decimal(1), b=None) == 1


def test_a_cell_may_use_other_inputs_and_the_question_mark(dmn):
    logic = dmn.table("a", "r", '> b => "more"', '? * 2 = b => "half"')

    assert dmn.value(logic, a=Decimal(3), b=Decimal(1)) == "more"
    assert dmn.value(logic, a=Decimal(3), b=Decimal(6)) == "half"


def test_an_empty_output_cell_is_null(dmn):
    assert dmn.value(dmn.table("a", "r", "- =>  "), a=Decimal(1)) is None


def test_an_input_outside_its_allowed_values_counts_as_null(dmn):
    values = '<inputValues><text>"A", "B"</text></inputValues>'
    logic = dmn.table("a", "r", 'null => "none"', '"C" => 1', in1=values)
    result = dmn.evaluate(logic, a="C")

    assert result.value == "none"
    assert result.warnings[0].code == "input-values"


def test_a_conclusion_may_have_a_type_of_its_own(dmn):
    logic = dmn.table("a", "r", "- => a").replace("<outputEntry>", '<outputEntry typeRef="number">')

    assert dmn.value(logic, a=5) == 5
    assert dmn.value(logic, a="5") is None


def test_an_output_outside_its_allowed_values_is_null(dmn):
    values = '<outputValues><text>"A", "B"</text></outputValues>'
    result = dmn.evaluate(dmn.table("a", "r", '- => "C"', out1=values), a="C")

    assert result.value is None
    assert result.warnings[0].code == "output-values"


def test_a_typed_output_is_converted_or_null(dmn):
    assert dmn.value(dmn.table("a", "r:number", "- => [1]"), a=1) == 1
    assert dmn.value(dmn.table("a", "r:number", '- => "1"'), a=1) is None


def test_a_typed_input_is_null_when_it_does_not_fit(dmn):
    logic = dmn.table("a:number", "r", 'null => "null"', '- => "other"', attributes='hitPolicy="F"')

    result = dmn.evaluate(logic.replace('"F"', '"FIRST"'), a="text")

    assert result.value == "null"
    assert result.warnings[0].code == "type"


def test_the_orientation_is_a_matter_of_drawing(dmn):
    for orientation in ("Rule-as-Row", "Rule-as-Column", "CrossTable"):
        attributes = f'preferredOrientation="{orientation}"'
        assert dmn.value(dmn.table("a", "r", "1 => 2", attributes=attributes), a=Decimal(1)) == 2


def test_the_trace_keeps_inputs_matched_rules_and_outputs(dmn):
    logic = dmn.table(
        "a | b", "r | s", "1 | - => 1 | 2", "2 | - => 3 | 4", attributes='hitPolicy="COLLECT"'
    )
    result = dmn.evaluate(logic, a=Decimal(2), b="x")

    (trace,) = result.trace
    (table,) = trace.tables
    assert (trace.id, trace.name, trace.value) == ("d", "d", [{"r": 3, "s": 4}])
    assert [(one.id, one.name, one.value) for one in table.inputs] == [
        ("in1", "a", 2),
        ("in2", "b", "x"),
    ]
    (rule,) = table.rules
    assert (rule.id, rule.index) == ("rule2", 2)
    assert [(one.id, one.name, one.value) for one in rule.outputs] == [
        ("out1", "r", 3),
        ("out2", "s", 4),
    ]


def test_annotations_are_kept_with_the_rule(dmn):
    logic = dmn.table("a", "r", "- => 1").replace(
        "</outputEntry></rule>",
        "</outputEntry><annotationEntry><text>Điều 5</text></annotationEntry></rule>",
    )

    (trace,) = dmn.evaluate(logic, a=1).trace

    assert trace.tables[0].rules[0].annotations == ("Điều 5",)
