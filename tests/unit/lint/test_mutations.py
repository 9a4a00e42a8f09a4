"""Broken models: the validator never raises, and what it lets pass compiles."""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

from lxml import etree

from engine.errors import DeployRefused
from engine.runtime import SpiffRuntime
from engine.runtime.lint import check

MODELS = sorted((Path(__file__).parents[2] / "conformance" / "cases").glob("*/*/model.bpmn"))
ROUNDS = 400
WORDS = (
    "",
    "true",
    "=",
    "=x",
    "${x}",
    "nowhere",
    "tiếng Việt",
    "p",
    "0",
    "a b",
    "=[1",
    "R/PT",
    "-1",
)
Mutation = Callable[[random.Random, list[etree._Element]], None]


def _drop_attribute(random: random.Random, elements: list[etree._Element]) -> None:
    element = random.choice(elements)
    if element.attrib:
        del element.attrib[random.choice(list(element.attrib))]


def _change_attribute(random: random.Random, elements: list[etree._Element]) -> None:
    element = random.choice(elements)
    if element.attrib:
        element.attrib[random.choice(list(element.attrib))] = random.choice(WORDS)


def _borrow_id(random: random.Random, elements: list[etree._Element]) -> None:
    element, other = random.choice(elements), random.choice(elements)
    if element.attrib and other.get("id"):
        element.attrib[random.choice(list(element.attrib))] = other.get("id")


def _drop_element(random: random.Random, elements: list[etree._Element]) -> None:
    element = random.choice(elements)
    if (parent := element.getparent()) is not None:
        parent.remove(element)


def _copy_element(random: random.Random, elements: list[etree._Element]) -> None:
    random.choice(elements).append(deepcopy(random.choice(elements)))


def _swap_tag(random: random.Random, elements: list[etree._Element]) -> None:
    random.choice(elements).tag = random.choice(elements).tag


def _change_text(random: random.Random, elements: list[etree._Element]) -> None:
    random.choice(elements).text = random.choice(WORDS)


MUTATIONS: tuple[Mutation, ...] = (
    _drop_attribute,
    _change_attribute,
    _borrow_id,
    _drop_element,
    _copy_element,
    _swap_tag,
    _change_text,
)


def mutated(random: random.Random) -> bytes:
    while True:
        try:
            root = etree.fromstring(random.choice(MODELS).read_bytes())
        except etree.XMLSyntaxError:
            continue
        for _ in range(random.randint(1, 3)):
            elements = [item for item in root.iter(etree.Element) if item is not root]
            if elements:
                random.choice(MUTATIONS)(random, elements)
        return etree.tostring(root)


def test_broken_models_are_findings_never_exceptions(seed: int) -> None:
    random_ = random.Random(seed)
    runtime = SpiffRuntime()
    passed = 0
    for _ in range(ROUNDS):
        source = mutated(random_)
        findings = check(source, "mutant.bpmn")
        if any(item.severity == "error" for item in findings):
            continue
        try:
            runtime.compile(source, "mutant.bpmn")
        except DeployRefused as refusal:
            raise AssertionError(
                f"only compilation refused {refusal.findings}\n{source.decode()}"
            ) from None
        passed += 1

    assert 0 < passed < ROUNDS
