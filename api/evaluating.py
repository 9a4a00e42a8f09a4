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
    Step,
    display,
    from_json,
    inspect_expression,
    to_json,
    type_of,
    warning_json,
)

# A request may cost less than a step of a process: it is for trying things out.
LIMITS = Limits(steps=100_000, items=20_000, characters=200_000)


def evaluate(body: Mapping[str, Any]) -> dict[str, Any]:
    """Result, parts and warnings; ``InvalidInput`` when the text is no FEEL or asks too much."""
    text = body["expression"]
    context = _context(body)
    env = Environment(zone=engine().settings.zone, limits=LIMITS)
    try:
        values = {name: from_json(value) for name, value in context.items()}
    except FeelError as error:
        raise _refused(error) from None
    found = inspect_expression(text, values, env)
    if found.error is not None:
        raise _refused(found.error)
    try:
        result = to_json(found.value)
    except FeelError as error:
        raise _refused(error) from None
    return {
        "expression": text,
        "result": result,
        "warnings": [warning_json(found.text, warning) for warning in found.warnings],
        "referencedSecrets": [],
        "type": type_of(found.value),
        "feel": display(found.value),
        "parts": [_part(step) for step in found.parts],
    }


def _part(step: Step) -> dict[str, Any]:
    return {
        "start": step.start,
        "end": step.end,
        "text": step.text,
        "feel": display(step.value, 200),
        "times": step.times,
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


def _refused(error: FeelError) -> InvalidInput:
    code, sentence_vi = error.code, ""
    if isinstance(error, FeelSyntaxError):
        code, sentence_vi = "feel-syntax", error.told.vi
    fault = Fault(pointer="/expression", code=code, sentence=str(error), sentence_vi=sentence_vi)
    return InvalidInput("The expression cannot be evaluated.", [fault])
