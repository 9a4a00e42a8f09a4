"""The cookbook is right: every line of it is run, every function is listed."""

from __future__ import annotations

import io
import json
import re
import shlex
import sys
from pathlib import Path

import pytest

from cli.main import main
from engine.feel import compile_expression, feel_literal, from_json
from engine.feel.builtins.registry import BUILTINS

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "feel.md").read_text(encoding="utf-8")
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


def _commands(name):
    """``motcua feel`` lines of a page: what is piped in, and the arguments."""
    page = (ROOT / name).read_text(encoding="utf-8")
    lines = re.findall(r"^(?:\$ )?((?:echo '.*' \| )?(?:\.venv/bin/)?motcua feel .*)$", page, re.M)
    for line in lines:
        piped, _, command = line.rpartition(" | ")
        given = shlex.split(piped)[1] if piped else ""
        yield given, shlex.split(command, comments=True)[1:]


@pytest.mark.parametrize("name", ["README.md", "docs/feel.md"])
def test_commands_of_the_pages_run(name, capsys, monkeypatch):
    commands = list(_commands(name))

    assert commands
    for given, arguments in commands:
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        assert main(arguments) == 0, arguments
        assert "became null" not in capsys.readouterr().out


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
