"""Names of several words and with symbols, resolved by what is in scope."""

from __future__ import annotations

import unicodedata

import pytest

from engine.feel import FeelSyntaxError, compile_expression, from_json


@pytest.mark.parametrize(
    ("text", "names", "context", "value"),
    [
        ("a", (), {"a": 1}, "1"),
        ("lệ phí", (), {"lệ phí": 5}, "5"),
        ("lệ   phí + 1", (), {"lệ phí": 5}, "6"),
        ("a-b", (), {"a": 5, "b": 3, "a-b": 9}, "2"),
        ("a-b", ("a-b",), {"a": 5, "b": 3, "a-b": 9}, "9"),
        ("a - b", ("a-b",), {"a": 5, "b": 3, "a-b": 9}, "9"),
        ("a-b-c", ("a", "a-b", "b-c"), {"a-b": 9, "c": 1}, "8"),
        ("số hộ/người", ("số hộ/người",), {"số hộ/người": 4}, "4"),
        ("owner's fee * 2", ("owner's fee",), {"owner's fee": 4}, "8"),
        ("v1.2", ("v1.2",), {"v1.2": 4}, "4"),
        ("date in question", ("date in question",), {"date in question": 4}, "4"),
        ("in stock", ("in stock",), {"in stock": True}, "true"),
        ("x and y", ("x and y",), {"x and y": 3}, "3"),
        ("x and y", (), {"x": True, "y": True}, "true"),
        ("Mức 2", ("Mức 2",), {"Mức 2": 7}, "7"),
        ("date", (), {"date": 5}, "5"),
        ("date + 1", ("date",), {"date": 5}, "6"),
        ("count", (), {"count": 5}, "5"),
        ("count([1, 2]) + count", (), {"count": 5}, "7"),
        ("p.first name", (), {"p": {"first name": "An"}}, '"An"'),
        ("p.số-nhà", ("số-nhà",), {"p": {"số-nhà": 7}}, "7"),
        ("p.in", (), {"p": {"in": 7}}, "7"),
        ("{x-y: 3, z: x-y + 1}.z", (), {}, "4"),
        ("{x-y: 3}.x-y", (), {}, "3"),
        ("[{x-y: 3}][x-y = 3][1].x-y", (), {}, "3"),
        ("for so-luong in [1, 2] return so-luong * 2", (), {}, "[2, 4]"),
        ("{f: function(a-b) a-b * 2, r: f(3)}.r", (), {}, "6"),
        ("{f: function(the value) the value + 1, r: f(the value: 3)}.r", (), {}, "4"),
        ("some số in [1] satisfies số = 1", (), {}, "true"),
    ],
)
def test_the_longest_name_in_scope_wins(literal_of, text, names, context, value):
    assert literal_of(text, context, names=names) == value


def test_members_are_names_behind_a_dot_only(literal_of):
    context = {"a": {"x-y": 1}, "x": 5, "y": 3}

    assert literal_of("a.x-y + x-y", context, members=("x-y",)) == "3"


def test_composed_and_decomposed_vietnamese_are_the_same_name():
    decomposed = unicodedata.normalize("NFD", 'tiếng_Việt + "ộ"')
    composed = from_json({unicodedata.normalize("NFD", "tiếng_Việt"): "ấ"})

    value = compile_expression(decomposed).evaluate(composed)

    assert value == unicodedata.normalize("NFC", "ấộ")


def test_a_known_name_does_not_swallow_its_neighbour():
    with pytest.raises(FeelSyntaxError):
        compile_expression("amount limit", names=("amount", "limit"))


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("a + b.c", {"a", "b"}),
        ("for x in xs return x + y", {"xs", "y"}),
        ("some x in xs, z in x satisfies z = w", {"xs", "w"}),
        ("{a: 1, b: a + c}", {"a", "c"}),
        ("function(p) p + q", {"q"}),
        ("count(xs) + my rule(z)", {"xs", "my rule", "z"}),
        ("xs[item > limit]", {"xs", "limit"}),
        ("for i in 1..3 return partial", set()),
        ('date("2026-01-01") + substring before(s, "x")', {"s"}),
    ],
)
def test_names_used_are_the_free_ones(text, used):
    assert compile_expression(text).names_used >= used - {"a"}
    assert compile_expression(text).names_used <= used


def test_a_name_unknown_is_null_and_a_neighbour_is_proposed(reason_of):
    assert reason_of("amont", {"amount": 1}) == (
        "nothing is called 'amont'; did you mean 'amount'?"
    )
    assert "did you mean 'substring'" in reason_of('subsring("a", 1)')
