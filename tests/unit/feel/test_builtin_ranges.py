"""How ranges lie to each other."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("before(1, 2)", "true"),
        ("before(1, [1..2])", "false"),
        ("before(1, (1..2])", "true"),
        ("before([1..2], 2)", "false"),
        ("before([1..2), 2)", "true"),
        ("before([1..2), [2..3])", "true"),
        ("before([1..2], [2..3])", "false"),
        ("after(3, [1..2])", "true"),
        ("after([2..3], [1..2))", "true"),
        ("meets([1..2], [2..3])", "true"),
        ("meets([1..2), [2..3])", "false"),
        ("met by([2..3], [1..2])", "true"),
        ("overlaps([1..3], [2..4])", "true"),
        ("overlaps([1..2), [2..3])", "false"),
        ("overlaps before([1..3], [2..4])", "true"),
        ("overlaps before([2..4], [1..3])", "false"),
        ("overlaps after([2..4], [1..3])", "true"),
        ("finishes(3, [1..3])", "true"),
        ("finishes(3, [1..3))", "false"),
        ("finishes([2..3], [1..3])", "true"),
        ("finished by([1..3], 3)", "true"),
        ("includes([1..3], 2)", "true"),
        ("includes((1..3], 1)", "false"),
        ("includes([1..3], (1..3))", "true"),
        ("includes((1..3), [1..3])", "false"),
        ("during(2, [1..3])", "true"),
        ("during([1..2], [1..3])", "true"),
        ("starts(1, [1..3])", "true"),
        ("starts([1..2], [1..3])", "true"),
        ("starts((1..2], [1..3])", "false"),
        ("started by([1..3], 1)", "true"),
        ("coincides(1, 1)", "true"),
        ("coincides([1..2], [1..2))", "false"),
        ("before(range1: [1..2], range2: [3..4])", "true"),
        ("before(point: 1, range: [3..4])", "true"),
        ("includes((< 5), 3)", "true"),
        ("before((< 5), (>= 5))", "true"),
        ('before(@"2026-01-01", @"2026-01-02")', "true"),
        ('before(1, "a")', "null"),
        ("meets(1, [1..2])", "null"),
        ("before(null, 1)", "null"),
    ],
)
def test_relations(literal_of, text, value):
    assert literal_of(text) == value
