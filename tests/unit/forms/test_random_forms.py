"""Whatever stands in a ``.form`` file, it compiles or is refused with places; nothing else."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

from engine.errors import InvalidInput
from engine.forms import compile_form

FORMS = sorted((Path(__file__).parents[3] / "forms").rglob("*.form"))
JUNK: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    10**30,
    "",
    "x",
    "=",
    "=a +",
    "={",
    "{{",
    "{{#if a}}",
    "a.b",
    "1",
    [],
    [None],
    [{}],
    [[]],
    {},
    {"x": 1},
    {"required": "yes"},
    {"hide": 5},
    "textfield",
    "dynamiclist",
]
ROUNDS = 400


def _places(tree: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    items = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in items:
        found.append((tree, key))
        if isinstance(value, dict | list):
            found += _places(value)
    return found


def test_spoilt_forms(seed: int) -> None:
    chance = random.Random(seed)
    trees = [json.loads(path.read_text("utf-8")) for path in FORMS]
    compiled = refused = 0
    for _ in range(ROUNDS):
        tree = copy.deepcopy(chance.choice(trees))
        for _ in range(chance.randint(1, 3)):
            holder, key = chance.choice(_places(tree))
            if chance.random() < 0.2 and isinstance(holder, dict):
                holder.pop(key)
            else:
                holder[key] = copy.deepcopy(chance.choice(JUNK))
        try:
            form = compile_form(json.dumps(tree), "thu.form")
        except InvalidInput as refusal:
            refused += 1
            assert refusal.faults
            assert all(fault.sentence and fault.code for fault in refusal.faults)
            continue
        compiled += 1
        form.validate({}, {})
        form.validate({"documents": [{}], "result": None, "certified": 5}, {"certified": [{}]})

    assert compiled and refused
