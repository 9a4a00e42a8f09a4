"""What every element does: be reached, work in phases, choose its way on.

Contract of a node, called by the turn loop only:
``accept`` a token arrives along a flow; ``enter``, ``act`` True = next phase,
False = wait; ``leave`` evaluates all that can fail and plans the way on;
``finish`` cannot fail; ``drained`` all owned tokens have ended; ``gone`` the
token is taken away. A node touches its token, its scope and the instance only,
and is never written to after compilation.
"""

from __future__ import annotations

from collections.abc import Mapping as Contents
from typing import TYPE_CHECKING, Any, ClassVar

from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from engine.runtime import listening
from engine.runtime.expression import truth
from engine.runtime.faults import Fault
from engine.runtime.mapping import Mapping, map_outputs
from engine.runtime.token import ACT, ENTER, LEAVE, Token

if TYPE_CHECKING:
    from engine.runtime.flow import Flow
    from engine.runtime.instance import Instance
    from engine.runtime.listening import Listener


class Node(BpmnSpecMixin):
    """A flow node. Subclasses say what they do; this passes a token on."""

    element_type: ClassVar[str] = "UNKNOWN"
    is_process: ClassVar[bool] = False
    is_throwing: ClassVar[bool] = False
    decides: ClassVar[bool] = False
    frozen = False

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.incoming: list[Flow] = []
        self.outgoing: list[Flow] = []
        self.default: Flow | None = None
        self.container: Node | None = None
        self.mapped_in: tuple[Mapping, ...] = ()
        self.mapped_out: tuple[Mapping, ...] = ()
        self.definitions: tuple[Any, ...] = ()
        self.listeners: Contents[int, tuple[Listener, ...]] = {}
        self.line = 0

    def __setattr__(self, name: str, value: object) -> None:
        if self.frozen:
            raise AttributeError(f"{self.name} is compiled: instances share it")
        super().__setattr__(name, value)

    @property
    def first(self) -> int:
        """The phase a new token starts in."""
        return LEAVE

    def type_for(self, token: Token) -> str:
        """The ``/v2`` element type of this very token."""
        return self.element_type

    # -- life of a token -------------------------------------------------

    def accept(self, instance: Instance, owner: Token, flow: Flow | None) -> None:
        """A token arrives: by default it starts to work at once."""
        instance.spawn(self, owner)

    def enter(self, token: Token) -> bool:
        """Phase 1: local variables, armed events."""
        return True

    def act(self, token: Token) -> bool:
        """Phase 2: the work itself."""
        return True

    def leave(self, token: Token) -> None:
        """Phase 3: output mapping and the flows to take."""
        self.map_out(token)
        token.plan = self.select(token)

    def finish(self, token: Token) -> None:
        """The token is done: send new tokens along the plan."""
        assert token.owner is not None  # noqa: S101  # only a process has none
        for flow in token.plan:
            token.workflow.take(flow, token.owner)

    def remember(self, token: Token) -> None:
        """Keep what compensation will need; activities do."""

    def drained(self, token: Token) -> None:
        """All owned tokens have ended: go on to leave."""
        token.wake(LEAVE)

    def gone(self, token: Token) -> None:
        """The token is taken away: say what else is void."""

    def triggered(self, token: Token, index: int, payload: Contents[str, object]) -> None:
        """Something the token waited for has come."""
        raise NotImplementedError(self.name)

    def may_release(self, token: Token) -> bool:
        """Asked of a gathering token when nothing is ready: may it go on?"""
        return False

    def release(self, token: Token) -> None:
        """Let a gathering token go on."""
        raise NotImplementedError(self.name)

    def started(self, token: Token) -> None:
        """All start listeners are done: wait for what they may have prepared."""

    def takes_result(self, token: Token) -> bool:
        """Does this token wait for somebody outside to hand in a result?"""
        return False

    # -- shared pieces ---------------------------------------------------

    def outer(self, token: Token) -> Token:
        """The token whose scope outputs are written from."""
        return token.owner or token

    def map_out(self, token: Token) -> None:
        """Apply output mappings; without any, results were written when they came."""
        if self.mapped_out and "mo" not in token.internal_data:
            map_outputs(token, self.mapped_out, self.outer(token).data)

    def deliver(self, token: Token, payload: Contents[str, object]) -> None:
        """Results of a task, job or event: local when mapped, else written outwards."""
        view = token.data
        write = view.declare if self.mapped_out else view.write
        for name, value in payload.items():
            write(name, value)

    def select(self, token: Token) -> list[Flow]:
        """All flows whose condition holds; the default flow when there is none."""
        # What a gateway's start listener found out stands in the gateway itself.
        scope = token if self.decides else self.outer(token)
        taken = [
            flow
            for flow in self.outgoing
            if flow is not self.default and (flow.condition is None or self._holds(flow, scope))
        ]
        return taken or self._default_flow()

    def _holds(self, flow: Flow, scope: Token) -> bool:
        assert flow.condition is not None  # noqa: S101  # asked for conditional flows only
        return truth(flow.condition, scope, f"flow '{flow.id}'")

    def _default_flow(self) -> list[Flow]:
        if self.default is not None:
            return [self.default]
        if not self.outgoing:
            return []
        raise Fault(
            "CONDITION_ERROR",
            f"no condition of the flows out of '{self.bpmn_id}' is true and there is no default",
        )

    # -- SpiffWorkflow's hooks -------------------------------------------

    def test(self) -> None:
        """Spiff asks for inputs; a start has none."""

    def _predict_hook(self, my_task: Token) -> None:
        """No speculation: the tree holds what lives."""

    def _update_hook(self, my_task: Token) -> bool:
        return True

    def _on_ready_hook(self, my_task: Token) -> None:
        my_task.workflow.queue.append(my_task.id)

    def _run_hook(self, my_task: Token) -> bool | None:
        if self.listeners and listening.wait(my_task):
            return None
        if my_task.phase == LEAVE:
            self.leave(my_task)
            return True
        work = self.enter if my_task.phase == ENTER else self.act
        my_task.again = work(my_task)
        return None

    def _on_complete_hook(self, my_task: Token) -> None:
        instance = my_task.workflow
        instance.disarm(my_task)
        self.remember(my_task)
        instance.journal.completed(my_task)
        instance.close_scope(my_task)
        self.finish(my_task)

    def _on_error_hook(self, my_task: Token) -> None:
        """The turn loop writes the incident."""


class PassThrough(Node):
    """None task, manual task: nothing to do, nothing to wait for."""

    @property
    def first(self) -> int:
        return ACT


__all__ = ["ACT", "ENTER", "LEAVE", "Node", "PassThrough", "TaskState"]
