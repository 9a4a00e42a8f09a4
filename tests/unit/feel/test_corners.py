"""Corners that the areas' own tests do not reach."""

from __future__ import annotations

import pytest

from engine.feel import (
    FeelError,
    FeelLimitError,
    compile_expression,
    feel_equal,
    parse_type,
)
from engine.feel.values.zones import offset_at, zone_named


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 + null", "null"),
        ("1 / 0 / 2", "null"),
        ('"a" + "b" + "c"', '"abc"'),
        ("2 in [(= 2), 5]", "true"),
        ("2 in [(!= 2)]", "false"),
        ("[1..2] in [[1..2], 3]", "true"),
        ("5 in (null..3)", "null"),
        ('1 in ["a"]', "false"),
        ("abs = abs", "true"),
        ("abs = floor", "false"),
        ('assert(5, true, "why")', "5"),
        ("{a: abs}.a(-1)", "1"),
        ("(function(x: number) x)(x: 1)", "1"),
        ('replace("abcdefghijk", "(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)", "$11$10")', '"kj"'),
        ('matches("abcdefghijka", "(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)\\1")', "true"),
        ('matches("aabcdefghija1", "(a)\\11")', "false"),
        ('matches("aa1", "(a)\\11")', "true"),
        ('matches("a\\nb", "a[\\n]b")', "true"),
        ('matches("a.b", "a[\\.]b")', "true"),
        ('matches("a", "[b-\\d]")', "null"),
        ('range("[-@\\"P1D\\"..@\\"P1D\\"]")', '[@"-P1D"..@"P1D"]'),
        ('range("[date(1)..2]")', "null"),
        ('[@"P1D"..@"P2D"] instance of range<days and time duration>', "true"),
        ("1 instance of range<number>", "false"),
        ("1 instance of list<number>", "false"),
        ("1 instance of context<a: number>", "false"),
        ("1 instance of function", "false"),
        ("1 instance of a.b", "null"),
        ("[1..xs[1]]", "[1..2]"),
        ("3 in [1..xs[2][", "false"),
        ('@"2026-01-01T00:00:00+07:60"', None),
        ('"P999999999999999D" + ""', '"P999999999999999D"'),
        ('@"P999999999999999D" + @"P1D"', "null"),
        ('@"P999999999Y" * 30', "null"),
        ('"a" + @"P1M"', "null"),
        ('"a" - @"P1D"', "null"),
        ('@"2026-01-31T10:00:00" + @"P1M"', '@"2026-02-28T10:00:00"'),
        ('date and time(@"2026-01-31")', '@"2026-01-31T00:00:00Z"'),
        ('date(@"2026-01-31T10:00:00@Asia/Ho_Chi_Minh").day', "31"),
        ('@"2026-01-31" = date and time("2026-01-31T00:00:00")', "null"),
        ("string(for x in [1] return function() 1)", '"[function()]"'),
    ],
)
def test_corners(literal_of, text, value):
    if value is None:
        with pytest.raises(FeelError):
            compile_expression(text)
    else:
        assert literal_of(text, {"xs": [2, 3]}) == value


def test_an_assertion_that_fails_stops_the_step():
    with pytest.raises(FeelError, match="not yet paid"):
        compile_expression('assert(fee, paid, "not yet paid")').evaluate({"fee": 1, "paid": False})
    with pytest.raises(FeelError, match="inner"):
        compile_expression('assert(assert(1, false, "inner"), true, "outer")').evaluate({})
    with pytest.raises(FeelError, match="by name"):
        compile_expression('assert(value: 1, condition: false, cause: "by name")').evaluate({})
    with pytest.raises(FeelError, match="no cause is written"):
        compile_expression('assert(1, false, "x" + "y")').evaluate({})


def test_types_refuse_what_follows_them():
    with pytest.raises(FeelError, match="end of the type"):
        parse_type("number, number")
    with pytest.raises(FeelError, match="name of a type"):
        parse_type("if")


@pytest.mark.parametrize(
    ("one", "other"),
    [("list<number>", "number"), ("range<number>", "number"), ("context<a: number>", "number")],
)
def test_composed_types_are_not_simple_ones(one, other):
    assert not parse_type(one).within(parse_type(other))
    assert parse_type(one).within(parse_type("Any"))


def test_zones_are_looked_up_by_plain_names():
    assert zone_named("Asia/Ho_Chi_Minh") is not None
    assert zone_named("../etc/passwd") is None
    assert zone_named("Asia") is None
    assert offset_at("Asia/Ho_Chi_Minh", 2026, 1, 1, 0) == 7 * 3600
    assert offset_at("Asia/Ho_Chi_Minh", 123456, 2, 29, 0) == 7 * 3600
    assert offset_at("No/Where", 2026, 1, 1, 0) == 0


def test_values_nested_too_deeply_do_not_exhaust_the_stack():
    deep: list[object] = []
    for _ in range(5000):
        deep = [deep]

    with pytest.raises(FeelLimitError):
        feel_equal(deep, [deep[0]])
    with pytest.raises(FeelLimitError):
        compile_expression("deep = other").evaluate({"deep": deep, "other": [deep[0]]})
