"""Listeners: jobs an element waits for before it works and before it is left.

Start listeners come after the input mappings and before anything is waited for
or evaluated; end listeners after the output mappings and before the way on is
chosen; a user task's ``creating`` before the task is there, ``completing``
after it was answered. One at a time, in the model's order. The token keeps
``l``: groups done (bits), number in the group, is one open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.domain.events import JobCanceled
from engine.runtime.token import ACT, LEAVE

if TYPE_CHECKING:
    from engine.runtime.task import Job
    from engine.runtime.token import Token

START, CREATING, COMPLETING, END = range(4)
NAMES: Final = ("START", "CREATING", "COMPLETING", "END")
TASK_GROUPS: Final = frozenset((CREATING, COMPLETING))
_BEFORE: Final = {ACT: (START, CREATING), LEAVE: (START, COMPLETING, END)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """One listener of the model."""

    group: int
    job: Job

    @property
    def kind(self) -> str:
        """The job's kind under ``/v2``."""
        return "TASK_LISTENER" if self.group in TASK_GROUPS else "EXECUTION_LISTENER"

    def create(self, token: Token) -> None:
        """Ask for the work; ``Fault`` when type or retries have no value."""
        self.job.create(token, kind=self.kind, listener_event=NAMES[self.group])


def wait(token: Token) -> bool:
    """Before a phase: True when a listener was asked and the token has to wait for it."""
    if token.is_body or token.phase not in _BEFORE:
        return False
    done, number, _ = token.internal_data.get("l", (0, 0, 0))
    for group in _BEFORE[token.phase]:
        if done & 1 << group:
            continue
        listeners = token.task_spec.listeners.get(group, ())
        if number < len(listeners):
            _ask(token, listeners[number], done, number)
            return True
        if group == START:
            token.task_spec.started(token)
        done, number = done | 1 << group, 0
        token.internal_data["l"] = [done, 0, 0]
    return False


def came(token: Token, variables: Mapping[str, object]) -> None:
    """The open listener is done: its variables are kept, the next one or the work follows."""
    done, number, _ = token.internal_data["l"]
    group = _group(token)
    if group == END:
        target = token.task_spec.outer(token).data
        for name, value in variables.items():
            target.write(name, value)
    elif group == COMPLETING:
        token.task_spec.deliver(token, variables)
    else:
        for name, value in variables.items():
            token.data.declare(name, value)
    token.internal_data["l"] = [done, number + 1, 0]
    token.wake(token.phase)


def correct(token: Token, corrections: Mapping[str, object]) -> None:
    """A ``creating`` listener changes what the task will be."""
    token.internal_data["fix"] = {**token.internal_data.get("fix", {}), **corrections}


def event_of(token: Token) -> str:
    """Which listener is open: START, CREATING, COMPLETING or END."""
    return NAMES[_group(token)]


def incident_type(token: Token, given: str) -> str:
    """Exhausted retries of a listener have a name of their own."""
    if given != "JOB_NO_RETRIES" or not token.listens:
        return given
    kind = "TASK" if _group(token) in TASK_GROUPS else "EXECUTION"
    return f"{kind}_LISTENER_NO_RETRIES"


def gone(token: Token) -> None:
    """The token is taken away: nobody needs its listener any more."""
    if token.listens:
        token.workflow.journal.events.append(JobCanceled(element_key=token.id))


def _ask(token: Token, listener: Listener, done: int, number: int) -> None:
    first_end = listener.group == END and number == 0
    if first_end:
        token.task_spec.map_out(token)
    listener.create(token)
    # Kept only now: had something failed, the whole turn would be taken back.
    if first_end:
        token.internal_data["mo"] = 1
        token.workflow.disarm(token)
    token.internal_data["l"] = [done, number, 1]


def _group(token: Token) -> int:
    done = token.internal_data["l"][0]
    return next(group for group in _BEFORE[token.phase] if not done & 1 << group)
