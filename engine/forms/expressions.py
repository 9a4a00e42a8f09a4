"""FEEL as forms use it: what an expression sees, and what becomes of its result.

An expression of a form sees the process's variables, the form's values, and in
a dynamic list ``this`` (the row), ``parent`` and ``i`` (row numbers from 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from engine.feel import Environment, FeelError, compile_expression, from_json, to_json
from engine.feel import Expression as FeelExpression


@dataclass(frozen=True, slots=True)
class FormScope:
    """Where an expression stands: the whole form, or one row of a dynamic list."""

    data: Mapping[str, object]
    env: Environment
    this: object = None
    parent: object = None
    rows: tuple[int, ...] = ()

    def inner(self, row: object, index: int) -> FormScope:
        """The scope of row ``index`` (from 0)."""
        above = self.this if self.rows else self.data
        return FormScope(self.data, self.env, row, above, (*self.rows, index + 1))

    def names(self) -> dict[str, object]:
        """Everything an expression may say; a variable wins over a special name."""
        special = {
            "this": self.this if self.rows else self.data,
            "parent": self.parent,
            "i": [Decimal(row) for row in self.rows],
        }
        wrapped = {f"_{name}_": value for name, value in special.items()}
        return {**special, **self.data, **wrapped}


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled FEEL expression of a form."""

    text: str
    feel: FeelExpression

    def evaluate(self, scope: FormScope) -> object:
        """The FEEL value; ``FeelLimitError`` when it is too costly."""
        return self.feel.evaluate(scope.names(), scope.env)


def compile_feel(text: str) -> Expression:
    """An expression with or without its leading ``=``; ``FeelSyntaxError`` says where and why."""
    return Expression(text, compile_expression(text.removeprefix("=").strip()))


def expression_fault(text: str) -> str | None:
    """Why the text is no FEEL, or None."""
    try:
        compile_feel(text)
    except FeelError as error:
        return str(error)
    return None


def as_feel(data: Mapping[str, object]) -> Mapping[str, object]:
    """JSON data as FEEL values; what FEEL has no value for is left out of sight."""
    found: dict[str, object] = {}
    for name, value in data.items():
        try:
            found[name] = from_json(value)
        except FeelError:
            found[name] = None
    return found


def as_json(value: object) -> object:
    """A FEEL value as the JSON a variable holds: decimals stay, dates become text."""
    return to_json(value)
