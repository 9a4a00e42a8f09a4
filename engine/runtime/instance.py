"""One root in memory: SpiffWorkflow's workflow as an owner of tokens, and the turn loop.

A turn runs one phase of one token. Its variable writes and events count only
when it succeeds; a ``Fault`` parks exactly that token. Everything else that is
raised is a bug and leaves the step undone. Not for use over several steps.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.domain.events import InstanceStarted
from engine.domain.ids import DefinitionRef, InstanceRef, Key
from engine.ports.runtime import Environment
from engine.runtime import listening, waits
from engine.runtime.expression import FeelEngine
from engine.runtime.faults import Fault
from engine.runtime.journal import Journal
from engine.runtime.scope import Scopes
from engine.runtime.token import ACT, Token

if TYPE_CHECKING:
    from engine.runtime.compiler import Definition, Library
    from engine.runtime.flow import Flow
    from engine.runtime.node import Node

_PARKED_PER_STEP = 32


class Instance(BpmnWorkflow):
    """A root instance with all its called instances."""

    tasks: dict[Key, Token]
    task_tree: Token

    def __init__(
        self,
        definition: Definition,
        env: Environment,
        library: Library,
        rows: Mapping[Key, Mapping[str, str]],
        budget: int,
    ) -> None:
        self.env = env
        self.library = library
        self.scopes = Scopes(rows)
        self.journal = Journal()
        self.queue: deque[Key] = deque()
        self.drains: deque[Key] = deque()
        self.gathering: dict[tuple[Key, str], Key] = {}
        self.conditionals: dict[Key, None] = {}
        self.collecting: dict[Key, None] = {}
        self.recheck = False
        self.turns = 0
        self._budget = budget
        self._overdrawn = 0
        super().__init__(definition.spec, script_engine=FeelEngine(env), deserializing=True)

    # -- the tree --------------------------------------------------------

    def spawn(
        self,
        node: Node,
        owner: Token,
        *,
        phase: int | None = None,
        internal: dict[str, Any] | None = None,
    ) -> Token:
        """A new token at work, owned by ``owner``."""
        token = Token(
            self,
            node,
            owner,
            self.env.next_key(),
            phase=node.first if phase is None else phase,
        )
        if internal:
            token.internal_data.update(internal)
        self.journal.activated(token)
        node._update(token)
        return token

    def place(
        self, node: Node, owner: Token, *, armed: bool, internal: dict[str, Any] | None = None
    ) -> Token:
        """A token that waits without having been reached: armed event, gathering join."""
        token = Token(
            self,
            node,
            owner,
            self.env.next_key(),
            phase=ACT,
            armed=armed,
            state=TaskState.WAITING,
        )
        if internal:
            token.internal_data.update(internal)
        return token

    def open_process(
        self,
        definition: Definition,
        ref: DefinitionRef,
        key: Key,
        owner: Token | None,
        details: Mapping[str, Any],
    ) -> Token:
        """The token of a root or called process; nothing of it has run yet."""
        token = Token(self, definition.process, owner, key, phase=definition.process.first)
        token.ref = InstanceRef(
            key=key, root_key=key if owner is None else self.task_tree.id, definition=ref
        )
        if owner is None:
            self.task_tree = token
        self.journal.events.append(
            InstanceStarted(
                instance=token.ref,
                parent_key=None if owner is None else owner.process.id,
                parent_element_key=None if owner is None else owner.id,
                business_id=details.get("business_id"),
                tags=tuple(details.get("tags", ())),
            )
        )
        self.journal.activated(token)
        definition.process._update(token)
        return token

    def take(self, flow: Flow, owner: Token) -> None:
        """Send a token along a flow."""
        self.journal.flow(flow, owner)
        flow.target.accept(self, owner, flow)

    def discard(self, top: Token) -> None:
        """Take a token and all it owns away, innermost first."""
        subtree = [top]
        for token in subtree:
            subtree.extend(self.tasks[key] for key in token._children)
        for token in reversed(subtree):
            self._take_away(token)

    def clear(self, owner: Token, spare: Token | None = None) -> None:
        """Take everything away that a scope owns, but for one."""
        for key in list(owner._children):
            token = self.tasks.get(key)
            if token is not None and token is not spare:
                self.discard(token)

    def disarm(self, owner: Token) -> None:
        """Void the waits of a token and of the events armed on it."""
        waits.close_all(owner)
        for key in list(owner._children):
            if self.tasks[key].armed:
                self.discard(self.tasks[key])

    def close_scope(self, token: Token) -> None:
        """The token's own variables are history."""
        if self.scopes.close(token.id):
            self.journal.scope_closed(token.id)

    def _take_away(self, token: Token) -> None:
        node = token.task_spec
        waits.close_all(token)
        node.gone(token)
        listening.gone(token)
        if token.state == TaskState.ERROR:
            self.journal.resolved(token)
        if token.visible:
            self.journal.terminated(token)
        self.close_scope(token)
        token._set_state(TaskState.CANCELLED)
        self._remove_task(token.id)

    def _remove_task(self, task_id: Key) -> None:
        token = self.tasks.pop(task_id)
        if token.owner is not None:
            token.owner._children.remove(task_id)
        self._task_removed_notify(token)

    def _task_removed_notify(self, task: Token) -> None:
        if task.gathers:
            self.gathering.pop((task._parent, task.task_spec.name), None)
        owner = task.owner
        if owner is None or task.armed:
            return
        owner.live -= 1
        if owner.live == 0:
            self.drains.append(owner.id)

    def _task_completed_notify(self, task: Token) -> None:
        if task.id in self.tasks:
            self._remove_task(task.id)

    # -- the turn loop ---------------------------------------------------

    def run(self, limit: int | None = None) -> None:
        """Run until nothing is ready, or for so many turns."""
        self.settle()
        while limit is None or limit > 0:
            if self.drains:
                self._drain(self.drains.popleft())
                self.settle()
            elif self.queue:
                limit = None if limit is None else limit - 1
                self._turn(self.queue.popleft())
            elif not self._release_join():
                break
        if not self.queue and not self.drains:
            self._release_join()
        for key in self.collecting:
            if key in self.tasks:
                self.tasks[key].task_spec.loop.flush(self.tasks[key])
        self.collecting.clear()
        self.scopes.commit()
        self.journal.variables(self.scopes.written)
        self.scopes.written.clear()

    def settle(self) -> None:
        """Make writes from outside a turn count, and look at conditions again."""
        self.scopes.commit()
        written = self.scopes.written
        if written:
            self.journal.variables(written)
            written.clear()
            self.recheck = True
        if self.recheck and self.conditionals:
            self.recheck = False
            waits.check_conditions(self)
            self.settle()

    def park(self, token: Token, fault: Fault) -> None:
        """The token stops where it is, with an incident."""
        token.again = False
        token._set_state(TaskState.ERROR)
        self.journal.fault(token, self.env.next_key(), fault)

    def _drain(self, key: Key) -> None:
        token = self.tasks.get(key)
        if token is not None and token.live == 0 and token.state == TaskState.STARTED:
            token.task_spec.drained(token)

    def _turn(self, key: Key) -> None:
        token = self.tasks.get(key)
        if token is None or token.state != TaskState.READY:
            return
        while True:
            self.turns += 1
            if self.turns > self._budget and self._stop(token):
                return
            mark = self.journal.mark()
            token.again = False
            try:
                token.run()
            except Fault as fault:
                self.scopes.rollback()
                self.journal.rollback(mark)
                self.park(token, fault)
                return
            self.settle()
            if not token.again or key not in self.tasks:
                return
            token.phase += 1

    def _stop(self, token: Token) -> bool:
        # One endless loop must not take its innocent neighbours along: the token
        # at work is parked and the others get a little more.
        sentence = f"more than {self._budget} turns in one step: an endless automatic loop?"
        self._overdrawn += 1
        if self._overdrawn <= _PARKED_PER_STEP:
            self._budget += max(self._budget // 20, 100)
        self.park(token, Fault("UNKNOWN", sentence))
        return True

    def _release_join(self) -> bool:
        for key in list(self.gathering.values()):
            token = self.tasks.get(key)
            if token is not None and token.task_spec.may_release(token):
                token.task_spec.release(token)
                return True
        return False
