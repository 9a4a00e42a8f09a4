"""The cells of decision tables."""

from __future__ import annotations

import pytest

from engine.feel import compile_unary_tests, from_json

CONTEXT = from_json({"limit": 10, "codes": ["A", "B"], "open": True, "closed": False})


@pytest.mark.parametrize(
    ("cell", "value", "verdict"),
    [
        ("-", 5, True),
        ("-", None, True),
        ("5", 5, True),
        ("5", 6, False),
        ("< 10", 9, True),
        ("<= limit", 10, True),
        ("> limit", 10, False),
        ("= 5", 5, True),
        ("!= 5", 5, False),
        ("[1..5]", 5, True),
        ("]1..5[", 5, False),
        ("(1..5)", 2, True),
        ("[1..limit)", 9, True),
        ("1, 2, 3", 2, True),
        ("1, > 5", 3, False),
        ("< 1, [5..6], 8", 8, True),
        ("not(1, 2)", 2, False),
        ("not(1, 2)", 3, True),
        ("not([1..3])", 4, True),
        ("not(> 5)", 7, False),
        ("not((1..3])", 1, True),
        ('"A"', "A", True),
        ('"A", "C"', "B", False),
        ("codes", "B", True),
        ("not(codes)", "B", False),
        ("null", None, True),
        ("null", 5, False),
        ("not(null)", 5, True),
        ("true", True, True),
        ("true", False, False),
        ("not(true)", False, True),
        ("? > 5 and ? < 9", 7, True),
        ("? > limit", 7, False),
        ('contains(?, "n")', "An", True),
        ('not(contains(?, "n"))', "An", False),
        ("not(? > 5) and true", 4, True),
        ("string length(?) > 1, null", None, True),
        ("count(?) = 2", [1, 2], True),
        ("some x in ? satisfies x > 1", [1, 2], True),
        ("? in [1..3]", 2, True),
        ("limit > 5", 1, True),
        ("limit > 50", 1, False),
        ("open", True, True),
        ("closed", True, False),
        ('@"2026-01-01"', None, False),
        ("< 10", "a", None),
        ("< 10", None, None),
        ("not(< 10)", None, None),
        ('"5"', 5, None),
        ('5, "5"', 5, True),
        ('6, "5"', 5, None),
        ("[1, 2]", [1, 2], True),
        ("? instance of number", 5, True),
        ("string length(?)", "a", None),
    ],
)
def test_a_cell(cell, value, verdict):
    assert compile_unary_tests(cell).test(from_json(value), CONTEXT) is verdict


def test_a_cell_says_why_it_cannot_judge():
    verdict, warnings = compile_unary_tests("foo(?)").test_with_warnings(5, CONTEXT)

    assert verdict is None
    assert "no function 'foo'" in warnings[0].message


def test_python_numbers_and_names_are_taken():
    cell = compile_unary_tests("> limit-value", names=("limit-value",))

    assert cell.test(11, {"limit-value": 10}) is True
    assert cell.names_used == {"limit-value"}
