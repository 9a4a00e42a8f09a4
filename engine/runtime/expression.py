"""Texts of a model that are FEEL or plain text, compiled once.

A value with ``=`` in front is FEEL, without it is static text; a condition is
FEEL either way. Nothing else is ever evaluated: no Python, no ``${...}``.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from engine.feel import Environment as FeelEnvironment
from engine.feel import FeelError, FeelFunction, HostFunction, compile_expression
from engine.runtime.faults import ErrorType, Fault

if TYPE_CHECKING:
    from engine.ports.runtime import Environment
    from engine.runtime.token import Token

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Expression(Protocol):
    """Something a model says that has a value for a token."""

    text: str

    def evaluate(self, token: Token, error_type: ErrorType = "EXTRACT_VALUE_ERROR") -> object:
        """The FEEL value; ``Fault`` when there can be none."""


class Static:
    """Plain text: its own value."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def evaluate(self, token: Token, error_type: ErrorType = "EXTRACT_VALUE_ERROR") -> object:
        return self.text


class Listed:
    """Names that stand in the model one by one."""

    __slots__ = ("names", "text")

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self.text = ", ".join(names)

    def evaluate(self, token: Token, error_type: ErrorType = "EXTRACT_VALUE_ERROR") -> object:
        return list(self.names)


class Feel:
    """A compiled FEEL expression."""

    __slots__ = ("_compiled", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._compiled = compile_expression(text)

    def evaluate(self, token: Token, error_type: ErrorType = "EXTRACT_VALUE_ERROR") -> object:
        try:
            return token.workflow.script_engine.evaluate(token, self)
        except FeelError as error:
            raise Fault(error_type, f"expression '{self.text}': {error}") from None

    def run(self, context: Mapping[str, object], env: FeelEnvironment) -> object:
        """The value in a context; ``FeelError`` when a limit is reached."""
        return self._compiled.evaluate(context, env)


class FeelEngine:
    """The script engine of an instance: SpiffWorkflow asks it, FEEL answers."""

    def __init__(self, env: Environment) -> None:
        now: datetime = env.now
        self._env = FeelEnvironment(now=lambda: now, zone=ZONE, functions=_lent(env.functions))

    def evaluate(
        self, task: Token, expression: Feel, external_context: Mapping[str, object] | None = None
    ) -> object:
        """Value of a compiled expression for a token's view of the variables."""
        return expression.run(task.data, self._env)

    def value(self, expression: Feel, context: Mapping[str, object]) -> object:
        """Value of a compiled expression where there is no token yet."""
        return expression.run(context, self._env)

    def execute(self, task: Token, script: object, external_context: object = None) -> bool:
        """Refused: scripts are FEEL expressions and have a value."""
        raise NotImplementedError("scripts are evaluated, never executed")


def _lent(functions: Mapping[str, Callable[..., object] | FeelFunction]) -> dict[str, FeelFunction]:
    # Functions of one step are not kept: they hold on to its transaction.
    return {
        name: function if isinstance(function, FeelFunction) else _hosted(name, function)
        for name, function in functions.items()
    }


@lru_cache(maxsize=256)
def _hosted(name: str, function: Callable[..., object]) -> FeelFunction:
    return HostFunction(name, list(inspect.signature(function).parameters), function)


def value_of(text: str | None) -> Expression | None:
    """``=`` means FEEL, anything else is text; None and blank stay None."""
    if text is None or not text.strip():
        return None
    stripped = text.strip()
    return Feel(stripped[1:].strip()) if stripped.startswith("=") else Static(text)


def feel_of(text: str | None) -> Feel | None:
    """FEEL with or without ``=``; None and blank stay None."""
    if text is None or not text.strip():
        return None
    stripped = text.strip()
    return Feel(stripped[1:].strip() if stripped.startswith("=") else stripped)


def truth(condition: Feel, token: Token, where: str) -> bool:
    """A condition's answer; anything but true or false is a fault."""
    answer = condition.evaluate(token)
    if isinstance(answer, bool):
        return answer
    found = "null" if answer is None else "no boolean"
    raise Fault(
        "EXTRACT_VALUE_ERROR",
        f"condition '{condition.text}' of {where} must be true or false, but is {found}",
    )
