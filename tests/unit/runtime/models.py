"""Short ways to write the models of the runtime's tests."""

from __future__ import annotations

MESSAGE = '<messageEventDefinition messageRef="m"/>'
SIGNAL = '<signalEventDefinition signalRef="sig"/>'
ERROR = '<errorEventDefinition errorRef="err"/>'
ERROR2 = '<errorEventDefinition errorRef="err2"/>'
ANY_ERROR = "<errorEventDefinition/>"
ESCALATION = '<escalationEventDefinition escalationRef="esc"/>'
ANY_ESCALATION = "<escalationEventDefinition/>"
TERMINATE = "<terminateEventDefinition/>"
CANCEL = "<cancelEventDefinition/>"
COMPENSATE = "<compensateEventDefinition/>"

ROOTS = (
    '<message id="m" name="M"/><message id="m2" name="M2"/><signal id="sig" name="S"/>'
    '<error id="err" errorCode="E1"/><error id="err2" errorCode="E2"/>'
    '<escalation id="esc" escalationCode="X1"/>'
)


def timer(kind: str, text: str) -> str:
    """``timer("Duration", "PT1H")``."""
    return f"<timerEventDefinition><time{kind}>{text}</time{kind}></timerEventDefinition>"


def condition(text: str) -> str:
    return f"<conditionalEventDefinition><condition>{text}</condition></conditionalEventDefinition>"


def tasks(*ids: str) -> str:
    """User tasks."""
    return "".join(f'<userTask id="{name}"/>' for name in ids)


def job(name: str, inner: str = "") -> str:
    """A service task for a worker."""
    definition = '<zeebe:taskDefinition type="work"/>'
    return (
        f'<serviceTask id="{name}"><extensionElements>{definition}</extensionElements>{inner}'
        "</serviceTask>"
    )


def script(name: str, expression: str, result: str) -> str:
    """A FEEL script."""
    code = f'<zeebe:script expression="={expression}" resultVariable="{result}"/>'
    return f'<scriptTask id="{name}"><extensionElements>{code}</extensionElements></scriptTask>'


def start(name: str = "s", definition: str = "", *, interrupting: bool = True) -> str:
    flag = "" if interrupting else ' isInterrupting="false"'
    return f'<startEvent id="{name}"{flag}>{definition}</startEvent>'


def end(name: str = "e", definition: str = "") -> str:
    return f'<endEvent id="{name}">{definition}</endEvent>'


def catch(name: str, definition: str) -> str:
    return f'<intermediateCatchEvent id="{name}">{definition}</intermediateCatchEvent>'


def throw(name: str, definition: str) -> str:
    return f'<intermediateThrowEvent id="{name}">{definition}</intermediateThrowEvent>'


def boundary(name: str, host: str, definition: str, *, interrupting: bool = True) -> str:
    flag = "" if interrupting else ' cancelActivity="false"'
    return f'<boundaryEvent id="{name}" attachedToRef="{host}"{flag}>{definition}</boundaryEvent>'


def sub(name: str, body: str, attributes: str = "") -> str:
    return f'<subProcess id="{name}" {attributes}>{body}</subProcess>'


def event_sub(name: str, body: str) -> str:
    return sub(name, body, 'triggeredByEvent="true"')
