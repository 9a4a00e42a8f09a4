"""What a handler may use while its transaction is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.commands.deadlines import postpone
from engine.commands.decision_models import DecisionModels
from engine.commands.dossier_status import follow
from engine.commands.environment import StepEnvironment
from engine.commands.lane_groups import with_lane_groups
from engine.domain.actors import Actor
from engine.domain.events import Event
from engine.domain.ids import Key
from engine.domain.law import LawBook
from engine.errors import Conflict
from engine.ports.blobs import Blobs
from engine.ports.passwords import Passwords
from engine.ports.runtime import Process, Runtime, StartRequest, Step
from engine.ports.signing import Signer
from engine.ports.store import LockedRoot, UnitOfWork
from engine.settings import Settings

Result = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One actor, one transaction, and the tools that stand for the process's life."""

    uow: UnitOfWork
    actor: Actor
    runtime: Runtime
    passwords: Passwords
    decisions: DecisionModels
    settings: Settings
    blobs: Blobs
    signer: Signer

    @property
    def law(self) -> LawBook:
        """Units, procedures, calendars, policies: all rows of law as they stand."""
        return self.uow.law.book()

    def environment(self, root_key: Key | None = None) -> StepEnvironment:
        """What a step of the runtime may ask of this transaction."""
        return StepEnvironment(self.uow, self.decisions, root_key)

    def restore(self, root: LockedRoot, *, may_wait: bool = False) -> Process:
        """The process as it stands, with its due timers already fired.

        Time advances before anything else is accepted, so a due interrupting
        timer wins over a completion that comes too late. A suspended root is
        refused, unless what will be done to it ``may_wait`` until it is resumed.
        """
        if root.state is None:
            raise Conflict("The process instance has ended.", code="instance-ended")
        if root.suspended and not may_wait:
            raise Conflict("The process instance is suspended.", code="instance-suspended")
        process = self.runtime.restore(root.state, self.environment(root.key))
        if root.suspended:
            return process
        if root.next_due is not None and root.next_due <= self.uow.now:
            for timer in self.uow.waits.due_timers(root.key, self.uow.now):
                if not (timer.clock_key and postpone(self.uow, root.key, timer.clock_key)):
                    process.trigger(timer.element_key, timer.index, {})
            process.settle()
        return process

    def begin(self, request: StartRequest) -> Process:
        """A new root in the runtime."""
        return self.runtime.start(request, self.environment(request.instance.root_key))

    def save(self, root_key: Key, process: Process, *first: Event) -> Step:
        """Advance, record ``first`` and the step, then hand over messages that waited for it."""
        still = self.uow.roots.is_suspended(root_key)
        # What stands still takes the change and does not run.
        step = process.advance(0 if still else None)
        self.uow.record(root_key, *first)
        step = with_lane_groups(self.uow, root_key, step)
        self.uow.roots.save(root_key, step)
        follow(self.uow, root_key, step)
        while not still and not step.finished:
            matches = self.uow.waits.messages_for_new_waits(root_key, self.uow.now)
            if not matches:
                break
            for message, wait in matches:
                process.trigger(wait.element_key, wait.index, message.variables)
                self.uow.waits.take_message(message.key, wait.process_id)
            step = with_lane_groups(self.uow, root_key, process.advance())
            self.uow.roots.save(root_key, step)
            follow(self.uow, root_key, step)
        return step
