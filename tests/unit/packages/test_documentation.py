"""The documentation's examples are valid, and its lists are complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.forms.catalogue import KINDS
from engine.forms.sentences import SENTENCES
from engine.packages.document import schema
from engine.packages.model import Resource
from engine.packages.scenario import parse_scenario
from engine.packages.yaml import parse

DOCS = Path(__file__).parents[3] / "docs"
PACKAGES = (DOCS / "packages.md").read_text("utf-8")
FORMS = (DOCS / "forms.md").read_text("utf-8")


def test_the_example_scenario_is_one():
    (text,) = [
        one for one in re.findall(r"```yaml\n(.*?)```", PACKAGES, re.DOTALL) if "steps:" in one
    ]
    resource = Resource(
        name="example.yml", kind="scenario", path=DOCS / "packages.md", content=text.encode()
    )

    assert [step.action for step in parse_scenario(resource).steps] == [
        "expect",
        "refuse",
        "complete",
        "wait",
    ]


@pytest.mark.parametrize("text", re.findall(r"```yaml\n(.*?)```", PACKAGES, re.DOTALL))
def test_every_yaml_example_is_yaml(text):
    assert parse(text, "example.yml").line == 1


def test_every_member_of_procedure_yml_is_explained():
    properties = schema("procedure")["properties"]

    assert [name for name in properties if f"`{name}`" not in PACKAGES] == []


def test_every_kind_of_step_is_explained():
    steps = schema("scenario")["$defs"]["step"]["properties"]

    assert [name for name in steps if f"| `{name}` |" not in PACKAGES] == []


def test_every_fault_code_and_component_is_explained():
    assert [code for code in SENTENCES if f"`{code}`" not in FORMS] == []
    assert [kind for kind in KINDS if kind not in FORMS] == []
