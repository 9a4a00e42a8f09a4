"""How long history is kept: rules, legal hold, removal of what is over, erasure of persons' data.

Rejected: erasing what still runs or is held; a rule without a subject.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.commands import guards
from engine.commands.context import Context, Result
from engine.domain.events import (
    DataErased,
    DocumentDeleted,
    HistoryRemoved,
    InstanceHeld,
    InstanceReleased,
    RetentionChanged,
)
from engine.domain.ids import Key
from engine.errors import Conflict, InvalidInput

_SUBJECT = re.compile(r"(process|procedure):\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRetention:
    """``subject`` is ``process:<id>`` or ``procedure:<code>``; ``days`` None ends the rule."""

    subject: str
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldInstance:
    """A legal hold: the root is not removed and not erased until it is released."""

    key: Key
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseInstance:
    """The hold ends."""

    key: Key
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanUp:
    """Remove at most ``limit`` roots whose time is over."""

    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseInstance:
    """What persons gave to an ended root goes; its chain stays and can be checked."""

    key: Key
    reason: str | None = None


def set_retention(command: SetRetention, context: Context) -> Result:
    if not _SUBJECT.fullmatch(command.subject):
        raise InvalidInput(
            "A rule is for process:<id> or procedure:<code>.", code="retention-subject"
        )
    if command.days is not None and not 0 <= command.days <= 100_000:
        raise InvalidInput("Days are from 0 to 100000.", code="retention-days")
    context.uow.retention.set_rule(command.subject, command.days)
    context.uow.record(None, RetentionChanged(subject=command.subject, days=command.days))
    return {"subject": command.subject}


def hold_instance(command: HoldInstance, context: Context) -> Result:
    root = context.uow.roots.lock_element(command.key)
    guards.require_visible(context.actor, root.visibility, "process instance")
    if context.uow.retention.is_held(root.key):
        raise Conflict("The instance is held already.", code="instance-held")
    context.uow.retention.hold(root.key, context.uow.now)
    held = InstanceHeld(key=context.uow.next_key(), by=context.actor.name, reason=command.reason)
    context.uow.record(root.key, held)
    return {"key": root.key}


def release_instance(command: ReleaseInstance, context: Context) -> Result:
    root = context.uow.roots.lock_element(command.key)
    guards.require_visible(context.actor, root.visibility, "process instance")
    if not context.uow.retention.is_held(root.key):
        raise Conflict("The instance is not held.", code="instance-not-held")
    context.uow.retention.hold(root.key, None)
    released = InstanceReleased(
        key=context.uow.next_key(), by=context.actor.name, reason=command.reason
    )
    context.uow.record(root.key, released)
    return {"key": root.key}


def clean_up(command: CleanUp, context: Context) -> Result:
    retention = context.uow.retention
    scheduled = retention.schedule(context.settings.retention_days, max(command.limit, 1))
    due = retention.due(command.limit)
    if due:
        retention.remove(due)
        context.uow.record(
            None, *(HistoryRemoved(key=one.key, seq=one.seq, head=one.head) for one in due)
        )
    return {"removed": len(due), "scheduled": scheduled}


def erase_instance(command: EraseInstance, context: Context) -> Result:
    root = context.uow.roots.lock_element(command.key)
    guards.require_visible(context.actor, root.visibility, "process instance")
    if root.state is not None:
        raise Conflict("The instance still runs: cancel it first.", code="instance-running")
    if context.uow.retention.is_held(root.key):
        raise Conflict("The instance is held: release it first.", code="instance-held")
    if context.uow.retention.is_erased(root.key):
        return {"key": root.key, "erased": False}

    papers = context.uow.retention.documents(root.key)
    context.uow.record(
        root.key,
        *(DocumentDeleted(key=key, by=context.actor.name, cause="erased") for key in papers),
        DataErased(key=context.uow.next_key(), by=context.actor.name),
    )
    context.uow.retention.erase(root.key)
    return {"key": root.key, "erased": True}
