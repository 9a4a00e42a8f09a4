"""Functions written in FEEL: parameters, closures, recursion, types; calls by name."""

from __future__ import annotations

import pytest

from engine.feel import (
    Environment,
    FeelError,
    HostFunction,
    NoValue,
    Parameter,
    compile_expression,
    from_json,
    parse_type,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(function(a, b) a - b)(5, 3)", "2"),
        ("{f: function(a, b) a - b, r: f(b: 5, a: 3)}.r", "-2"),
        ("{f: function() 7, r: f()}.r", "7"),
        ("{n: 2, f: function(x) x * n, r: f(5)}.r", "10"),
        ("{f: function(x) function(y) x + y, r: f(1)(2)}.r", "3"),
        ("{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(5)}.r", "120"),
        ("{odd: 5, f: function(x) odd(x), r: f(3)}.r", "true"),
        ("{f: function(x: number) x, r: f(1)}.r", "1"),
        ("{f: function(x: number) x, r: f([1])}.r", "1"),
        ('{f: function(x: number) x, r: f("a")}.r', "null"),
        ("{f: function(x: list<number>) x, r: f(1)}.r", "[1]"),
        ('{f: function(x: date and time) x, r: f(@"2026-01-01")}.r', '@"2026-01-01T00:00:00Z"'),
        ("{f: function(x) x, r: f(1, 2)}.r", "null"),
        ("{f: function(x) x, r: f()}.r", "null"),
        ("{f: function(x) x, r: f(y: 1)}.r", "null"),
        ("{f: function(x, y) x, r: f(x: 1)}.r", "null"),
        ("sort([3, 1, 2], function(a, b) a > b)", "[3, 2, 1]"),
        ("{apply: function(f, x) f(x), r: apply(abs, -3)}.r", "3"),
        ("5()", "null"),
        ("null(1)", "null"),
        ("nothing(1)", "null"),
        ("{f: 5, r: f(1)}.r", "null"),
        ("abs(n: -1)", "1"),
        ("abs(x: -1)", "null"),
        ("abs()", "null"),
        ("abs(1, 2)", "null"),
    ],
)
def test_calls(literal_of, text, value):
    assert literal_of(text) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("abs()", "abs was called with 0 arguments"),
        ('abs("a")', "abs: argument 'n' is a string, not a number or duration"),
        ("abs(null)", "abs: argument 'n' is null"),
        ("abs(x: 1)", "abs has no such parameters: abs(n: number or duration)"),
        ("uuid()", "the function 'uuid' is not offered here"),
        ("{f: function(x) x, r: f(1, 2)}.r", "takes 1 arguments, got 2"),
        ("{f: function(x) x, r: f(y: 1)}.r", "has no parameter 'y' (it has: x)"),
        ("5()", "a number cannot be called"),
    ],
)
def test_a_failed_call_says_why(reason_of, text, reason):
    assert reason in reason_of(text)


def test_a_function_outlives_the_evaluation_that_made_it():
    double = compile_expression("function(x) x * n").evaluate(from_json({"n": 2}))

    assert compile_expression("f(21)").evaluate({"f": double}) == 42


def _host(**functions: HostFunction) -> Environment:
    return Environment(functions={name.replace("_", " "): f for name, f in functions.items()})


def test_a_host_lends_functions_with_names_and_types():
    add = HostFunction("add", [Parameter("a", parse_type("number")), "b"], lambda a, b: a + b)
    env = _host(working_days_between=add)

    assert compile_expression("working days between(1, 2)").evaluate({}, env) == 3
    assert compile_expression("working days between(b: 1, a: 2)").evaluate({}, env) == 3
    assert compile_expression('working days between("1", 2)').evaluate({}, env) is None
    assert compile_expression("working days between(1)").evaluate({}, env) is None


def test_optional_parameters_of_a_host_function_are_null():
    shown = HostFunction("shown", ["a", "b"], lambda a, b: [a, b], optional=1)

    assert compile_expression("shown(1)").evaluate({}, _host(shown=shown)) == [1, None]
    assert compile_expression("shown(a: 1)").evaluate({}, _host(shown=shown)) == [1, None]


def test_a_host_function_may_have_no_value_or_fail():
    def refuse() -> object:
        raise NoValue("no calendar for that year")

    def fail() -> object:
        raise FeelError("the calendar is broken")

    env = _host(refuse=HostFunction("refuse", [], refuse), fail=HostFunction("fail", [], fail))
    value, warnings = compile_expression("refuse()").evaluate_with_warnings({}, env)

    assert value is None
    assert warnings[0].message == "no calendar for that year"
    with pytest.raises(FeelError, match="broken"):
        compile_expression("fail()").evaluate({}, env)


def test_a_host_function_sees_the_evaluation_and_its_result_is_typed():
    inner = compile_expression("x + 1")
    grow = HostFunction(
        "grow",
        ["x"],
        lambda run, x: inner.evaluate_within(run, {"x": x}),
        wants_evaluation=True,
        result_type=parse_type("number"),
    )
    text = HostFunction("text", [], lambda: "a", result_type=parse_type("number"))

    assert compile_expression("grow(1)").evaluate({}, _host(grow=grow)) == 2
    assert compile_expression("text()").evaluate({}, _host(text=text)) is None


def test_a_host_may_replace_a_function_of_the_language():
    today = HostFunction("date", ["text"], lambda text: text)

    assert compile_expression('date("x")').evaluate({}, _host(date=today)) == "x"
    assert compile_expression('date("2026-01-01")').evaluate({"date": today}) == "2026-01-01"
