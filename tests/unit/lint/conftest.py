"""A process around the lines a test is about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.ports.runtime import Finding
from engine.runtime.lint import check

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" {spaces} '
    'targetNamespace="http://example.test">\n'
)


def document(body: str, roots: str = "", spaces: str = "") -> bytes:
    """A file with one executable process ``p`` that holds ``body``."""
    head = HEAD.format(spaces=spaces)
    process = f'<process id="p" isExecutable="true">\n{body}\n</process>'
    return f"{head}{roots}{process}</definitions>".encode()


Rules = Callable[..., set[tuple[str, str]]]


@pytest.fixture
def findings() -> Callable[..., tuple[Finding, ...]]:
    """Findings about a process body."""

    def run(body: str, roots: str = "", spaces: str = "") -> tuple[Finding, ...]:
        return check(document(body, roots, spaces), "test.bpmn")

    return run


@pytest.fixture
def errors(findings: Callable[..., tuple[Finding, ...]]) -> Rules:
    """``(rule, element id)`` of the errors about a process body."""

    def run(body: str, roots: str = "", spaces: str = "") -> set[tuple[str, str]]:
        found = findings(body, roots, spaces)
        return {(item.rule, item.element_id) for item in found if item.severity == "error"}

    return run


@pytest.fixture
def warnings(findings: Callable[..., tuple[Finding, ...]]) -> Rules:
    """``(rule, element id)`` of the warnings about a process body."""

    def run(body: str, roots: str = "", spaces: str = "") -> set[tuple[str, str]]:
        found = findings(body, roots, spaces)
        return {(item.rule, item.element_id) for item in found if item.severity == "warning"}

    return run
