"""Events: start, intermediate catch and throw, boundary, end.

An armed boundary or event sub-process start is a waiting token of its own,
owned by what it stands on; firing makes a new token beside it. Errors and
escalations need no armed token: they are looked up when thrown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from engine.runtime import compensation, routing, waits
from engine.runtime import definitions as events
from engine.runtime.activity import Activity
from engine.runtime.mapping import map_inputs
from engine.runtime.node import ACT, ENTER, LEAVE, Node
from engine.runtime.task import Job

if TYPE_CHECKING:
    from engine.runtime.token import Token


class CatchEvent(Node):
    """Waits for one of its events, or for all when it is parallel multiple."""

    element_type: ClassVar[str] = "INTERMEDIATE_CATCH_EVENT"

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.parallel = False

    @property
    def first(self) -> int:
        return ENTER if self.mapped_in else ACT

    @property
    def is_armed(self) -> bool:
        """Does it wait for something that comes from outside or from data?"""
        return any(definition.armed for definition in self.definitions)

    def enter(self, token: Token) -> bool:
        map_inputs(token, self.mapped_in)
        return True

    def act(self, token: Token) -> bool:
        if not self.is_armed:
            return True
        waits.open_all(token, waits.plan(token, self.definitions))
        return False

    def triggered(self, token: Token, index: int, payload: Mapping[str, object]) -> None:
        whole = self.taken(token, index, payload)
        if whole is None:
            return
        waits.close_all(token)
        self.deliver(token, whole)
        token.wake(LEAVE)

    def taken(
        self, token: Token, index: int, payload: Mapping[str, object]
    ) -> Mapping[str, object] | None:
        """The payload to deliver, or None while others are still missing."""
        if not self.parallel:
            waits.came(token, index)
            return payload
        if not waits.gather(token, index, payload):
            return None
        whole = routing.own_variables(token)
        token.workflow.close_scope(token)
        return whole


class BoundaryEvent(CatchEvent):
    """At the edge of an activity: ends it, or starts a way beside it."""

    element_type: ClassVar[str] = "BOUNDARY_EVENT"
    host: Activity

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.interrupting = True

    @property
    def first(self) -> int:
        return LEAVE

    def triggered(self, token: Token, index: int, payload: Mapping[str, object]) -> None:
        host = token.owner
        assert host is not None  # noqa: S101  # an armed event stands on its host
        if self.interrupting or self.parallel:
            whole = self.taken(token, index, payload)
            if whole is None:
                return
            self.fire(host, whole)
            if not self.interrupting:
                token.wake(ACT)
            return
        self.fire(host, payload)
        if token.id in token.workflow.tasks and not waits.again(token, index):
            token.workflow.discard(token)

    def fire(self, host: Token, payload: Mapping[str, object]) -> Token:
        """Send a token from the edge; an interrupting one takes the host away."""
        assert host.owner is not None  # noqa: S101  # an activity stands in a scope
        fired = host.workflow.spawn(self, host.owner)
        self.deliver(fired, payload)
        if self.interrupting:
            host.workflow.discard(host)
        return fired


class StartEvent(CatchEvent):
    """Where a scope begins; armed only in an event sub-process."""

    element_type: ClassVar[str] = "START_EVENT"

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.interrupting = True

    @property
    def first(self) -> int:
        return LEAVE

    def triggered(self, token: Token, index: int, payload: Mapping[str, object]) -> None:
        whole: Mapping[str, object] | None = payload
        if self.interrupting or self.parallel:
            whole = self.taken(token, index, payload)
        if whole is None:
            return
        scope, instance = token.owner, token.workflow
        assert scope is not None and self.container is not None  # noqa: S101  # armed in a scope
        self.container.fire(scope, whole)
        if self.interrupting or token.id not in instance.tasks:
            return
        if self.parallel:
            token.wake(ACT)
        elif not waits.again(token, index):
            instance.discard(token)


class ThrowEvent(Node):
    """Throws all its events, then goes on; a job does it when one is asked for."""

    element_type: ClassVar[str] = "INTERMEDIATE_THROW_EVENT"
    is_throwing: ClassVar[bool] = True

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.job: Job | None = None

    @property
    def first(self) -> int:
        if self.mapped_in:
            return ENTER
        return ACT if self.definitions or self.job else LEAVE

    def enter(self, token: Token) -> bool:
        map_inputs(token, self.mapped_in)
        return True

    def act(self, token: Token) -> bool:
        return throw_all(self, token)

    def takes_result(self, token: Token) -> bool:
        return self.job is not None

    def leave(self, token: Token) -> None:
        super().leave(token)
        if "ahead" in token.internal_data:
            token.plan = []

    def drained(self, token: Token) -> None:
        if compensation.resume(token):
            return
        if any(isinstance(definition, events.Cancel) for definition in self.definitions):
            compensation.leave_transaction(token)
        else:
            token.wake(LEAVE)

    def gone(self, token: Token) -> None:
        if self.job is not None and token.waits_outside:
            Job.cancel(token)


class SendTask(Activity):
    """Throws its message; with a task definition a worker does."""

    element_type: ClassVar[str] = "SEND_TASK"

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.job: Job | None = None

    def act(self, token: Token) -> bool:
        return throw_all(self, token)

    def takes_result(self, token: Token) -> bool:
        return self.job is not None and not self.is_body(token)

    def gone(self, token: Token) -> None:
        if self.job is not None and token.waits_outside and not self.is_body(token):
            Job.cancel(token)


class EndEvent(ThrowEvent):
    """Ends a way."""

    element_type: ClassVar[str] = "END_EVENT"


def throw_all(node: ThrowEvent | SendTask, token: Token) -> bool:
    """Have a worker do it, or throw every event; True when the token may go on."""
    if node.job is not None:
        node.job.create(token)
        return False
    prepared = [routing.prepare(token, definition) for definition in node.definitions]
    # Flows are chosen before anything is thrown: choosing may fail.
    ahead = None if any(map(_is_awaited, node.definitions)) else node.select(token)
    payload = routing.own_variables(token)
    waiting = False
    for definition, what in zip(node.definitions, prepared, strict=True):
        if token.id not in token.workflow.tasks:
            return False
        waiting = routing.throw(token, definition, what, payload) or waiting
    if waiting and ahead is not None and token.owner is not None:
        token.internal_data["ahead"] = 1
        for flow in ahead:
            token.workflow.take(flow, token.owner)
    return not waiting


def _is_awaited(definition: Any) -> bool:
    return not isinstance(definition, events.Compensation) or definition.wait


__all__ = ["BoundaryEvent", "CatchEvent", "EndEvent", "SendTask", "StartEvent", "ThrowEvent"]
