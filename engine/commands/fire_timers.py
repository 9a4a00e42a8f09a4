"""Internal: fire what is due, of one root or of one timer start event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Context, Result
from engine.commands.gather_start import event_came
from engine.commands.start_instance import StartInstance, start_instance
from engine.domain.ids import Key
from engine.domain.records import StartRecord
from engine.domain.start_sets import Arrival
from engine.ports.runtime import StartInfo

# A definition has few timer start events.
SEVERAL = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class FireTimers:
    """All due timers of one root instance, in the order of their due times."""

    root_key: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class FireStart:
    """A due timer start event: it begins one instance."""

    definition_key: Key
    element_id: str
    expression: str | None = None


def fire_timers(command: FireTimers, context: Context) -> Result:
    root = context.uow.roots.lock(command.root_key)
    if root.state is None or root.suspended:
        return {"fired": False}
    if root.next_due is None or root.next_due > context.uow.now:
        return {"fired": False}
    process = context.restore(root)
    context.save(root.key, process)
    return {"fired": True}


def fire_start(command: FireStart, context: Context) -> Result:
    due = context.uow.waits.due_starts(context.uow.now, SEVERAL, command.definition_key)
    wanted = (command.element_id, command.expression)
    start = next((each for each in due if (each.element_id, each.expression) == wanted), None)
    if start is None:
        return {"fired": False}
    context.uow.waits.reschedule_start(start, _next_due(start, context))
    if start.needs:
        event_came(start, Arrival(kind="timer", name=start.expression or ""), context)
    else:
        start_instance(
            StartInstance(definition_key=start.definition.key, start_event=start.element_id),
            context,
        )
    return {"fired": True}


def _next_due(start: StartRecord, context: Context) -> datetime | None:
    info = StartInfo(
        element_id=start.element_id,
        kind="timer",
        timer_kind=start.timer_kind,  # type: ignore[arg-type]  # a column of these three words
        expression=start.expression,
    )
    # Catch-up is bounded: after a stop a cycle fires once, then as it was planned.
    now = max(start.due_at or context.uow.now, context.uow.now)
    return context.runtime.next_start(info, start.deployed_at or now, now)
