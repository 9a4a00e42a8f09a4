"""A registry of 44 connectors, and a process that asks one of them."""

from __future__ import annotations

from datetime import date

from engine.domain.law import LawRow
from tests.contract.engine.models import end, process, start, user_task

COUNT = 44


def registry(url: str) -> tuple[LawRow, ...]:
    """44 systems behind one address."""
    return tuple(
        LawRow(
            kind="connector",
            id=f"he-thong-{number:02}",
            effective_from=date(2025, 7, 1),
            source="test",
            body={
                "id": f"he-thong-{number:02}",
                "name": {"vi": f"Hệ thống {number}", "en": f"System {number}"},
                "owner": f"Cơ quan {number}",
                "legal_basis": "test",
                "url": f"{url}/{number:02}",
            },
        )
        for number in range(1, COUNT + 1)
    )


def counter_process() -> tuple[str, bytes]:
    """Asks a system while the counter has work of its own, then goes on with the answer."""
    inputs = "".join(
        f'<zeebe:input source="{source}" target="{target}"/>'
        for source, target in (
            ("=connector", "connector"),
            ("=&quot;tra-cuu&quot;", "path"),
            ("=&quot;PT1H&quot;", "wait"),
            ("=&quot;specialist@ubnd-20242&quot;", "group"),
        )
    )
    outputs = (
        '<zeebe:output source="=answer" target="answer"/>'
        '<zeebe:output source="=answeredBy" target="answeredBy"/>'
    )
    call = (
        '<bpmn:callActivity id="ask"><bpmn:extensionElements>'
        '<zeebe:calledElement processId="connector-call" bindingType="versionTag" versionTag="1" '
        'propagateAllChildVariables="false"/>'
        f"<zeebe:ioMapping>{inputs}{outputs}</zeebe:ioMapping>"
        "</bpmn:extensionElements></bpmn:callActivity>"
    )
    fork = '<bpmn:parallelGateway id="fork"/><bpmn:parallelGateway id="join"/>'
    flows = ["start fork", "fork ask", "fork intake", "ask join", "intake join", "join end"]
    return process("counter", [start(), fork, call, user_task("intake"), end()], flows)
