"""``for``, ``some`` and ``every``."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("for x in [1, 2] return x * x", "[1, 4]"),
        ("for x in [1, 2], y in [10, 20] return x + y", "[11, 21, 12, 22]"),
        ("for x in [[1], [2, 3]], y in x return y", "[1, 2, 3]"),
        ("for x in 3..1 return x", "[3, 2, 1]"),
        ("for x in 1 + 1..2 * 2 return x", "[2, 3, 4]"),
        ("for x in [1..3) return x", "[1, 2]"),
        ("for x in ]1..3[ return x", "[2]"),
        ("for x in ]1..2[ return x", "[]"),
        ('for d in @"2026-02-28"..@"2026-03-01" return d.day', "[28, 1]"),
        ('for d in [@"2026-02-28"..@"2026-03-01"] return d.day', "[28, 1]"),
        ("for x in [] return x", "[]"),
        ("for x in 5 return x", "[5]"),
        ("for x in null return x", "null"),
        ('for x in "a".."c" return x', "null"),
        ("for x in 1.5..3 return x", "null"),
        ("for x in (< 3) return x", "null"),
        ("for x in 1..5 return if x < 3 then 1 else partial[-1] + partial[-2]", "[1, 1, 2, 3, 5]"),
        ("for x in 1..3 return partial", "[[], [[]], [[], [[]]]]"),
        ("for x in 1..2 return for y in 1..x return y", "[[1], [1, 2]]"),
        ("for f in (for n in 1..3 return function() n) return f()", "[1, 2, 3]"),
        ("for x in [1, 2], y in [x] return function(z) y + z", None),
        ("some x in [1, 2] satisfies x > 1", "true"),
        ("some x in [] satisfies true", "false"),
        ("some x in [1, null] satisfies x > 1", "null"),
        ("some x in [null, 2] satisfies x > 1", "true"),
        ("every x in [1, 2] satisfies x > 0", "true"),
        ("every x in [] satisfies false", "true"),
        ("every x in [1, null] satisfies x > 0", "null"),
        ("every x in [null, -1] satisfies x > 0", "false"),
        ("some x in [1, 2], y in [2, 3] satisfies x = y", "true"),
        ("every x in 1..3 satisfies x < 4", "true"),
        ("some x in null satisfies true", "null"),
    ],
)
def test_loops(literal_of, text, value):
    if value is None:
        assert literal_of(f"count({text})") == "2"
    else:
        assert literal_of(text) == value
