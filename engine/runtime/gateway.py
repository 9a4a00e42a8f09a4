"""Gateways: exclusive, parallel, inclusive, event-based.

A parallel join waits for one token on every way in. An inclusive join is asked
only when nothing else is ready, and waits while a token elsewhere in its scope
can still reach an empty way in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from engine.runtime import gathering, waits
from engine.runtime.node import ACT, LEAVE, Node

if TYPE_CHECKING:
    from engine.runtime.flow import Flow
    from engine.runtime.instance import Instance
    from engine.runtime.token import Token


class ExclusiveGateway(Node):
    """The first flow, in document order, whose condition holds."""

    element_type: ClassVar[str] = "EXCLUSIVE_GATEWAY"

    def select(self, token: Token) -> list[Flow]:
        scope = token
        for flow in self.outgoing:
            if flow is self.default:
                continue
            if flow.condition is None or self._holds(flow, scope):
                return [flow]
        return self._default_flow()


class ParallelGateway(Node):
    """All flows out; one token from every flow in."""

    element_type: ClassVar[str] = "PARALLEL_GATEWAY"

    def accept(self, instance: Instance, owner: Token, flow: Flow | None) -> None:
        ways = len(self.incoming)
        if ways < 2:
            instance.spawn(self, owner)
            return
        token = gathering.arrive(instance, self, owner, flow, ways)
        if all(token.internal_data["in"]):
            gathering.release(token, [1] * ways, LEAVE)

    def select(self, token: Token) -> list[Flow]:
        return self.outgoing


class InclusiveGateway(Node):
    """Every flow whose condition holds; a join for as many as can still come."""

    decides = True
    element_type: ClassVar[str] = "INCLUSIVE_GATEWAY"

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.reach: tuple[frozenset[str], ...] = ()
        """Per way in: the nodes from which a token can come along it, not through here."""

    def accept(self, instance: Instance, owner: Token, flow: Flow | None) -> None:
        ways = len(self.incoming)
        if ways < 2:
            instance.spawn(self, owner)
            return
        gathering.arrive(instance, self, owner, flow, ways)

    def may_release(self, token: Token) -> bool:
        counts = token.internal_data["in"]
        empty = [reach for count, reach in zip(counts, self.reach, strict=True) if not count]
        full = [reach for count, reach in zip(counts, self.reach, strict=True) if count]
        if not empty:
            return True
        assert token.owner is not None  # noqa: S101  # a join stands in a scope
        for other in token.owner.children:
            name = other.task_spec.name
            if other is token or other.armed or "ahead" in other.internal_data:
                continue
            if any(name in reach for reach in empty) and not any(name in reach for reach in full):
                return False
        return True

    def release(self, token: Token) -> None:
        counts = token.internal_data["in"]
        gathering.release(token, [min(count, 1) for count in counts], LEAVE)


class EventGateway(Node):
    """Waits for the first of several events; the others are void."""

    element_type: ClassVar[str] = "EVENT_BASED_GATEWAY"

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.branches: tuple[Flow, ...] = ()
        """The flow that belongs to each of ``definitions``."""
        self.instantiate = False
        self.parallel = False

    @property
    def first(self) -> int:
        return ACT

    def act(self, token: Token) -> bool:
        waits.open_all(token, waits.plan(token, self.definitions))
        return False

    def triggered(self, token: Token, index: int, payload: Mapping[str, object]) -> None:
        waits.came(token, index)
        token.payload = (self.branches[index], payload)
        token.complete()

    def finish(self, token: Token) -> None:
        if token.payload is not None and token.owner is not None:
            flow, payload = token.payload
            flow.target.deliver(self._reach(token.owner, flow), payload)

    def begin(self, scope: Token, target: Node) -> Token:
        """Start the process: ``target``'s event has come, a parallel gateway awaits the others."""
        scope.workflow.spawn(self, scope).complete()
        came = next(flow for flow in self.outgoing if flow.target is target)
        reached = self._reach(scope, came)
        for flow in self.outgoing if self.parallel else ():
            if flow is not came:
                scope.workflow.take(flow, scope)
        return reached

    def _reach(self, owner: Token, flow: Flow) -> Token:
        owner.workflow.journal.flow(flow, owner)
        return owner.workflow.spawn(flow.target, owner, phase=LEAVE)
