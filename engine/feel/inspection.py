"""An expression tried out for an analyst: value, parts, warnings, or where the text is wrong.

Command line and HTTP show the same thing. A leading ``=``, as models write it,
is taken off. Values appear here: never log an inspection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from engine.feel.errors import FeelError, FeelSyntaxError, FeelWarning
from engine.feel.evaluation import DEFAULT, Environment
from engine.feel.explain import Step
from engine.feel.expression import compile_expression, compile_unary_tests
from engine.feel.json_values import to_json
from engine.feel.printing import display
from engine.feel.reasons import reason
from engine.feel.values.kinds import type_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What came out; ``error`` is set when there is no value at all."""

    text: str
    value: object = None
    warnings: tuple[FeelWarning, ...] = ()
    parts: tuple[Step, ...] = ()
    error: FeelError | None = None

    @property
    def failed(self) -> bool:
        """True when the text is wrong or asked for too much."""
        return self.error is not None

    def as_json(self) -> dict[str, object]:
        """Members for a JSON document; a range or function appears as FEEL text only."""
        if self.error is not None:
            return {"expression": self.text, "error": _error_json(self.error)}
        return {
            "expression": self.text,
            "type": type_of(self.value),
            "value": _json_or_none(self.value),
            "feel": display(self.value),
            "warnings": [warning_json(self.text, warning) for warning in self.warnings],
            "parts": [
                {"start": p.start, "end": p.end, "text": p.text, "feel": display(p.value)}
                | ({"times": p.times} if p.times > 1 else {})
                for p in self.parts
            ],
        }


def inspect_expression(
    text: str,
    context: Mapping[str, object],
    env: Environment = DEFAULT,
    names: Iterable[str] = (),
) -> Inspection:
    """Evaluate an expression and explain it; wrong texts are a result, not an exception."""
    text = text.strip().removeprefix("=").strip()

    def run() -> Inspection:
        expression = compile_expression(text, (*names, *context))
        value, warnings = expression.evaluate_with_warnings(context, env)
        parts = expression.explain(context, env)
        return Inspection(text=expression.text, value=value, warnings=warnings, parts=parts)

    return _caught(text, run)


def inspect_tests(
    text: str, value: object, context: Mapping[str, object], env: Environment = DEFAULT
) -> Inspection:
    """Try the text of a decision table cell on a value."""

    def run() -> Inspection:
        cell = compile_unary_tests(text, context)
        verdict, warnings = cell.test_with_warnings(value, context, env)
        return Inspection(text=cell.text, value=verdict, warnings=warnings)

    return _caught(text, run)


def _caught(text: str, run: Callable[[], Inspection]) -> Inspection:
    try:
        return run()
    except FeelError as error:
        return Inspection(text=text, error=error)


def warning_json(text: str, warning: FeelWarning) -> dict[str, object]:
    """A warning with its place as offset, line and column."""
    before = text[: warning.position]
    return {
        "position": warning.position,
        "line": before.count("\n") + 1,
        "column": warning.position - (before.rfind("\n") + 1) + 1,
        "code": warning.code,
        "message": warning.message,
        "explanation": reason(warning.code)._asdict(),
    }


def _error_json(error: FeelError) -> dict[str, object]:
    members: dict[str, object] = {"code": error.code, "message": str(error)}
    if isinstance(error, FeelSyntaxError):
        members |= {
            "position": error.position,
            "line": error.line,
            "column": error.column,
            "explanation": error.explanation,
            "explanationVi": error.words.vi,
        }
    return members


def _json_or_none(value: object) -> object:
    try:
        return to_json(value)
    except FeelError:
        return None
