"""``instance of``, conversions to a type, types as text."""

from __future__ import annotations

import pytest

from engine.feel import (
    Environment,
    FeelError,
    compile_expression,
    is_instance,
    parse_temporal,
    parse_type,
    type_of,
)
from engine.feel.decimals import ONE


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 instance of number", "true"),
        ('"1" instance of number', "false"),
        ("-1 instance of number", "true"),
        ("null instance of Any", "false"),
        ("null instance of Null", "true"),
        ("1 instance of Any", "true"),
        ('@"2026-01-01" instance of date', "true"),
        ('@"2026-01-01" instance of date and time', "false"),
        ('@"2026-01-01T00:00:00" instance of date and time', "true"),
        ('@"P1D" instance of days and time duration', "true"),
        ('@"P1M" instance of years and months duration', "true"),
        ("[1, 2] instance of list<number>", "true"),
        ('[1, "2"] instance of list<number>', "false"),
        ("[1, null] instance of list<number>", "true"),
        ("[] instance of list<string>", "true"),
        ("[[1]] instance of list<list<number>>", "true"),
        ("[1] instance of list", "true"),
        ("{a: 1} instance of context", "true"),
        ("{a: 1, b: 2} instance of context<a: number>", "true"),
        ("{a: null} instance of context<a: number>", "true"),
        ("{} instance of context<a: number>", "false"),
        ("{} instance of context<>", "true"),
        ("{a: {b: [1]}} instance of context<a: context<b: list<number>>>", "true"),
        ("[1..2] instance of range<number>", "true"),
        ('["a".."b"] instance of range<number>', "false"),
        ("abs instance of function", "true"),
        ("(function(a: number) a) instance of function<number>->Any", "true"),
        ("(function(a: string) a) instance of function<number>->Any", "false"),
        ("(function(a) a) instance of function<number>->Any", "true"),
        ("(function(a) a) instance of function<number, number>->Any", "false"),
        ("string length instance of function<string>->number", "true"),
        ("string length instance of function<string>->string", "false"),
        ("1 instance of nothing", "null"),
        ("[1] instance of list<nothing>", "null"),
        ("1 instance of number = true", "true"),
        ("[1] instance of list<number>= true", "true"),
    ],
)
def test_instance_of(literal_of, text, value):
    assert literal_of(text) == value


def test_named_types_come_from_the_environment():
    env = Environment(types={"tPerson": parse_type("context<name: string>")})

    assert compile_expression('{name: "An"} instance of tPerson').evaluate({}, env) is True
    assert compile_expression("[{name: 1}] instance of list<tPerson>").evaluate({}, env) is False
    assert compile_expression("(function(p: tPerson) p.name)({name: 1})").evaluate({}, env) is None


def test_a_parameter_of_unknown_type_takes_anything():
    value, warnings = compile_expression("(function(p: tNo) p)(1)").evaluate_with_warnings({})

    assert value == ONE
    assert "no type 'tNo'" in warnings[0].message


@pytest.mark.parametrize(
    ("kind", "value", "result"),
    [
        ("number", [ONE], (ONE, True)),
        ("number", "a", (None, False)),
        ("number", None, (None, True)),
        ("list<number>", ONE, ([ONE], True)),
        ("list<number>", "a", (None, False)),
        ("list<list<number>>", [ONE], (None, False)),
        ("list<Any>", [ONE], ([ONE], True)),
        ("number", [ONE, ONE], (None, False)),
        ("date and time", parse_temporal("2026-01-01"), "2026-01-01T00:00:00Z"),
        ("string", parse_temporal("2026-01-01"), (None, False)),
    ],
)
def test_conversions_to_a_type(kind, value, result):
    coerced = parse_type(kind).coerce(value)

    assert coerced == result or (str(coerced[0]), coerced[1]) == (result, True)


@pytest.mark.parametrize(
    ("narrow", "wide", "within"),
    [
        ("number", "Any", True),
        ("Any", "number", False),
        ("Null", "number", True),
        ("list<number>", "list<Any>", True),
        ("list<Any>", "list<number>", False),
        ("range<number>", "range<Any>", True),
        ("context<a: number, b: string>", "context<a: number>", True),
        ("context<a: number>", "context<a: number, b: string>", False),
        ("context<a: number>", "context", True),
        ("function<Any>->number", "function<number>->Any", True),
        ("function<number>->number", "function<Any>->number", False),
        ("function<number>->number", "number", False),
    ],
)
def test_one_type_within_another(narrow, wide, within):
    assert parse_type(narrow).within(parse_type(wide)) is within


def test_types_are_written_as_they_are_read():
    for text in ("list<context<a: number>>", "function<number, date>->list<Any>", "range<date>"):
        assert str(parse_type(text)) == text
        assert hash(parse_type(text)) == hash(parse_type(text))


def test_unknown_types_and_values_are_named():
    with pytest.raises(FeelError, match="no type 'foo'"):
        parse_type("foo")
    with pytest.raises(FeelError):
        parse_type("number number>")
    assert type_of(object()) == "unknown"
    assert is_instance(ONE, parse_type("number"))
