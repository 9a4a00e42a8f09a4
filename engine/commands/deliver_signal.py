"""Internal: one root hears a signal that was broadcast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.commands.context import Context, Result
from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverSignal:
    """Wakes every subscription of this root to the signal that still waits."""

    job_key: Key
    root_key: Key
    name: str
    variables: Mapping[str, object] = field(default_factory=dict)


def deliver_signal(command: DeliverSignal, context: Context) -> Result:
    root = context.uow.roots.lock(command.root_key)
    context.uow.jobs.finish_internal(command.job_key)
    # A signal has no memory: who stands still does not hear it.
    if root.state is None or root.suspended:
        return {"heard": 0}

    tenant = root.visibility.tenant_id
    waits = [
        wait
        for wait in context.uow.waits.signal_receivers(command.name, tenant)
        if wait.root_key == command.root_key
    ]
    process = context.restore(root)
    heard = 0
    for wait in waits:
        # An earlier wake of this very signal may have interrupted the next one.
        if process.is_waiting(wait.element_key):
            process.trigger(wait.element_key, wait.index, command.variables)
            process.settle()
            heard += 1

    context.save(root.key, process)
    return {"heard": heard}
