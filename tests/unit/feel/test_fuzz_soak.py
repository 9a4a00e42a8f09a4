"""A million random expressions; only ``make soak`` runs them all."""

from __future__ import annotations

import random
import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from engine.feel import (
    Environment,
    FeelError,
    Limits,
    compile_expression,
    compile_unary_tests,
    feel_literal,
    from_json,
)
from engine.feel.builtins.registry import BUILTINS

ENV = Environment(
    now=lambda: datetime(2026, 3, 2, tzinfo=UTC),
    limits=Limits(steps=20_000, items=5_000, characters=50_000),
)
CONTEXT = from_json({"a": 1, "b": "hồ sơ", "c": [1, 2, None], "d": {"a": 5, "x y": [True]}})
LEAVES = [
    "a",
    "b",
    "c",
    "d",
    "e",
    "d.a",
    "c[1]",
    "0",
    "-1",
    "1.5",
    "1e30",
    "1e-30",
    "-7",
    "1e6000",
    '"x"',
    '"hồ sơ"',
    '"a+b*"',
    '"(a|b)*"',
    '"2026-01-31"',
    '"P1D"',
    "true",
    "false",
    "null",
    "[]",
    "{}",
    '@"2026-01-31"',
    '@"P1D"',
    '@"-P2M"',
    '@"08:00:00"',
    '@"08:00:00@Europe/Paris"',
    '@"2026-01-31T08:00:00+07:00"',
    '@"-999999999-12-31"',
    "[1..3]",
    "(<5)",
    "[1,2,3]",
    "[{a:1},{a:2}]",
    "abs",
    "function(x) x",
    "function(x,y) x>y",
    "{a:{b:1}}",
]
SHAPES = [
    "({0}) + ({1})",
    "({0}) - ({1})",
    "({0}) * ({1})",
    "({0}) / ({1})",
    "({0}) ** ({1})",
    "({0}) = ({1})",
    "({0}) < ({1})",
    "({0}) in ({1})",
    "({0}) and ({1})",
    "({0}) or ({1})",
    "-({0})",
    "({0})[{1}]",
    "({0})({1})",
    "for i in ({0}) return ({1})",
    "for i in 1..3 return partial",
    "some i in ({0}) satisfies ({1})",
    "if {0} then {1} else {2}",
    "[({0})..({1})]",
    "{{a: {0}, k: {1}}}",
    "({0}).a",
    "({0}).days",
    "({0}) instance of list<number>",
    "({0}) between ({1}) and ({2})",
    "function(x: number) {0}",
]
FUNCTIONS = sorted(BUILTINS)
SIGNS = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    ".",
    "..",
    "+",
    "-",
    "*",
    "/",
    "**",
    "=",
    "!=",
    "<",
    ">",
    "<=",
    ">=",
    "?",
    "@",
    '"',
    "'",
    "//",
    "and",
    "or",
    "not",
    "in",
    "of",
    "if",
]


def _expression(rng: random.Random, depth: int) -> str:
    if depth == 0 or rng.random() < 0.15:
        return rng.choice(LEAVES)
    parts = [_expression(rng, depth - 1) for _ in range(3)]
    if rng.random() < 0.5:
        return f"{rng.choice(FUNCTIONS)}({', '.join(parts[: rng.choice((0, 1, 1, 2, 2, 3))])})"
    return rng.choice(SHAPES).format(*parts)


def _damaged(rng: random.Random, text: str) -> str:
    """The text with something cut out or put in."""
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(SIGNS) + text[at + rng.choice((0, 0, 1, 5)) :]


def _try(text: str) -> None:
    with suppress(FeelError):
        feel_literal(compile_expression(text).evaluate(CONTEXT, ENV))
    try:
        verdict = compile_unary_tests(text).test(CONTEXT["a"], CONTEXT, ENV)
    except FeelError:
        return
    assert verdict in (True, False, None)


def _run(count: int, seed: int) -> float:
    rng = random.Random(seed)
    worst = 0.0
    for _ in range(count):
        text = _expression(rng, rng.choice((1, 2, 2, 3)))
        if rng.random() < 0.3:
            text = _damaged(rng, text)
        start = time.process_time()
        _try(text)
        worst = max(worst, time.process_time() - start)
    return worst


def test_random_expressions_find_no_crash_and_no_hang(seed):
    assert _run(3_000, seed) < 10


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_a_million_random_expressions(part, seed):
    assert _run(100_000, seed * 10 + part) < 5
