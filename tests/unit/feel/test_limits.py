"""No expression can hang or fill the memory."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from engine.feel import (
    Environment,
    FeelLimitError,
    Limits,
    compile_expression,
    feel_equal,
    feel_literal,
    to_json,
)

# Each level holds the one below it ten times: 10 ** 12 items in a text of 300 characters.
TIGHT = Environment(limits=Limits(steps=100_000))
SHARED = (
    "{a: [1,1,1,1,1,1,1,1,1,1], "
    + ", ".join(
        f"{name}: [{','.join([below] * 10)}]"
        for below, name in zip("abcdefghijk", "bcdefghijkl", strict=True)
    )
    + ", r: %s}.r"
)


@pytest.mark.parametrize(
    "text",
    [
        "for x in 1..1000000 return x",
        "for x in 1..9999, y in 1..9999 return 1",
        "some x in 1..9999, y in 1..9999 satisfies false",
        "for x in 1..100000 return partial",
        "{f: function(n) f(n), r: f(1)}.r",
        "{f: function(n) g(n), g: function(n) f(n), r: f(1)}.r",
        "{f: function(n) if n = 0 then 1 else f(n - 1) + f(n - 1), r: f(40)}.r",
        "{f: function(x) x(x), r: f(f)}.r",
        SHARED % "l = (for x in l return x)",
        SHARED % "string(l)",
        SHARED % "to json(l)",
        SHARED % "flatten(l)",
        SHARED % "distinct values(flatten(l))",
        SHARED % ("l instance of " + "list<" * 12 + "number" + ">" * 12),
        SHARED % ("(function(p: " + "list<" * 12 + "string" + ">" * 12 + ") 1)(l)"),
        '{a: "xxxxxxxxxx", b: string join(for i in 1..1000 return a), '
        "c: string join(for i in 1..1000 return b)}.c",
        '{a: "aaaaaaaaaa", b: string join(for i in 1..9999 return a), c: replace(b, "a", b)}.c',
        'string join(for i in 1..100000 return "a", substring("' + "x" * 1000 + '", 1))',
        "for i in 1..200000 return concatenate([i], for j in 1..100 return j)",
        "sort(for i in 1..99999 return modulo(i * 7919, 99991), function(a, b) a < b)",
        "duplicate values(for i in 1..100000 return [i])",
        "distinct values(for i in 1..100000 return [i])",
        "{c: context(for i in 1..1000 return {key: string(i), value: i}), "
        'r: for i in 1..100000 return context put(c, "x", i)}.r',
    ],
)
def test_a_greedy_expression_is_stopped_soon(text):
    start = time.process_time()

    with pytest.raises(FeelLimitError):
        compile_expression(text).evaluate({}, TIGHT)

    assert time.process_time() - start < 10


def test_limits_are_the_environments():
    small = Environment(limits=Limits(steps=50, depth=3, items=10, characters=20))
    tests = {
        "for x in 1..5 return x": "[1, 2, 3, 4, 5]",
        "(function(x) x)(1)": "1",
        'string join(["aaaaaaaaaa", "bbbbbb"])': '"aaaaaaaaaabbbbbb"',
    }
    too_much = [
        "for x in 1..11 return x",
        "for x in [1, 2, 3, 4, 5, 6, 7, 8], y in [1, 2, 3, 4, 5, 6, 7, 8] return x",
        "{f: function(n) if n = 0 then 0 else f(n - 1), r: f(4)}.r",
        'string join(["aaaaaaaaaa", "bbbbbbbbbbb"])',
    ]

    for text, value in tests.items():
        assert feel_literal(compile_expression(text).evaluate({}, small)) == value
    for text in too_much:
        with pytest.raises(FeelLimitError):
            compile_expression(text).evaluate({}, small)


def test_each_evaluation_has_a_budget_of_its_own():
    env = Environment(limits=Limits(steps=200))
    expression = compile_expression("count(for x in 1..40 return x)")

    assert [expression.evaluate({}, env) for _ in range(5)] == [40] * 5


@pytest.mark.parametrize("walk", [to_json, feel_literal, lambda value: feel_equal(value, value)])
def test_a_value_with_shared_parts_is_not_walked_without_end(walk):
    value: list[object] = [Decimal(1)]
    for _ in range(40):
        value = [value, value]

    with pytest.raises(FeelLimitError):
        walk(value)


def test_large_numbers_cost_nothing():
    start = time.process_time()
    for text in (
        "9e6000 ** 9e6000",
        "1.0000000001 ** 1e30",
        "modulo(9e6000, 3)",
        "decimal(1e6000, 6000)",
        "round up(1e6144, -6000)",
        "exp(6e3)",
        "odd(9e6000)",
        "string(1e6000)",
        'number("1e6000")',
        '@"P999999999999Y" + @"2026-01-01"',
        '@"P999999999999999D" * 9e99',
        "[1, 2][1e6000]",
        'substring("abc", -1e6000)',
    ):
        compile_expression(text).evaluate({})

    assert time.process_time() - start < 10
