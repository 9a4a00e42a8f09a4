"""Our values beside those another engine gave for the same expressions.

``recorded_feelin.json`` holds what feelin 8.2.0 answered to expressions of ours,
without those where it departs from the standard (non-booleans in ``if``, exact
halves, null in relations, functions it does not have). Numbers there are floats.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from engine.feel import compile_expression, from_json, type_of

PARTS = json.loads(Path(__file__).with_name("recorded_feelin.json").read_text("utf-8"))["parts"]
TYPES = {"f": "function", "r": "range"}


def _agrees(ours: object, theirs: object) -> bool:
    if isinstance(theirs, dict):
        kind, value = next(iter(theirs.items()))
        if kind == "n":
            near = abs(float(str(ours)) - float(value)) <= 1e-12 * max(1, abs(float(value)))
            return isinstance(ours, Decimal) and near
        if kind == "t":
            return str(ours) == value
        if kind == "c":
            return isinstance(ours, dict) and _all_agree(ours, value)
        return type_of(ours) == TYPES[kind]
    if isinstance(theirs, list):
        return isinstance(ours, list) and _all_agree(dict(enumerate(ours)), dict(enumerate(theirs)))
    return type(ours) is type(theirs) and ours == theirs


def _all_agree(ours: dict[object, object], theirs: dict[object, object]) -> bool:
    return ours.keys() == theirs.keys() and all(
        _agrees(value, theirs[name]) for name, value in ours.items()
    )


def test_recorded_values_are_ours():
    different = []
    for part in PARTS:
        context = from_json(part["context"])
        for text, theirs in part["results"]:
            ours = compile_expression(text).evaluate(context)
            if not _agrees(ours, theirs):
                different.append((text, theirs, ours))

    assert different == []
    assert sum(len(part["results"]) for part in PARTS) > 700
