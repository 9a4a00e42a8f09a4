"""FEEL expressions evaluated for a caller: bounded, pure, against values they sent or may see."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from api.calls import actor, engine, key_of
from engine.errors import Fault, InvalidInput, NotFound
from engine.feel import (
    Environment,
    FeelError,
    FeelSyntaxError,
    Limits,
    compile_expression,
    from_json,
    to_json,
)

# A request may cost less than a step of a process: it is for trying things out.
LIMITS = Limits(steps=100_000, items=20_000, characters=200_000)


def evaluate(body: Mapping[str, Any]) -> dict[str, Any]:
    """Result and warnings; ``InvalidInput`` when the text is no FEEL or asks for too much."""
    text = body["expression"]
    context = _context(body)
    env = Environment(zone=engine().settings.zone, limits=LIMITS)
    try:
        expression = compile_expression(text.removeprefix("="), context.keys())
        values = {name: from_json(value) for name, value in context.items()}
        value, warnings = expression.evaluate_with_warnings(values, env)
        result = to_json(value)
    except FeelSyntaxError as error:
        raise _refused("feel-syntax", str(error)) from None
    except FeelError as error:
        raise _refused(error.code, str(error)) from None
    return {
        "expression": text,
        "result": result,
        "warnings": [{"message": str(warning)} for warning in warnings],
        "referencedSecrets": [],
    }


def _context(body: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "scopeKey" in body:
        key = key_of(body["scopeKey"], "scopeKey")
        texts = engine().views.effective_variables(actor(), key)
        if texts is None:
            raise NotFound("There is no such element instance.")
        found = {name: json.loads(text, parse_float=Decimal) for name, text in texts.items()}
    return found | (body.get("variables") or {})


def _refused(code: str, sentence: str) -> InvalidInput:
    fault = Fault(pointer="/expression", code=code, sentence=sentence)
    return InvalidInput("The expression cannot be evaluated.", [fault])
