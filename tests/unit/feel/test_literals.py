"""Constants as the standard writes them."""

from __future__ import annotations

import pytest

from engine.feel import FeelSyntaxError, compile_expression


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", "7"),
        ("007", "7"),
        (".5", "0.5"),
        ("1.50", "1.5"),
        ("-3", "-3"),
        ("--3", "3"),
        ("---3", "-3"),
        ("-0", "0"),
        ("1.5e3", "1500"),
        ("12E-2", "0.12"),
        ("1234567890123456789012345678901234.4", "1234567890123456789012345678901234"),
        ("true", "true"),
        ("null", "null"),
        ('"a\\tb"', '"a\\tb"'),
        ('"nói \\"vâng\\""', '"nói \\"vâng\\""'),
        ('"\\u0111"', '"đ"'),
        ('"\\U01F6A2"', '"🚢"'),
        ('"\\uD83D\\uDEA2"', '"🚢"'),
        ('"\\uD83D"', '"\ufffd"'),
        ('"\\d+"', '"\\\\d+"'),
        ("[]", "[]"),
        ("[1, [2], null]", "[1, [2], null]"),
        ("{}", "{}"),
        ('{tên: "An", "số nhà": 5}', '{tên: "An", "số nhà": 5}'),
        ('{"if": 1, then: 2}', '{"if": 1, "then": 2}'),
        ('@"2026-02-28"', '@"2026-02-28"'),
        ('@"08:30:00"', '@"08:30:00"'),
        ('@"08:30:00.250+07:00"', '@"08:30:00.25+07:00"'),
        ('@"2026-02-28T08:30:00@Asia/Ho_Chi_Minh"', '@"2026-02-28T08:30:00@Asia/Ho_Chi_Minh"'),
        ('@"2026-02-28T24:00:00"', '@"2026-03-01T00:00:00"'),
        ('@"P14M"', '@"P1Y2M"'),
        ('@"PT36H"', '@"P1DT12H"'),
        ('@"-PT90S"', '@"-PT1M30S"'),
        ("1 /* ghi chú */ + 2 // hết", "3"),
        ("[1..5]", "[1..5]"),
        ("]1..5[", "(1..5)"),
        ("(1..5]", "(1..5]"),
        ("(< 5)", "(< 5)"),
        ("(>= 5)", "(>= 5)"),
        ('["a".."c"]', '["a".."c"]'),
    ],
)
def test_a_literal_is_read_and_written_back(literal_of, text, value):
    assert literal_of(text) == value


def test_a_literal_written_by_feel_is_read_back(literal_of):
    text = '{a: [1.50, "x\\ny", @"P1D", null], b: {"c d": (1..2]}, e: (> 3)}'

    assert literal_of(literal_of(text)) == literal_of(text)


@pytest.mark.parametrize("year", ["-0044-03-15", "0033-04-03", "999999999-12-31"])
def test_a_date_may_have_any_year(literal_of, year):
    assert literal_of(f'@"{year}"') == f'@"{year}"'


@pytest.mark.parametrize(
    "text",
    [
        '@"2026-02-29"',
        '@"2026-2-1"',
        '@"25:00:00"',
        '@"08:30"',
        '@"2026-01-01T08:30:00@Nowhere/City"',
        '@"2026-01-01T08:30:00+19:00"',
        '@"P1Y2D"',
        '@"P"',
        '@"PT"',
        '@"mai"',
        "@5",
    ],
)
def test_a_wrong_date_is_refused_when_it_is_read(text):
    with pytest.raises(FeelSyntaxError):
        compile_expression(text)


@pytest.mark.parametrize("text", ["[5..1]", '["b".."a"]', '[1.."a"]', '[@"P1D"..@"P1M"]'])
def test_a_range_without_order_is_null(reason_of, text):
    assert "range" in reason_of(text)
