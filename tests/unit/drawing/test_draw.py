"""Diagrams as SVG: every element is there, nothing of the file becomes markup."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from engine import xml
from engine.drawing import Scene, draw, read_scene
from engine.drawing.words import width_of, wrapped
from engine.errors import InvalidInput

ROOT = Path(__file__).parents[3]
SHIPPED = sorted((ROOT / "processes").rglob("*.bpmn"))
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI"'
    ' xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
    ' xmlns:dd="http://www.omg.org/spec/DD/20100524/DI">'
)


def _scene(inside: str, shapes: str) -> Scene | None:
    drawing = f"<di:BPMNDiagram><di:BPMNPlane>{shapes}</di:BPMNPlane></di:BPMNDiagram>"
    return read_scene(
        f"{HEAD}<process id='p'>{inside}</process>{drawing}</definitions>".encode(), "x"
    )


def _shape(id_: str, x: str = "10", more: str = "") -> str:
    bounds = f'<dc:Bounds x="{x}" y="20" width="36" height="36"/>'
    return f'<di:BPMNShape bpmnElement="{id_}" {more}>{bounds}</di:BPMNShape>'


def _drawn(scene: Scene | None, **options: Any) -> Any:
    assert scene is not None
    return xml.parse(draw(scene, **options).encode(), "drawing.svg")


def _group(root: Any, id_: str) -> Any:
    (found,) = [one for one in root.iter() if one.get("data-element") == id_]
    return found


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_drawn_element_of_a_shipped_diagram_is_in_the_picture(path: Path) -> None:
    scene = read_scene(path.read_bytes(), path.name)
    root = _drawn(scene)

    assert scene is not None
    drawn = {one.get("data-element") for one in root.iter()} - {None}
    assert drawn == {one.id for one in (*scene.shapes, *scene.edges)}
    assert not [one for one in root.iter() if one.get("style")]


def test_states_names_and_title() -> None:
    scene = _scene('<userTask id="t" name="Ký"/>', _shape("t"))
    root = _drawn(scene, states={"t": "active"}, names={"t": "Sign"}, title="Hồ sơ 1")

    assert _group(root, "t").get("class") == "bpmn-userTask is-active"
    assert "Sign" in "".join(root.itertext())
    assert root[0].text == "Hồ sơ 1"
    assert root.get("aria-labelledby") == root[0].get("id")


def test_names_are_text_never_markup() -> None:
    scene = _scene('<task id="t" name="&lt;script&gt;x&lt;/script&gt;"/>', _shape("t"))

    assert "<script" not in draw(scene) if scene else False


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ('<startEvent id="t"><timerEventDefinition/></startEvent>', ("timer", ())),
        (
            '<startEvent id="t" parallelMultiple="true"><messageEventDefinition/>'
            "<signalEventDefinition/></startEvent>",
            ("parallelMultiple", ()),
        ),
        (
            '<task id="t"><multiInstanceLoopCharacteristics isSequential="true"/></task>',
            ("", ("sequential",)),
        ),
        ('<callActivity id="t"/>', ("", ("plus",))),
        ('<adHocSubProcess id="t"/>', ("", ("adHoc",))),
    ],
)
def test_signs(element: str, expected: tuple[str, tuple[str, ...]]) -> None:
    scene = _scene(element, _shape("t"))

    assert scene is not None
    assert (scene.shapes[0].event, scene.shapes[0].marks) == expected
    assert _group(_drawn(scene), "t") is not None


def test_a_file_without_drawing_gives_none() -> None:
    assert read_scene(f"{HEAD}<process id='p'/></definitions>".encode(), "x") is None
    assert _scene('<task id="t"/>', "") is None


@pytest.mark.parametrize("x", ["nan", "inf", "-1e99", "mười"])
def test_nonsense_coordinates_stay_on_the_sheet(x: str) -> None:
    root = _drawn(_scene('<task id="t"/>', _shape("t", x)))

    assert all(abs(float(part)) <= 2_100_000 for part in root.get("viewBox").split())


def test_what_is_no_xml_is_refused() -> None:
    with pytest.raises(InvalidInput):
        read_scene(b"<definitions", "x.bpmn")


def test_long_texts_are_wrapped_and_cut_with_an_ellipsis() -> None:
    lines = wrapped("Đối chiếu bản sao với bản chính của từng loại giấy tờ đã nộp", 86, 3)

    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(width_of(line) <= 96 for line in lines)
    assert width_of(normalize("NFD", "Đường")) == width_of("Đường")
