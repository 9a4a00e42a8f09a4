"""Scopes: process, embedded and event sub-process, call activity.

A scope arms its event sub-processes, starts, and ends when it owns no live
token any more. A called process is a scope owned by the call activity's token.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from engine.domain.events import InstanceCompleted, InstanceTerminated
from engine.ports.runtime import Binding
from engine.runtime import compensation, waits
from engine.runtime.activity import Activity
from engine.runtime.expression import Expression
from engine.runtime.faults import Fault
from engine.runtime.gateway import EventGateway
from engine.runtime.mapping import map_inputs
from engine.runtime.node import ACT, ENTER, LEAVE, Node

if TYPE_CHECKING:
    from engine.runtime.event import StartEvent
    from engine.runtime.token import Token


class Scope(Activity):
    """What holds flow nodes."""

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.starts: list[Node] = []
        self.event_subs: list[EventSubProcess] = []
        self.data_objects: tuple[str, ...] = ()

    @property
    def first(self) -> int:
        return ENTER

    def enter(self, token: Token) -> bool:
        if self.loop is not None and token.iteration is None:
            return self.loop.enter(token)
        map_inputs(token, self.mapped_in)
        for name in self.data_objects:
            if not token.workflow.scopes.has(token.id, name):
                token.data.declare(name, None)
        armed = [esp.start for esp in self.event_subs if esp.start.is_armed]
        plans = [waits.plan(token, start.definitions) for start in armed]
        if self.loop is None:
            self.arm(token)
        for start, records in zip(armed, plans, strict=True):
            waits.open_all(token.workflow.place(start, token, armed=True), records)
        return True

    def act(self, token: Token) -> bool:
        if "undo" in token.internal_data:
            self.undo(token)
        elif "over" not in token.internal_data:
            self.begin(token)
        if token.live == 0:
            token.workflow.drains.append(token.id)
        return False

    def undo(self, token: Token) -> None:
        """Made again to be undone: by its own event sub-process, or piece by piece."""
        if self.undo_sub is not None:
            token.workflow.spawn(self.undo_sub, token)
        else:
            compensation.resume(token)

    def drained(self, token: Token) -> None:
        if "undo" not in token.internal_data:
            super().drained(token)
        elif not compensation.resume(token):
            token.wake(LEAVE)

    def leave(self, token: Token) -> None:
        if "undo" not in token.internal_data:
            super().leave(token)

    def finish(self, token: Token) -> None:
        if "undo" not in token.internal_data:
            super().finish(token)

    def begin(self, token: Token) -> None:
        """Send the first tokens: from the start, or where it was told to begin."""
        paths: list[list[str]] | None = token.internal_data.pop("start", None)
        if paths is None:
            for node in self.starts:
                node.accept(token.workflow, token, None)
            return
        nodes, instance = self._wf_spec.task_specs, token.workflow
        inside: dict[str, list[list[str]]] = {}
        for path in paths:
            if len(path) == 1:
                instance.spawn(nodes[path[0]], token)
            else:
                inside.setdefault(path[0], []).append(path[1:])
        for name, rest in inside.items():
            instance.spawn(nodes[name], token, internal={"start": rest})


class SubProcess(Scope):
    """Embedded sub-process."""

    element_type: ClassVar[str] = "SUB_PROCESS"


class Transaction(SubProcess):
    """A sub-process that can be cancelled, which undoes what it has done."""

    is_transaction: ClassVar[bool] = True


class EventSubProcess(Scope):
    """Starts when its start event fires, once or many times."""

    element_type: ClassVar[str] = "EVENT_SUB_PROCESS"
    start: StartEvent

    def fire(self, scope: Token, payload: Mapping[str, object]) -> Token:
        """Run in the scope; an interrupting one takes everything else away."""
        instance = scope.workflow
        token = instance.spawn(self, scope)
        if self.start.interrupting:
            # A condition may hold before the scope has sent its first token.
            scope.internal_data["over"] = 1
            instance.clear(scope, spare=token)
        view = token.data
        write = view.declare if self.start.mapped_out else view.write
        for name, value in payload.items():
            write(name, value)
        return token

    def begin(self, token: Token) -> None:
        token.workflow.spawn(self.start, token)


class ProcessScope(Scope):
    """The process itself: root of its tokens and of its variables."""

    element_type: ClassVar[str] = "PROCESS"
    is_process: ClassVar[bool] = True

    def begin(self, token: Token) -> None:
        happened = token.internal_data.pop("event", None)
        given = token.internal_data.pop("given", None)
        if happened is None:
            super().begin(token)
            return
        # The event that starts the process counts as having come.
        node: Node = self._wf_spec.task_specs[happened]
        before = node.incoming[0].source if node.incoming else None
        if isinstance(before, EventGateway) and before.instantiate:
            started = before.begin(token, node)
        else:
            started = token.workflow.spawn(node, token, phase=LEAVE)
        for name, text in (given or {}).items():
            token.workflow.scopes.put_text(started.id, token.id, name, text)

    def leave(self, token: Token) -> None:
        """Nothing to map, nowhere to go."""

    def finish(self, token: Token) -> None:
        token.workflow.journal.events.append(InstanceCompleted(instance=token.instance_ref))

    def gone(self, token: Token) -> None:
        token.workflow.journal.events.append(InstanceTerminated(instance=token.instance_ref))

    def drained(self, token: Token) -> None:
        if token.owner is not None:
            token.owner.task_spec.returned(token.owner, token)
        token.wake(LEAVE)


class CallActivity(Activity):
    """Runs another process and waits for it."""

    element_type: ClassVar[str] = "CALL_ACTIVITY"

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.called: Expression | None = None
        self.binding: Binding = "latest"
        self.version_tag: str | None = None
        self.all_in = True
        self.all_out = True

    def act(self, token: Token) -> bool:
        instance = token.workflow
        process_id = None if self.called is None else self.called.evaluate(token)
        if not isinstance(process_id, str) or not process_id:
            raise Fault(
                "CALLED_ELEMENT_ERROR", f"'{self.bpmn_id}' does not say which process it calls"
            )
        caller = token.instance_ref.definition
        ref = instance.env.resolve_process(process_id, self.binding, self.version_tag, caller)
        if ref is None:
            raise Fault("CALLED_ELEMENT_ERROR", f"no process '{process_id}' is deployed")
        definition = instance.library.get(ref, instance.env)
        if not definition.process.starts:
            raise Fault("CALLED_ELEMENT_ERROR", f"process '{process_id}' has no none start event")
        key = instance.env.next_key()
        self._hand_over(token, key)
        called = instance.open_process(definition, ref, key, token, {})
        called.internal_data["d"] = [
            ref.key,
            ref.process_id,
            ref.version,
            ref.version_tag,
            ref.deployment_key,
        ]
        return False

    def _hand_over(self, token: Token, key: int) -> None:
        scopes = token.workflow.scopes
        for holder in token.chain() if self.all_in else (token,):
            if holder.is_body:
                continue
            for name in scopes.names(holder.id):
                if not scopes.has(key, name):
                    scopes.copy((holder.id, name), key, key)

    def returned(self, token: Token, called: Token) -> None:
        """The called process has ended: fetch its variables before they are history."""
        scopes = called.workflow.scopes
        # All of them, as in Camunda 8: what it was merely given comes back too.
        names = scopes.names(called.id) if self.mapped_out or self.all_out else []
        self.deliver(token, {name: scopes.get(called.id, name) for name in names})


__all__ = [
    "ACT",
    "CallActivity",
    "EventSubProcess",
    "ProcessScope",
    "Scope",
    "SubProcess",
    "Transaction",
]
