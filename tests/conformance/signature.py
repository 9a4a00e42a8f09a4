"""What makes a case different from another: the constructs it uses and how it ends."""

from __future__ import annotations

import json
from collections import Counter

from engine import xml
from engine.errors import InvalidInput
from engine.runtime.lint import constructs, model
from engine.runtime.lint.files import is_bpmn
from tests.conformance.case import Case


def used(case: Case) -> Counter[str]:
    """Support-table rows a case's models use, with how often."""
    found: Counter[str] = Counter()
    for name, source in case.files.items():
        if not name.endswith(".bpmn"):
            continue
        try:
            root = xml.parse(source, name)
        except InvalidInput:
            continue
        if is_bpmn(root):
            found.update(key for key, _ in constructs.used(model.build(root)))
    return found


def outcome(case: Case) -> str:
    """How the case ends, and what is seen on the way without the names of things."""
    if case.refused is not None:
        return f"refused {case.refused}"
    numbers: dict[str, int] = {}

    def anonymous(value: object) -> object:
        if isinstance(value, list):
            return [anonymous(item) for item in value]
        if isinstance(value, dict):
            return {"keys": len(value)}
        return numbers.setdefault(str(value), len(numbers))

    seen = [(step.verb, anonymous(step.value), sorted(step.extra)) for step in case.steps]
    return json.dumps([case.end, seen, case.warns])


def signature(case: Case) -> tuple[tuple[str, ...], str]:
    """Construct set and outcome."""
    return tuple(sorted(used(case).items())), outcome(case)
