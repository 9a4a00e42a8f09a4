"""What a deployment learns of a file, and how a bad one is refused."""

from __future__ import annotations

import pytest

from engine.errors import DeployRefused
from engine.ports.runtime import StartInfo
from engine.runtime import SpiffRuntime
from engine.runtime.compiler import compile_file
from engine.runtime.describe import describe
from tests.unit.runtime.models import (
    MESSAGE,
    ROOTS,
    SIGNAL,
    boundary,
    catch,
    end,
    start,
    tasks,
    timer,
)
from tests.unit.runtime.world import chain, process

BOTH_WAYS = False


def starts(body: str) -> tuple[StartInfo, ...]:
    definitions, _ = compile_file(process(body, extra=ROOTS), "m.bpmn")
    return describe(definitions["p"]).starts


def test_starts_are_told_with_their_expressions_as_written() -> None:
    body = (
        start("none")
        + start("msg", MESSAGE)
        + start("sigs", SIGNAL)
        + start("cyc", timer("Cycle", "R/P1D"))
        + start("dur", timer("Duration", '=duration("PT" + "1H")'))
        + tasks("a")
        + end()
        + "".join(chain(name, "a") for name in ("none", "msg", "sigs", "cyc", "dur"))
        + chain("a", "e")
    )
    assert starts(body) == (
        StartInfo(element_id="none", kind="none"),
        StartInfo(element_id="msg", kind="message", name="M"),
        StartInfo(element_id="sigs", kind="signal", name="S"),
        StartInfo(element_id="cyc", kind="timer", timer_kind="cycle", expression="R/P1D"),
        StartInfo(
            element_id="dur",
            kind="timer",
            timer_kind="duration",
            expression='=duration("PT" + "1H")',
        ),
    )


def test_instantiating_gateway_tells_each_of_its_events() -> None:
    body = (
        '<eventBasedGateway id="g" instantiate="true"/>'
        + catch("c1", MESSAGE)
        + catch("c2", '<messageEventDefinition messageRef="m2"/>')
        + end()
        + chain("g", "c1", "e")
        + chain("g", "c2", "e")
    )
    assert [(s.element_id, s.name) for s in starts(body)] == [("c1", "M"), ("c2", "M2")]


def test_version_tag_form_and_elements() -> None:
    extensions = '<extensionElements><zeebe:versionTag value="2026-07"/></extensionElements>'
    form = '<extensionElements><zeebe:formDefinition formId="f"/></extensionElements>'
    body = extensions + start("s", form) + tasks("a") + end() + chain("s", "a", "e")
    (info,) = SpiffRuntime().compile(process(body), "m.bpmn").processes
    assert (info.process_id, info.version_tag, info.start_form_id) == ("p", "2026-07", "f")
    assert info.elements == {"s": "START_EVENT", "a": "USER_TASK", "e": "END_EVENT"}


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (start() + tasks("a") + '<sequenceFlow id="f" sourceRef="s" targetRef="nope"/>', "f"),
        (start() + boundary("b", "nope", MESSAGE), "b"),
        (start() + catch("c", timer("Duration", "soon")) + chain("s", "c"), "c"),
        (start() + catch("c", '<messageEventDefinition messageRef="no"/>') + chain("s", "c"), "c"),
        (start() + '<scriptTask id="t"><script>1 +</script></scriptTask>' + chain("s", "t"), "t"),
        (
            start() + '<scriptTask id="t" scriptFormat="python"><script>1</script></scriptTask>',
            "t",
        ),
        (start() + '<userTask id="t" startQuantity="0"/>' + chain("s", "t"), "t"),
        (start() + tasks("a", "a"), "a"),
        (start() + "<userTask/>", "p"),
    ],
)
def test_the_compiler_itself_finds_what_cannot_run(body: str, where: str) -> None:
    source = process(body, extra=ROOTS)
    _, findings = compile_file(source, "m.bpmn")
    assert where in [found.element_id for found in findings]
    assert all(found.line > 0 and set(found.message) == {"en", "vi"} for found in findings)
    with pytest.raises(DeployRefused):
        SpiffRuntime().compile(source, "m.bpmn")


def test_ids_of_the_library_are_free_to_use() -> None:
    body = start("Start") + tasks("Root") + end("End") + chain("Start", "Root", "End")
    assert compile_file(process(body), "m.bpmn")[1] == ()
