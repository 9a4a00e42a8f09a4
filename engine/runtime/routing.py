"""Where a thrown event goes: up the owners, to a waiting token, or out of the root.

Errors and escalations walk up from the thrower; at each level event
sub-processes come before boundaries and a named code before catch-all. What an
interrupting event sub-process throws is not caught again by its own scope. A
message wakes one receiver, a signal all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from engine.domain.events import EscalationUncaught, MessageThrown, SignalThrown
from engine.ports.runtime import Outgoing
from engine.runtime import compensation, waits
from engine.runtime import definitions as events
from engine.runtime.faults import Fault

if TYPE_CHECKING:
    from engine.runtime.token import Token

Payload = Mapping[str, object]
Catcher = tuple[Any, "Token"]
"""What has ``fire`` (boundary or event sub-process), and the token it fires on."""


def own_variables(token: Token) -> dict[str, object]:
    """The token's local variables: what a throw event sends."""
    scopes = token.workflow.scopes
    return {name: scopes.get(token.id, name) for name in scopes.names(token.id)}


def prepare(token: Token, definition: Any) -> Any:
    """Evaluate what a throw needs, before anything is thrown."""
    prepared = getattr(definition, "prepare", None)
    return None if prepared is None else prepared(token)


def throw(token: Token, definition: Any, prepared: Any, payload: Payload) -> bool:
    """Throw one event; True when the thrower must wait for what it started."""
    if isinstance(definition, events.Message):
        message(token, prepared, payload)
    elif isinstance(definition, events.Signal):
        signal(token, prepared, payload)
    elif isinstance(definition, events.Error):
        error(token, prepared, payload)
    elif isinstance(definition, events.Escalation):
        escalation(token, prepared, payload)
    elif isinstance(definition, events.Compensation):
        return compensation.begin(token, definition.activity)
    elif isinstance(definition, events.Cancel):
        return compensation.cancel(token)
    elif isinstance(definition, events.Terminate):
        assert token.owner is not None  # noqa: S101  # an event stands in a scope
        token.workflow.clear(token.owner, spare=token)
    return False


def error(token: Token, thrown: events.Error, payload: Payload) -> None:
    """To the innermost catcher; ``Fault`` when there is none."""
    found = _find(token, thrown, events.Error)
    if found is None:
        code = "without a code" if thrown.code is None else f"'{thrown.code}'"
        raise Fault(
            "UNHANDLED_ERROR_EVENT",
            f"error {code} thrown by '{token.task_spec.bpmn_id}' is caught nowhere",
        )
    catcher, on = found
    catcher.fire(on, payload)


def escalation(token: Token, thrown: events.Escalation, payload: Payload) -> None:
    """To the innermost catcher; uncaught it is reported and the flow goes on."""
    found = _find(token, thrown, events.Escalation)
    if found is None:
        token.workflow.journal.events.append(
            EscalationUncaught(
                instance=token.instance_ref,
                element_id=token.task_spec.bpmn_id,
                escalation_code=thrown.code,
            )
        )
        return
    catcher, on = found
    catcher.fire(on, payload)


def message(token: Token, sent: events.Sent, payload: Payload) -> None:
    """To one waiting receiver of the own root, else out."""
    instance = token.workflow
    instance.journal.events.append(
        MessageThrown(
            instance=token.instance_ref, element_id=token.task_spec.bpmn_id, name=sent.name
        )
    )
    for receiver, index in waits.waiting_for(instance, "m", sent.name):
        if receiver.internal_data["w"][index][2] == sent.key:
            receiver.task_spec.triggered(receiver, index, payload)
            return
    instance.journal.outgoing.append(
        Outgoing(
            kind="message",
            name=sent.name,
            instance=token.instance_ref,
            element_key=token.id,
            correlation_key=sent.key,
            message_id=sent.message_id,
            ttl_seconds=sent.ttl_seconds,
            variables=payload,
        )
    )


def signal(token: Token, name: str, payload: Payload) -> None:
    """To everybody who waits in the own root, and out."""
    instance, thrower = token.workflow, token.instance_ref
    instance.journal.events.append(
        SignalThrown(instance=thrower, element_id=token.task_spec.bpmn_id, name=name)
    )
    instance.journal.outgoing.append(
        Outgoing(
            kind="signal", name=name, instance=thrower, element_key=token.id, variables=payload
        )
    )
    for receiver, index in waits.waiting_for(instance, "s", name):
        if receiver.id in instance.tasks and waits.is_open(receiver, index):
            receiver.task_spec.triggered(receiver, index, payload)


def _find(token: Token, thrown: Any, kind: type) -> Catcher | None:
    came_from: Token | None = None
    level: Token | None = token
    while level is not None:
        for candidates in (_event_subs(level, came_from), _boundaries(level)):
            found = _best(list(candidates), thrown, kind)
            if found is not None:
                return found, level
        came_from, level = level, level.owner
    return None


def _event_subs(level: Token, came_from: Token | None) -> Iterator[tuple[Any, Any]]:
    for esp in getattr(level.task_spec, "event_subs", ()):
        if came_from is not None and _interrupted_by(came_from):
            return
        yield esp, esp.start.definitions


def _interrupted_by(came_from: Token) -> bool:
    node: Any = came_from.task_spec
    return node.element_type == "EVENT_SUB_PROCESS" and bool(node.start.interrupting)


def _boundaries(level: Token) -> Iterator[tuple[Any, Any]]:
    # The boundary events of a loop stand on its body, not on its instances.
    if level.iteration is None and not level.armed:
        for boundary in getattr(level.task_spec, "boundaries", ()):
            yield boundary, boundary.definitions


def _best(candidates: list[tuple[Any, Any]], thrown: Any, kind: type) -> Any:
    tests: tuple[Callable[[Any], bool], ...] = (
        lambda caught: caught.code is not None,
        lambda caught: caught.code is None,
    )
    for fits in tests:
        for catcher, definitions in candidates:
            if any(isinstance(d, kind) and fits(d) and d == thrown for d in definitions):
                return catcher
    return None
