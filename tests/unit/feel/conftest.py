"""What every FEEL test writes: a text and its value in FEEL, or null with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from engine.feel import Environment, compile_expression, feel_literal, from_json

Evaluates = Callable[..., str]


@pytest.fixture(scope="session")
def env() -> Environment:
    """A clock that stands at 9 in the morning of 2 March 2026 in Hanoi."""
    return Environment(
        now=lambda: datetime(2026, 3, 2, 2, 0, tzinfo=UTC), zone=ZoneInfo("Asia/Ho_Chi_Minh")
    )


@pytest.fixture(scope="session")
def literal_of(env: Environment) -> Evaluates:
    """The value of an expression, written as a FEEL literal."""

    def evaluate(text: str, context: Mapping[str, object] | None = None, **options: object) -> str:
        expression = compile_expression(text, **options)
        return feel_literal(expression.evaluate(from_json(context or {}), env))

    return evaluate


@pytest.fixture(scope="session")
def reason_of(env: Environment) -> Evaluates:
    """Why an expression is null: the last warning."""

    def evaluate(text: str, context: Mapping[str, object] | None = None) -> str:
        value, warnings = compile_expression(text).evaluate_with_warnings(
            from_json(context or {}), env
        )
        assert value is None
        return warnings[-1].message

    return evaluate
