"""Reads the kit's test files into cases."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from engine.dmn.tck.literals import read_value
from engine.xml import parse

TESTCASE = "{http://www.omg.org/spec/DMN/20160719/testcase}"


@dataclass(frozen=True, slots=True)
class Given:
    """One input of a case."""

    name: str
    namespace: str | None
    value: object


@dataclass(frozen=True, slots=True)
class Wanted:
    """One result that is counted."""

    name: str
    value: object


@dataclass(frozen=True, slots=True)
class Case:
    """One test case; ``service`` names the decision service to call instead of decisions."""

    id: str
    service: str | None
    given: tuple[Given, ...]
    wanted: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class TestFile:
    """One test file: the model it is about and its cases."""

    path: Path
    model: str
    cases: tuple[Case, ...]


def read_test_file(path: Path) -> TestFile:
    """The cases of one file."""
    root = parse(path.read_bytes(), path.name)
    cases = tuple(_case(element) for element in root.findall(f"{TESTCASE}testCase"))
    model = root.findtext(f"{TESTCASE}modelName") or path.name
    return TestFile(path, model.strip(), cases)


def _case(element: etree._Element) -> Case:
    given = tuple(
        Given(node.get("name") or "", node.get("namespace"), read_value(node))
        for node in element.findall(f"{TESTCASE}inputNode")
    )
    wanted = tuple(
        Wanted(node.get("name") or "", _expected(node))
        for node in element.findall(f"{TESTCASE}resultNode")
    )
    is_service = element.get("type") == "decisionService"
    return Case(
        id=element.get("id") or "",
        service=element.get("invocableName") if is_service else None,
        given=given,
        wanted=wanted,
    )


def _expected(node: etree._Element) -> object:
    expected = node.find(f"{TESTCASE}expected")
    return None if expected is None else read_value(expected)
