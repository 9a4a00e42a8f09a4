"""Warnings and explanations for the analyst."""

from __future__ import annotations

import re
from pathlib import Path

from engine import feel
from engine.feel import compile_expression, feel_literal, from_json, reason
from engine.feel.reasons import CODES


def test_warnings_name_place_rule_and_reason():
    text = 'if amount > limit then "x" else fee("a")'
    value, warnings = compile_expression(text).evaluate_with_warnings(from_json({"amount": 5}))

    assert value is None
    assert [(w.position, w.code) for w in warnings] == [
        (12, "unknown-name"),
        (3, "operands"),
        (32, "unknown-function"),
    ]
    assert str(warnings[1]) == "at 3: number > Null cannot be compared"


def test_a_warning_of_a_loop_is_told_once():
    _, warnings = compile_expression("for x in 1..50 return x + nothing").evaluate_with_warnings({})

    assert len(warnings) == 2


def test_warnings_never_hold_values():
    context = from_json({"secret": "079123456789"})
    texts = [
        "secret + 1",
        "secret.a",
        "date(secret)",
        "secret > 1",
        "secret()",
        "number(secret, 1)",
        "get value({}, secret)",
        'get value({a: {}}, ["a", secret])',
        "context([{key: secret, value: 1}, {key: secret, value: 2}])",
        "context put({}, [secret, secret, null], 1)",
        'date and time(date and time("2026-01-01T00:00:00"), secret)',
        'matches("a", "\\p{" + secret + "}")',
    ]

    for text in texts:
        value, warnings = compile_expression(text).evaluate_with_warnings(context)

        assert value is None
        assert warnings
        assert "0791" not in " ".join(map(str, warnings))


def test_every_code_of_a_warning_is_explained():
    folder = Path(feel.__file__).parent
    texts = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    raised = re.findall(r'NoValue\((?:[^()"]|"(?:[^"])*"|\([^()]*\))*?, "([a-z-]+)"\)', texts)
    warned = re.findall(r'\.warn\([a-z.]+, "([a-z-]+)"', texts)

    assert len(set(raised)) > 5
    assert len(set(warned)) > 3
    assert {*raised, *warned} <= CODES
    assert all(reason(code).vi != reason(code).en for code in CODES)


def test_no_value_no_warning_where_all_is_well():
    assert compile_expression("null = null or false").evaluate_with_warnings({}) == (True, ())


def test_an_explanation_lists_parts_with_their_values():
    expression = compile_expression("a * 2 > 5 and b")
    steps = expression.explain(from_json({"a": 3, "b": False}))

    assert [(step.text, feel_literal(step.value)) for step in steps] == [
        ("a", "3"),
        ("a * 2", "6"),
        ("a * 2 > 5", "true"),
        ("b", "false"),
        ("a * 2 > 5 and b", "false"),
    ]


def test_an_explanation_counts_rounds_of_loops():
    steps = compile_expression("sum(for x in 1..3 return x * x)").explain({})

    assert [(s.text, feel_literal(s.value), s.times) for s in steps if s.text == "x * x"] == [
        ("x * x", "9", 3)
    ]


def test_compiling_twice_gives_the_same_object():
    first = compile_expression("a + b-c", names=["b-c", "a"])

    assert compile_expression("a + b-c", names=("a", "b-c")) is first
    assert compile_expression("a + b-c") is not first
