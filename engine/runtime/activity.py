"""Activities: mappings, boundary events, start and completion quantity, loops.

With loop characteristics one token is the body, which owns the boundary events
and one token per instance; body and instances share this very spec.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.runtime import compensation, gathering, listening, waits
from engine.runtime.mapping import map_inputs
from engine.runtime.node import ACT, ENTER, Node

if TYPE_CHECKING:
    from engine.runtime.adhoc import AdHocSubProcess
    from engine.runtime.event import BoundaryEvent
    from engine.runtime.flow import Flow
    from engine.runtime.instance import Instance
    from engine.runtime.loop import Loop
    from engine.runtime.token import Token


class Activity(Node):
    """Work with a border: inputs, outputs, events at its edge, repetitions."""

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.boundaries: list[BoundaryEvent] = []
        self.loop: Loop | None = None
        self.start_quantity = 1
        self.completion_quantity = 1
        self.is_for_compensation = False
        self.handler: Activity | None = None
        """What undoes this activity once it has completed."""
        self.ad_hoc: AdHocSubProcess | None = None
        """The ad hoc sub-process it stands in, to be asked when it is done."""
        self.undo_sub: Node | None = None
        """The compensation event sub-process of a scope."""

    @property
    def first(self) -> int:
        simple = not (self.mapped_in or self.boundaries or self.loop)
        return ACT if simple else ENTER

    def type_for(self, token: Token) -> str:
        if self.loop is not None and token.iteration is None:
            return "MULTI_INSTANCE_BODY"
        return self.element_type

    def is_body(self, token: Token) -> bool:
        """Is this the token that owns the instances?"""
        return self.loop is not None and token.iteration is None

    def accept(self, instance: Instance, owner: Token, flow: Flow | None) -> None:
        if self.start_quantity < 2:
            instance.spawn(self, owner)
            return
        token = gathering.arrive(instance, self, owner, flow, 1)
        if token.internal_data["in"][0] >= self.start_quantity:
            gathering.release(token, [self.start_quantity], self.first)

    def enter(self, token: Token) -> bool:
        if self.loop is not None and token.iteration is None:
            return self.loop.enter(token)
        map_inputs(token, self.mapped_in)
        if self.loop is None and listening.START not in self.listeners:
            self.arm(token)
        return True

    def started(self, token: Token) -> None:
        if self.loop is None and listening.START in self.listeners:
            self.arm(token)

    def arm(self, token: Token) -> None:
        """Let the boundary events wait."""
        armed = [boundary for boundary in self.boundaries if boundary.is_armed]
        plans = [waits.plan(token, boundary.definitions) for boundary in armed]
        for boundary, records in zip(armed, plans, strict=True):
            waits.open_all(token.workflow.place(boundary, token, armed=True), records)

    def outer(self, token: Token) -> Token:
        # An instance of a loop keeps its results to itself until they are collected.
        if token.iteration is not None or token.owner is None:
            return token
        return token.owner

    def leave(self, token: Token) -> None:
        if self.is_body(token):
            assert self.loop is not None  # noqa: S101  # is_body says so
            self.loop.leave(token)
        elif token.iteration is not None:
            self.map_out(token)
            assert self.loop is not None  # noqa: S101  # only loops make iterations
            self.loop.instance_leaves(token)
            return
        else:
            self.map_out(token)
        if self.ad_hoc is not None and self.ad_hoc.asks(token):
            token.payload, token.plan = True, []
        else:
            token.plan = self.select(token) * self.completion_quantity

    def finish(self, token: Token) -> None:
        if token.iteration is None:
            super().finish(token)
            if self.ad_hoc is not None and token.payload and token.owner is not None:
                self.ad_hoc.stop(token.owner, token)
        elif self.loop is not None:
            self.loop.instance_finished(token)

    def remember(self, token: Token) -> None:
        compensation.remember(token)

    def drained(self, token: Token) -> None:
        if self.loop is not None and token.iteration is None:
            self.loop.drained(token)
        else:
            super().drained(token)


__all__ = ["ACT", "ENTER", "Activity"]
