"""What a change of a running instance would do, told from the step it would make.

First what happens at once, then what runs by itself after it; at last what stays.
Nothing is saved: the step is thrown away.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.commands.context import Context
from engine.domain import events as told
from engine.domain.ids import Key
from engine.ports.runtime import Process, Step
from engine.ports.store import LockedRoot

Line = dict[str, object]
_KINDS: dict[type[told.Event], str] = {
    told.ElementTerminated: "element-ended",
    told.ElementActivated: "element-begun",
    told.TaskCanceled: "task-cancelled",
    told.TaskCreated: "task-opened",
    told.JobCanceled: "job-cancelled",
    told.JobCreated: "job-created",
    told.TimerClosed: "timer-cancelled",
    told.TimerScheduled: "timer-set",
    told.SubscriptionClosed: "subscription-closed",
    told.SubscriptionOpened: "subscription-opened",
    told.IncidentResolved: "incident-closed",
    told.IncidentRaised: "incident-raised",
    told.InstanceTerminated: "instance-ended",
    told.InstanceCompleted: "instance-completed",
    told.InstanceStarted: "instance-started",
    told.ElementMigrated: "element-mapped",
}


def told_plan(root: LockedRoot, process: Process, context: Context) -> list[Line]:
    """The lines of the plan; ``when`` is ``now``, ``then`` or ``kept``."""
    now = process.advance(0)
    then = None if root.suspended else process.advance()
    timers = context.uow.waits.all_timers(root.key)
    names = {timer.element_key: timer.name for timer in timers}
    names |= dict(_names(now)) | dict(_names(then))
    lines = [*_lines(now, "now", names), *_lines(then, "then", names)]
    closed = {
        (event.element_key, event.index)
        for step in (now, then)
        if step is not None
        for event in step.events
        if isinstance(event, told.TimerClosed | told.TimerScheduled)
    }
    lines += _kept_tasks(now, root, context)
    for timer in timers:
        if (timer.element_key, timer.index) not in closed:
            lines.append(
                {
                    "when": "kept",
                    "kind": "timer-kept",
                    "key": timer.element_key,
                    "element_id": timer.name,
                    "due_at": timer.due_at,
                }
            )
    return lines


def _kept_tasks(now: Step, root: LockedRoot, context: Context) -> Iterator[Line]:
    """Open tasks whose element was put onto another definition."""
    moved = {e.key: e.target_id for e in now.events if isinstance(e, told.ElementMigrated)}
    for element_key in context.uow.roots.open_tasks(root.key) if moved else ():
        if element_key in moved:
            yield {
                "when": "kept",
                "kind": "task-kept",
                "key": element_key,
                "element_id": moved[element_key],
            }


def _names(step: Step | None) -> Iterator[tuple[Key, str]]:
    for event in step.events if step is not None else ():
        if isinstance(event, told.ElementTerminated | told.ElementActivated):
            yield event.key, event.element_id


def _lines(step: Step | None, when: str, names: dict[Key, str]) -> Iterator[Line]:
    for event in step.events if step is not None else ():
        kind = _KINDS.get(type(event))
        if kind is None:
            continue
        key = getattr(event, "element_key", None) or getattr(event, "key", None)
        instance = getattr(event, "instance", None)
        if key is None and instance is not None:
            key = instance.key
        line: Line = {"when": when, "kind": kind, "key": key}
        line["element_id"] = getattr(event, "element_id", None) or names.get(key or 0)
        for extra in ("name", "due_at", "error_type", "type", "target_id"):
            value = getattr(event, extra, None)
            if value is not None:
                line[extra] = value
        yield line
