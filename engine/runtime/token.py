"""A token: SpiffWorkflow's ``Task`` in an ownership tree.

The parent of a token is the scope or activity that owns it. A token works in
phases (enter, act, leave), each a turn of its own; a fault parks it in ERROR
with its phase. It holds no data: ``data`` is a view over the scopes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.domain.ids import InstanceRef, Key
from engine.runtime.scope import View

if TYPE_CHECKING:
    from engine.runtime.flow import Flow
    from engine.runtime.instance import Instance
    from engine.runtime.node import Node

ENTER, ACT, LEAVE = 0, 1, 2


class Children(dict[Key, None]):
    """Ids of owned tokens in order; removal does not search (10,000 instances)."""

    def append(self, key: Key) -> None:
        self[key] = None

    def remove(self, key: Key) -> None:
        del self[key]


class Token(Task):
    """One element instance. ``live`` counts owned tokens that must end first."""

    id: Key
    workflow: Instance
    task_spec: Node
    internal_data: dict[str, Any]

    def __init__(
        self,
        instance: Instance,
        node: Node,
        owner: Token | None,
        key: Key,
        *,
        phase: int = ENTER,
        armed: bool = False,
        state: int = TaskState.FUTURE,
    ) -> None:
        self.owner = owner
        self.phase = phase
        self.armed = armed
        self.live = 0
        self.again = False
        self.plan: list[Flow] = []
        self.payload: Any = None
        self.counters: dict[str, object] | None = None
        self.ref: InstanceRef | None = None
        self.process: Token = owner.process if owner is not None and not node.is_process else self
        super().__init__(instance, node, owner, state=state, id=key)
        self._children = Children()

    @property
    def data(self) -> View:
        """What the token sees of the variables."""
        return View(self)

    @data.setter
    def data(self, value: object) -> None:
        """``Task`` assigns a dict once; values live in the scopes only."""

    @property
    def instance_ref(self) -> InstanceRef:
        """The root or called instance the token belongs to."""
        ref = self.process.ref
        assert ref is not None  # noqa: S101  # set where a process token is made
        return ref

    @property
    def iteration(self) -> int | None:
        """Number of this instance in its loop, None outside one."""
        return self.internal_data.get("i")

    @property
    def is_body(self) -> bool:
        """Does this token own the instances of a loop?"""
        return getattr(self.task_spec, "loop", None) is not None and "i" not in self.internal_data

    @property
    def gathers(self) -> bool:
        """Is this a join (or start quantity) that still counts arrivals?"""
        return "in" in self.internal_data

    @property
    def visible(self) -> bool:
        """Has the element been reached, in the eyes of history?"""
        return not self.armed and not self.gathers

    def wake(self, phase: int) -> None:
        """Go to work again, in this phase, as soon as it is the token's turn."""
        self.phase = phase
        self._ready()

    @property
    def waits_outside(self) -> bool:
        """Is a user task or job of this token open?"""
        if self.phase != ACT or self.listens:
            return False
        return self._state == TaskState.STARTED or "held" in self.internal_data

    @property
    def listens(self) -> bool:
        """Is the job it waits for a listener's?"""
        kept = self.internal_data.get("l")
        return kept is not None and bool(kept[2])

    def chain(self) -> Iterator[Token]:
        """This token and its owners up to the process: the scopes it sees."""
        token: Token | None = self
        last = self.process
        while token is not None:
            yield token
            if token is last:
                return
            token = token.owner

    def _set_state(self, value: int) -> None:
        # Spiff's own attaches the whole task data to a log record.
        self._state = value

    def _child_added_notify(self, child: Token) -> None:
        self._children.append(child.id)
        if not child.armed:
            self.live += 1

    def _inherit_data(self) -> None:
        """Nothing to inherit: no data in the tree."""

    def cancel(self) -> None:
        """Refused: a subtree is discarded by its instance."""
        raise NotImplementedError("use Instance.discard")

    def reset_branch(self, data: object) -> list[Task]:
        """Refused: there is no history in the tree to return to."""
        raise NotImplementedError("use Runtime commands to move a token")
