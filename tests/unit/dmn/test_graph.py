"""Requirements: what is in sight, what is made once, what is kept for audit."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from engine.errors import InvalidInput
from engine.feel import Environment, FeelError, FeelLimitError, Limits


def chain(dmn):
    return dmn.load(
        dmn.input("thu nhập", "number"),
        dmn.decision("mức", dmn.literal('if thu nhập > 10 then "cao" else "thấp"'), "i:thunhập"),
        dmn.decision("trái", dmn.literal('mức + " trái"'), "d:mức"),
        dmn.decision("phải", dmn.literal('mức + " phải"'), "d:mức"),
        dmn.decision("cả hai", dmn.literal("[trái, phải]"), "d:trái d:phải"),
    )


def test_a_decision_is_made_once_per_evaluation(dmn):
    result = chain(dmn).evaluate("cả hai", {"thu nhập": Decimal(20)})

    assert result.value == ["cao trái", "cao phải"]
    assert [trace.name for trace in result.trace] == ["mức", "trái", "phải", "cả hai"]


def test_the_trace_tells_what_each_decision_was_given(dmn):
    result = chain(dmn).evaluate("trái", {"thu nhập": Decimal(20)})

    assert [(trace.given, trace.value) for trace in result.trace] == [
        ({"thu nhập": 20}, "cao"),
        ({"mức": "cao"}, "cao trái"),
    ]


def test_a_decision_is_found_by_id_or_name(dmn):
    model = chain(dmn)

    assert model.evaluate("cảhai", {}).value == model.evaluate("cả hai", {}).value


def test_the_model_lists_its_elements(dmn):
    model = chain(dmn)

    assert [(one.id, one.name, one.type) for one in model.inputs] == [
        ("thunhập", "thu nhập", "number")
    ]
    assert [one.name for one in model.decisions] == ["mức", "trái", "phải", "cả hai"]
    assert model.services == ()


def test_a_missing_input_is_null_and_told(dmn):
    result = chain(dmn).evaluate("mức", {})

    assert result.value == "thấp"
    assert "missing-input" in [warning.code for warning in result.warnings]


def test_what_is_not_required_is_out_of_sight_and_found(dmn):
    model = dmn.load(dmn.input("a"), dmn.decision("d", dmn.literal("a")))

    assert model.evaluate("d", {"a": Decimal(1)}).value is None
    (finding,) = model.findings
    assert finding.code == "not-required"
    assert "'a'" in finding.sentence


def test_values_that_the_model_does_not_declare_are_in_sight(dmn):
    model = dmn.load(
        dmn.decision("a", dmn.literal("tuổi + 1")),
        dmn.decision("b", dmn.literal("a + tuổi"), "d:a"),
    )

    assert model.evaluate("b", {"tuổi": Decimal(20)}).value == 41


def test_what_is_only_drawn_is_null_and_found(dmn):
    model = dmn.load(
        '<businessKnowledgeModel id="f" name="f"/>',
        dmn.decision("d", ""),
        dmn.decision("e", dmn.literal("[d, f(1)]"), "d:d k:f"),
    )

    assert [finding.code for finding in model.findings] == ["no-logic", "no-logic"]
    assert model.evaluate("e", {}).value == [None, None]


def test_a_variable_may_have_a_name_of_its_own(dmn):
    model = dmn.load(
        '<inputData id="i" name="Tuổi của người nộp"><variable name="tuoi"/></inputData>',
        '<decision id="hang" name="Hạng phí"><variable name="hang_phi"/>'
        + dmn.requires("i:i")
        + dmn.literal("tuoi + 1")
        + "</decision>",
        dmn.decision("d", dmn.literal("hang_phi * 2"), "d:hang"),
    )

    assert model.evaluate("d", {"tuoi": 1}).value == 4
    assert model.evaluate("d", {"Tuổi của người nộp": 1}).value == 4
    assert model.evaluate("Hạng phí", {"tuoi": 1}).value == 2


def test_a_decision_without_variable_is_also_called_by_its_id(dmn):
    model = dmn.load(
        f'<decision id="hang" name="Hạng phí">{dmn.literal("7")}</decision>',
        dmn.decision("d", dmn.literal("[hang, Hạng phí]"), "d:hang"),
    )

    assert model.evaluate("d", {}).value == [7, 7]


def test_two_required_elements_of_one_name_are_refused(dmn):
    with pytest.raises(InvalidInput, match="two required elements are called 'x'"):
        dmn.load(
            '<inputData id="i" name="x"/>',
            f'<businessKnowledgeModel id="k" name="x"><encapsulatedLogic>{dmn.literal("1")}'
            "</encapsulatedLogic></businessKnowledgeModel>",
            dmn.decision("d", dmn.literal("x"), "i:i k:k"),
        )


def test_long_chains_need_no_stack(dmn):
    links = [dmn.decision("d0", dmn.literal("1"))]
    links += [
        dmn.decision(f"d{i}", dmn.literal(f"d{i - 1} + 1"), f"d:d{i - 1}") for i in range(1, 3000)
    ]

    assert dmn.load(*links).evaluate("d2999", {}).value == 3000


def test_one_budget_holds_for_the_whole_evaluation(dmn):
    loop = dmn.literal("count(for i in 1..1000 return i)")
    model = dmn.load(
        *(dmn.decision(f"d{i}", loop) for i in range(10)),
        dmn.decision("all", dmn.literal("1"), " ".join(f"d:d{i}" for i in range(10))),
    )
    env = Environment(limits=Limits(steps=5000))

    assert model.evaluate("d1", {}, env).value == 1000
    with pytest.raises(FeelLimitError):
        model.evaluate("all", {}, env)


def test_a_model_is_shared_between_threads(dmn):
    model = chain(dmn)

    def value(income):
        return model.evaluate("trái", {"thu nhập": Decimal(income)}).value

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(value, range(200)))

    assert found == ["thấp trái"] * 11 + ["cao trái"] * 189


def test_warnings_say_where_and_never_what(dmn):
    result = chain(dmn).evaluate("mức", {"thu nhập": "Nguyễn"})

    assert {warning.where.element for warning in result.warnings} >= {"thunhập"}
    assert not any("Nguyễn" in warning.sentence for warning in result.warnings)


def test_json_values_are_taken_as_feel_values(dmn):
    result = chain(dmn).evaluate("mức", {"thu nhập": 20})

    assert result.value == "cao"
    assert result.warnings == ()


def test_a_value_that_feel_has_none_for_is_refused(dmn):
    with pytest.raises(FeelError):
        chain(dmn).evaluate("mức", {"thu nhập": float("nan")})
