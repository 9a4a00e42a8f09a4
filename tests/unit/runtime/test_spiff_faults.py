"""Faults of raw SpiffWorkflow that no conformance case can show."""

from __future__ import annotations

import logging

import pytest

from engine.errors import DeployRefused
from engine.runtime import SpiffRuntime
from tests.unit.runtime.world import Driver, chain, flow, process

SHAPES = (
    '<d:BPMNDiagram xmlns:d="http://www.omg.org/spec/BPMN/20100524/DI"'
    ' xmlns:c="http://www.omg.org/spec/DD/20100524/DC"><d:BPMNPlane>{}</d:BPMNPlane></d:BPMNDiagram>'
)


def script(text: str, language: str = "") -> bytes:
    named = f' scriptFormat="{language}"' if language else ""
    body = (
        f'<startEvent id="s"/><scriptTask id="t"{named}><script>{text}</script></scriptTask>'
        '<userTask id="z"/><endEvent id="e"/>'
    )
    return process(body + chain("s", "t", "z", "e"))


@pytest.mark.parametrize(
    ("text", "language", "rule"),
    [
        ("x = 1", "python", "script-format"),
        ("__import__('os')", "", "feel-syntax"),
        ("[c for c in ().__class__.__mro__]", "", "feel-syntax"),
        ("lambda: 1", "", "feel-syntax"),
    ],
)
def test_nothing_of_a_model_is_ever_python(text: str, language: str, rule: str) -> None:
    with pytest.raises(DeployRefused) as refusal:
        SpiffRuntime().compile(script(text, language), "python.bpmn")
    assert rule in {found.rule for found in refusal.value.findings}


@pytest.mark.parametrize("text", ['{a: open("/etc/passwd")}', "{a: x.__class__}", "{a: eval(x)}"])
def test_names_of_python_mean_nothing(text: str) -> None:
    driver = Driver(script(text), {"x": "1 + 1"})
    assert driver.open() == ["z"] or driver.incidents
    assert not driver.open() or driver.value("a") is None


@pytest.mark.parametrize("heights", [(10, 400), (400, 10)])
def test_moving_a_shape_changes_nothing(heights: tuple[int, int]) -> None:
    body = (
        '<startEvent id="s"/><exclusiveGateway id="x"/><userTask id="a"/><userTask id="b"/>'
        + chain("s", "x")
        + flow("x", "b", "=true")
        + flow("x", "a", "=true")
    )
    drawn = "".join(
        f'<d:BPMNShape bpmnElement="{node}"><c:Bounds x="1" y="{y}" width="9" height="9"/>'
        "</d:BPMNShape>"
        for node, y in zip("ab", heights, strict=True)
    )
    assert Driver(process(body, extra=SHAPES.format(drawn))).open() == ["b"]


def test_no_value_reaches_a_log_record(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("spiff", "spiff.task", "spiff.workflow"):
        logging.getLogger(name).setLevel(logging.NOTSET)
    driver = Driver(script("{secret: x}"), {"x": "079-CCCD-SECRET"})
    driver.complete("z", more="079-CCCD-SECRET")
    assert driver.finished
    assert "CCCD" not in "".join(str(record.__dict__) for record in caplog.records)
