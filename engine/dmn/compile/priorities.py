"""The order of output values, for the hit policies PRIORITY and OUTPUT ORDER."""

from __future__ import annotations

from collections.abc import Callable

from engine.dmn.cells import split_tests
from engine.feel import FeelError, UnaryTests, compile_unary_tests


def rank_by(allowed: str | None) -> Callable[[object], int]:
    """Position of a value among the allowed values, the first being the highest; last if none."""
    tests: list[UnaryTests | None] = []
    for item in split_tests(allowed) if allowed else ():
        try:
            tests.append(compile_unary_tests(item))
        except FeelError:
            # The whole clause is compiled elsewhere, where the fault is told.
            tests.append(None)

    def rank(value: object) -> int:
        for position, test in enumerate(tests):
            if test is not None and test.test(value, {}) is True:
                return position
        return len(tests)

    return rank
