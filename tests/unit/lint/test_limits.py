"""Sizes: too much of anything is refused before it costs time."""

from __future__ import annotations

import time

from engine import xml
from engine.runtime.lint import check
from engine.runtime.lint.findings import MAX_FINDINGS
from engine.runtime.lint.scopes import MAX_DEPTH, MAX_NODES


def nested(depth: int) -> str:
    text = '<task id="t"/><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>'
    for level in range(depth):
        start, inner = f"start{level}", f"level{level}"
        flow = f'<sequenceFlow sourceRef="{start}" targetRef="{inner}"/>'
        text = f'<startEvent id="{start}"/>{flow}<subProcess id="{inner}">{text}</subProcess>'
    return text


def test_nesting_has_a_limit(errors) -> None:
    assert errors(nested(MAX_DEPTH)) == set()
    assert {rule for rule, _ in errors(nested(MAX_DEPTH + 1))} == {"too-deep"}


def test_the_number_of_nodes_has_a_limit(errors) -> None:
    nodes = "".join(f'<task id="t{index}"/>' for index in range(MAX_NODES + 1))

    assert ("too-large", "") in errors(nodes)


def test_the_size_of_the_file_has_a_limit(monkeypatch) -> None:
    monkeypatch.setattr(xml, "MAX_BYTES", 10)

    assert [item.rule for item in check(b"<a>0123456789</a>", "x")] == ["xml-too-large"]


def test_a_thousand_faults_are_not_a_thousand_pages(findings) -> None:
    begin = time.perf_counter()
    found = findings("".join(f'<task id="t{index}" a="1"/>' for index in range(5000)))

    assert len(found) == MAX_FINDINGS
    assert all(item.severity == "error" for item in found)
    assert time.perf_counter() - begin < 30


def test_wide_joins_are_analysed_quickly(findings) -> None:
    width = 400
    nodes = (
        '<startEvent id="s"/><exclusiveGateway id="x"/><parallelGateway id="j"/><endEvent id="e"/>'
    )
    nodes += (
        '<sequenceFlow sourceRef="s" targetRef="x"/><sequenceFlow sourceRef="j" targetRef="e"/>'
    )
    for index in range(width):
        condition = f"<conditionExpression>=n = {index}</conditionExpression>"
        nodes += f'<task id="t{index}"/><sequenceFlow sourceRef="t{index}" targetRef="j"/>'
        nodes += f'<sequenceFlow sourceRef="x" targetRef="t{index}">{condition}</sequenceFlow>'
    begin = time.perf_counter()
    found = findings(nodes)

    assert not [item for item in found if item.severity == "error"]
    assert time.perf_counter() - begin < 30
