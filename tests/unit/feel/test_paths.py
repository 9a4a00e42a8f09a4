"""Paths, properties and filters."""

from __future__ import annotations

import pytest

HOUSEHOLDS = {
    "hộ": [
        {"chủ": "An", "người": 4, "nghèo": True},
        {"chủ": "Bình", "người": 2, "nghèo": False},
        {"chủ": "Chi", "người": 6},
    ]
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("hộ[1].chủ", '"An"'),
        ("hộ[-1].chủ", '"Chi"'),
        ("hộ[4]", "null"),
        ("hộ[0]", "null"),
        ("hộ[1.9].chủ", '"An"'),
        ("hộ.chủ", '["An", "Bình", "Chi"]'),
        ("hộ.nghèo", "[true, false, null]"),
        ("hộ[người > 3].chủ", '["An", "Chi"]'),
        ("hộ[nghèo].chủ", '["An"]'),
        ("hộ[nghèo = null].chủ", '["Chi"]'),
        ("hộ[item.người = 2].chủ", '["Bình"]'),
        ("hộ[người > 3][nghèo = true].chủ", '["An"]'),
        ("hộ[count(hộ)].chủ", '"Chi"'),
        ("hộ[người > 100]", "[]"),
        ("hộ[người]", "null"),
        ('hộ["x"]', "[]"),
        ("hộ[some h in hộ satisfies h.người > người].chủ", '["An", "Bình"]'),
        ("hộ[(function(n) n > 3)(người)].chủ", '["An", "Chi"]'),
        ("5[1]", "5"),
        ("5[true]", "[5]"),
        ("null[1]", "null"),
        ("[][true]", "[]"),
        ("[][1]", "null"),
        ("[1, 2, 3, 4][item > 2]", "[3, 4]"),
        ("[{item: 1}, {item: 3}][item > 2]", "[{item: 3}]"),
        ("[[1, 2], [3]][item[1] = 3]", "[[3]]"),
        ("{a: {b: 1}}.a.b", "1"),
        ("{a: 1}.b", "null"),
        ("null.a", "null"),
        ("[1, {a: 2}, [3]].a", "[null, 2, null]"),
        ('@"2026-03-02".weekday', "1"),
        ('@"2026-03-02T08:30:15".minute', "30"),
        ('@"2026-03-02T08:30:15+07:00".time offset', '@"PT7H"'),
        ('@"2026-03-02T08:30:15@Asia/Ho_Chi_Minh".time offset', '@"PT7H"'),
        ('@"2026-03-02T08:30:15@Asia/Ho_Chi_Minh".timezone', '"Asia/Ho_Chi_Minh"'),
        ('@"08:30:15.9".second', "15"),
        ('@"-P14M".years', "-1"),
        ('@"-P14M".months', "-2"),
        ('@"P3DT4H5M6S".hours', "4"),
        ('@"P3D".years', "null"),
        ('@"2026-03-02".hour', "null"),
        ("[1..5).start", "1"),
        ("[1..5).end included", "false"),
        ("(< 5).start", "null"),
        ('[@"2026-01-01", @"2027-01-01"].year', "[2026, 2027]"),
    ],
)
def test_paths_and_filters(literal_of, text, value):
    assert literal_of(text, HOUSEHOLDS) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{a: 1}.b", "the context has no entry 'b'"),
        ('@"P1D".years', "it has: days, hours, minutes, seconds"),
        ("[1, 2][5]", "a list of 2 items has no item 5"),
        ("5.6.a", "a number has no entry 'a'"),
    ],
)
def test_a_path_into_nothing_says_so(reason_of, text, reason):
    assert reason in reason_of(text)
