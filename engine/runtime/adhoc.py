"""Ad hoc sub-process: its activities begin without flows, in any order.

What begins is named by ``zeebe:adHoc``, else it is everything without a way in
(one after the other when sequential). After each activity the completion
condition is asked. When all is done and it does not hold, the sub-process
stays open: data or an ``activate`` from outside brings it on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from engine.errors import Conflict, InvalidInput
from engine.runtime import waits
from engine.runtime.container import SubProcess
from engine.runtime.definitions import Conditional
from engine.runtime.expression import Expression, Feel, truth
from engine.runtime.faults import Fault
from engine.runtime.node import LEAVE

if TYPE_CHECKING:
    from engine.runtime.token import Token


class AdHocSubProcess(SubProcess):
    """``stop`` on its token: the condition has held, nothing new begins."""

    element_type: ClassVar[str] = "AD_HOC_SUB_PROCESS"

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.sequential = False
        self.cancel_remaining = True
        self.condition: Feel | None = None
        self.active: Expression | None = None

    def begin(self, token: Token) -> None:
        names = [node.name for node in self.starts] if self.active is None else self._named(token)
        if self.sequential:
            token.internal_data["todo"] = names[1:]
            names = names[:1]
        for name in names:
            self._wf_spec.task_specs[name].accept(token.workflow, token, None)

    def activate(self, token: Token, elements: Mapping[str, Mapping[str, object]]) -> None:
        """Begin more activities from outside; ``Conflict`` when it is over."""
        if "stop" in token.internal_data or "undo" in token.internal_data:
            raise Conflict(f"ad hoc sub-process '{self.bpmn_id}' begins nothing any more")
        for name in elements:
            if not self._offers(name):
                raise InvalidInput(f"'{self.bpmn_id}' offers no activity '{name}'")
        waits.close_all(token)
        for name, variables in elements.items():
            begun = token.workflow.spawn(self._wf_spec.task_specs[name], token)
            for variable, value in variables.items():
                begun.data.declare(variable, value)

    def asks(self, inner: Token) -> bool:
        """An activity inside is done: is that enough? (may fail)"""
        scope = inner.owner
        if scope is None or "stop" in scope.internal_data:
            return True
        return self.condition is not None and truth(self.condition, scope, f"'{self.bpmn_id}'")

    def stop(self, token: Token, spare: Token | None) -> None:
        """The condition holds: begin nothing more, cancel what runs if so modelled."""
        token.internal_data["stop"] = 1
        token.internal_data.pop("todo", None)
        if self.cancel_remaining:
            others = [token.workflow.tasks[key] for key in list(token._children)]
            for other in others:
                if other is not spare and not other.armed and other.id in token.workflow.tasks:
                    token.workflow.discard(other)

    def drained(self, token: Token) -> None:
        state = token.internal_data
        if "undo" in state or "stop" in state or self.loops_around(token):
            super().drained(token)
        elif state.get("todo"):
            self._wf_spec.task_specs[state["todo"].pop(0)].accept(token.workflow, token, None)
        elif self.condition is None:
            super().drained(token)
        elif "w" not in state:
            waits.open_all(token, [["c", False]])

    def triggered(self, token: Token, index: int, payload: Mapping[str, object]) -> None:
        waits.close_all(token)
        self.stop(token, None)
        token.wake(LEAVE)

    def loops_around(self, token: Token) -> bool:
        """Is this the token of the loop, not of the sub-process itself?"""
        return self.loop is not None and token.iteration is None

    def _named(self, token: Token) -> list[str]:
        assert self.active is not None  # noqa: S101  # asked only when there is one
        names = self.active.evaluate(token)
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise Fault(
                "EXTRACT_VALUE_ERROR",
                f"active elements '{self.active.text}' of '{self.bpmn_id}' must be a list of ids",
            )
        for name in names:
            if not self._offers(name):
                raise Fault("EXTRACT_VALUE_ERROR", f"'{self.bpmn_id}' offers no activity '{name}'")
        return names

    def _offers(self, name: str) -> bool:
        node = self._wf_spec.task_specs.get(name)
        return node is not None and node in self.starts


def definitions_for(condition: Feel | None) -> tuple[Conditional, ...]:
    """What an open ad hoc sub-process waits for when nothing runs in it."""
    return () if condition is None else (Conditional(condition),)
