"""Function definitions, invocations, knowledge models and decision services."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.errors import NotFound
from engine.feel import FeelLimitError


def function(dmn, parameters, body, kind=""):
    attribute = f' kind="{kind}"' if kind else ""
    return f"<functionDefinition{attribute}>{dmn.parameters(parameters)}{body}</functionDefinition>"


def invocation(dmn, callee, **arguments):
    bindings = "".join(
        f'<binding><parameter name="{name}"/>{dmn.literal(value)}</binding>'
        for name, value in arguments.items()
    )
    return f"<invocation>{dmn.literal(callee)}{bindings}</invocation>"


def test_a_boxed_function_closes_over_its_context(dmn):
    logic = dmn.context(
        rate=dmn.literal("0.1"),
        fee=function(dmn, "amount:number", dmn.literal("amount * rate")),
        _=dmn.literal("fee(200)"),
    )

    assert dmn.value(logic) == 20


def test_a_boxed_function_may_call_itself(dmn):
    logic = dmn.context(
        fact=function(dmn, "k:number", dmn.literal("if k <= 1 then 1 else k * fact(k - 1)")),
        _=dmn.literal("fact(5)"),
    )

    assert dmn.value(logic) == 120


def test_a_function_without_end_is_stopped(dmn):
    logic = dmn.context(
        f=function(dmn, "k", dmn.literal("f(k + 1)")),
        _=dmn.literal("f(1)"),
    )

    with pytest.raises(FeelLimitError):
        dmn.value(logic)


@pytest.mark.parametrize("kind", ["Java", "PMML"])
def test_external_functions_are_null_with_a_warning(dmn, kind):
    body = dmn.context(**{"class": dmn.literal('"java.lang.Math"')})
    logic = dmn.context(f=function(dmn, "a", body, kind), _=dmn.literal("f(1)"))
    model = dmn.load(dmn.decision("d", logic))
    result = model.evaluate("d", {})

    assert [finding.code for finding in model.findings] == ["external-function"]
    assert result.value is None
    assert "external" in [warning.code for warning in result.warnings]


def knowledge(dmn, *decisions):
    return dmn.load(
        dmn.knowledge("lệ phí", "số:number", dmn.literal("số * đơn giá()"), "k:đơngiá"),
        dmn.knowledge("đơn giá", "", dmn.literal("8000")),
        *decisions,
    )


def test_knowledge_is_called_as_a_function(dmn):
    model = knowledge(dmn, dmn.decision("d", dmn.literal("lệ phí(3)"), "k:lệphí"))

    assert model.evaluate("d", {}).value == 24000


def test_an_invocation_passes_arguments_by_name(dmn):
    model = knowledge(dmn, dmn.decision("d", invocation(dmn, "lệ phí", số="2"), "k:lệphí"))

    assert model.evaluate("d", {}).value == 16000


@pytest.mark.parametrize("arguments", [{}, {"other": "1"}, {"số": '"x"'}])
def test_an_invocation_with_wrong_arguments_is_null(dmn, arguments):
    model = knowledge(dmn, dmn.decision("d", invocation(dmn, "lệ phí", **arguments), "k:lệphí"))
    result = model.evaluate("d", {})

    assert result.value is None
    assert result.warnings


def test_knowledge_is_out_of_sight_unless_it_is_required(dmn):
    model = knowledge(dmn, dmn.decision("d", dmn.literal("lệ phí(3)")))

    assert model.evaluate("d", {}).value is None


def service_model(dmn):
    return dmn.load(
        dmn.input("tuổi", "number"),
        dmn.decision("hạng", dmn.literal('if tuổi >= 18 then "A" else "B"'), "i:tuổi"),
        dmn.decision("lời", dmn.literal('"hạng " + hạng'), "d:hạng"),
        dmn.decision("phí", dmn.literal('if hạng = "A" then 10 else 5'), "d:hạng"),
        dmn.service("một", outputDecision="lời", encapsulatedDecision="hạng", inputData="tuổi"),
        dmn.service("hai", outputDecision="lời phí", inputDecision="hạng"),
        dmn.decision("gọi một", dmn.literal("một(20).x"), "k:một"),
        dmn.decision("gọi", dmn.literal('[một(20), một(tuổi: 3), hai("C")]'), "k:một k:hai"),
        dmn.decision("sai", dmn.literal('[một("x"), một(), một(1, 2), một(năm: 1)]'), "k:một"),
    )


def test_a_service_with_one_output_yields_its_value(dmn):
    result = service_model(dmn).evaluate_service("một", {"tuổi": Decimal(20)})

    assert result.value == "hạng A"
    assert result.outputs == {"lời": "hạng A"}


def test_a_service_with_several_outputs_yields_a_context(dmn):
    result = service_model(dmn).evaluate_service("hai", {"hạng": "A"})

    assert result.value == {"lời": "hạng A", "phí": 10}


def test_an_input_decision_is_given_and_not_made(dmn):
    result = service_model(dmn).evaluate_service("hai", {"hạng": "Z"})

    assert result.outputs["lời"] == "hạng Z"
    assert [trace.name for trace in result.trace] == ["lời", "phí"]


def test_services_are_functions_of_their_inputs(dmn):
    result = service_model(dmn).evaluate("gọi", {})

    assert result.value == ["hạng A", "hạng B", {"lời": "hạng C", "phí": 5}]


def test_a_service_called_wrongly_is_null(dmn):
    result = service_model(dmn).evaluate("sai", {})

    assert result.value == [None] * 4
    assert len(result.warnings) >= 4


def test_an_unknown_decision_or_service_is_told(dmn):
    model = service_model(dmn)
    with pytest.raises(NotFound, match="no decision 'x'"):
        model.evaluate("x", {})
    with pytest.raises(NotFound, match="no decision service 'phí'"):
        model.evaluate_service("phí", {})


def test_a_service_without_output_is_found_and_yields_nothing(dmn):
    model = dmn.load('<decisionService id="s" name="s"/>')

    assert [finding.code for finding in model.findings] == ["no-output"]
    assert model.evaluate_service("s", {}).value == {}
