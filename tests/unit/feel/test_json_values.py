"""Values in from the host and out to JSON."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine.feel import (
    FeelError,
    compile_expression,
    feel_literal,
    from_datetime,
    from_json,
    parse_date_time,
    to_datetime,
    to_json,
)


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        (1, "1"),
        (1.1, "1.1"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e300, "1e300"),
        (Decimal("1.50"), "1.5"),
        (10**40, "1e40"),
        (True, "true"),
        (None, "null"),
        ("Tie\u0302\u0301ng", '"Tiếng"'),
        ([1, (2, None)], "[1, [2, null]]"),
        ({"tie\u0302\u0301ng": {"a": 1}}, "{tiếng: {a: 1}}"),
        (date(2026, 3, 2), '@"2026-03-02"'),
        (time(8, 30), '@"08:30:00"'),
        (time(8, 30, tzinfo=UTC), '@"08:30:00Z"'),
        (datetime(2026, 3, 2, 8), '@"2026-03-02T08:00:00"'),
        (
            datetime(2026, 3, 2, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")),
            '@"2026-03-02T08:00:00@Asia/Ho_Chi_Minh"',
        ),
        (
            datetime(2026, 3, 2, 8, tzinfo=timezone(timedelta(hours=-3))),
            '@"2026-03-02T08:00:00-03:00"',
        ),
        (timedelta(days=1, seconds=1.5), '@"P1DT1.5S"'),
        (timedelta(seconds=-1), '@"-PT1S"'),
    ],
)
def test_values_of_a_host_become_feel_values(value, literal):
    assert feel_literal(from_json(value)) == literal


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        Decimal("1e9999"),
        pytest.param(10**7000, id="huge"),
        object(),
        {1: 2},
        b"abc",
        {"a": [set()]},
    ],
)
def test_what_feel_has_no_value_for_is_refused(value):
    with pytest.raises(FeelError):
        from_json(value)


def test_a_value_nested_too_deeply_is_refused():
    value: object = 1
    for _ in range(200):
        value = [value]

    with pytest.raises(FeelError, match="nested"):
        from_json(value)
    with pytest.raises(FeelError, match="nested"):
        to_json(value)
    with pytest.raises(FeelError, match="nested"):
        feel_literal(value)


def test_plain_python_values_of_a_context_are_taken():
    assert compile_expression("a + b.c").evaluate({"a": 1, "b": {"c": 0.5}}) == Decimal("1.5")
    assert compile_expression("d.year").evaluate({"d": date(2026, 1, 1)}) == 2026
    with pytest.raises(FeelError, match="Variable 'x'"):
        compile_expression("x").evaluate({"x": object()})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.50", Decimal("1.50")),
        ('"a"', "a"),
        ("[1, {a: null, b: true}]", [1, {"a": None, "b": True}]),
        ('@"2026-03-02"', "2026-03-02"),
        ('@"P1D"', "P1D"),
        ('{t: @"08:00:00@Asia/Ho_Chi_Minh"}', {"t": "08:00:00@Asia/Ho_Chi_Minh"}),
    ],
)
def test_values_become_json(text, value):
    assert to_json(compile_expression(text).evaluate({})) == value


@pytest.mark.parametrize("text", ["[1..2]", "abs", "{f: function() 1}", "[(< 3)]"])
def test_ranges_and_functions_are_no_variables(text):
    with pytest.raises(FeelError, match="cannot be kept as a variable"):
        to_json(compile_expression(text).evaluate({}))


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02T08:00:00",
        "2026-03-02T08:00:00.250Z",
        "2026-03-02T08:00:00-03:30",
        "2026-03-02T08:00:00@Asia/Ho_Chi_Minh",
    ],
)
def test_points_in_time_survive_python(text):
    value = parse_date_time(text)
    assert value is not None

    assert from_datetime(to_datetime(value)) == value


def test_a_year_python_lacks_is_refused():
    value = parse_date_time("99999-01-01T00:00:00")
    assert value is not None

    with pytest.raises(FeelError, match="too far"):
        to_datetime(value)


def test_functions_have_no_literal():
    with pytest.raises(FeelError):
        feel_literal(compile_expression("abs").evaluate({}))
