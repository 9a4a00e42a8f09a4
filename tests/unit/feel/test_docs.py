"""The cookbook is right: every line of it is run, every function is listed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from engine.feel import compile_expression, feel_literal, from_json
from engine.feel.builtins.registry import BUILTINS

PAGE = (Path(__file__).parents[3] / "docs" / "feel.md").read_text(encoding="utf-8")
CONTEXT = from_json(json.loads(re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)[0]))
LINES = [
    tuple(part.strip() for part in line.rsplit("// =", 1))
    for block in re.findall(r"```feel\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
]


@pytest.mark.parametrize(("text", "value"), LINES)
def test_a_line_of_the_cookbook_has_the_value_it_says(text, value, env):
    assert isinstance(CONTEXT, dict)

    assert feel_literal(compile_expression(text).evaluate(CONTEXT, env)) == value


def test_the_cookbook_is_found():
    assert len(LINES) > 30


def test_every_signature_is_on_the_page():
    missing = [
        overload.text
        for function in BUILTINS.values()
        for overload in function.overloads
        if f"`{overload.text}`" not in PAGE
    ]

    assert missing == []
