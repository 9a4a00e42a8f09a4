"""Complex gateway: m of n, discriminator, any activation condition over ``activationCount``.

Each arrival asks the condition; when it holds, one token goes on and the ways
that had none are awaited: what still comes along them ends here, and once
nothing more can come the gateway starts afresh. Without a condition it joins
like an inclusive gateway. Out, every flow whose condition holds is taken.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from SpiffWorkflow.util.task import TaskState

from engine.runtime import gathering
from engine.runtime.expression import Feel, truth
from engine.runtime.gateway import InclusiveGateway
from engine.runtime.node import ACT

if TYPE_CHECKING:
    from engine.runtime.flow import Flow
    from engine.runtime.instance import Instance
    from engine.runtime.token import Token


class ComplexGateway(InclusiveGateway):
    """``late`` on the gathering token: per way in, is a token still swallowed there?"""

    element_type: ClassVar[str] = "UNKNOWN"

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.condition: Feel | None = None

    def accept(self, instance: Instance, owner: Token, flow: Flow | None) -> None:
        ways = len(self.incoming)
        if ways < 2:
            instance.spawn(self, owner)
            return
        token = gathering.arrive(instance, self, owner, flow, ways)
        late = token.internal_data.get("late")
        way = 0 if flow is None else self.incoming.index(flow)
        if late and late[way]:
            token.internal_data["in"][way] -= 1
            late[way] = 0
        if self.condition is not None and token.has_state(TaskState.WAITING | TaskState.STARTED):
            token.wake(ACT)

    def act(self, token: Token) -> bool:
        if not token.gathers:
            return True
        counts = token.internal_data["in"]
        late = token.internal_data.get("late")
        if late is None and self._activates(token, counts):
            self._go_on(token, [min(count, 1) for count in counts])
        elif late is not None and not any(late):
            self._afresh(token)
        return False

    def may_release(self, token: Token) -> bool:
        if self.condition is None:
            return super().may_release(token)
        late = token.internal_data.get("late")
        return late is not None and not self._still_coming(token, late)

    def release(self, token: Token) -> None:
        if self.condition is None:
            super().release(token)
        else:
            self._afresh(token)

    def _activates(self, token: Token, counts: list[int]) -> bool:
        assert self.condition is not None  # noqa: S101  # gathers by itself without one
        token.counters = {"activationCount": Decimal(sum(counts))}
        try:
            return truth(self.condition, token, f"gateway '{self.bpmn_id}'")
        finally:
            token.counters = None

    def _go_on(self, token: Token, taken: list[int]) -> None:
        counts = token.internal_data["in"]
        rest = [count - used for count, used in zip(counts, taken, strict=True)]
        token.internal_data.update({"in": rest, "late": [1 - used for used in taken]})
        assert token.owner is not None  # noqa: S101  # a gateway stands in a scope
        token.workflow.spawn(self, token.owner)
        if not any(token.internal_data["late"]):
            self._afresh(token)

    def _afresh(self, token: Token) -> None:
        del token.internal_data["late"]
        if any(token.internal_data["in"]):
            token.wake(ACT)
        else:
            token.workflow._take_away(token)

    def _still_coming(self, token: Token, late: list[int]) -> bool:
        assert token.owner is not None  # noqa: S101  # a gateway stands in a scope
        awaited = [reach for swallows, reach in zip(late, self.reach, strict=True) if swallows]
        names = [other.task_spec.name for other in token.owner.children if not other.armed]
        return any(name in reach for name in names for reach in awaited)
