"""What comes for a parallel multiple start event: gathered until its one instance may begin.

The instance's key is reserved with the first arrival, so a sender can be told
which instance its message went to before the instance exists.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.commands.context import Context
from engine.commands.start_instance import StartInstance, start_instance
from engine.domain.ids import InstanceRef, Key
from engine.domain.records import StartRecord
from engine.domain.start_sets import Arrival
from engine.ports.arrivals import StartSet
from engine.ports.runtime import StartRequest


def message_came(start: StartRecord, arrival: Arrival, context: Context) -> Key | None:
    """Begin an instance, or keep the message for one; its key, None when nobody misses it."""
    if not start.needs:
        return _start(start, arrival.variables, None, context)
    joined = context.uow.arrivals.add(start, arrival)
    for found in joined:
        if _closed(start, found, context):
            return _start(start, found.variables, found.instance_key, context)
    return joined[0].instance_key if joined else None


def event_came(start: StartRecord, arrival: Arrival, context: Context) -> None:
    """A signal or timer: every instance that can begin is begun by a job of its own."""
    for found in context.uow.arrivals.add(start, arrival):
        if _closed(start, found, context):
            payload = {
                "definition_key": start.definition.key,
                "start_event": start.element_id,
                "variables": found.variables,
                "tenant_id": start.tenant_id,
                "key": found.instance_key,
            }
            context.uow.jobs.add_internal("start-instance", payload)


def _start(
    start: StartRecord, variables: Mapping[str, object], key: Key | None, context: Context
) -> Key:
    command = StartInstance(
        definition_key=start.definition.key,
        start_event=start.element_id,
        variables=variables,
        tenant_id=start.tenant_id,
        key=key,
    )
    return int(str(start_instance(command, context)["key"]))


def _closed(start: StartRecord, found: StartSet, context: Context) -> bool:
    """Close the set when its instance may begin; kept messages look for the next set."""
    if not found.complete or not _may_begin(start, found, context):
        return False
    for key in context.uow.arrivals.close(start, found.correlation_key):
        context.uow.jobs.add_internal("deliver-message", {"message_key": key})
    return True


def _may_begin(start: StartRecord, found: StartSet, context: Context) -> bool:
    key = found.instance_key
    request = StartRequest(
        instance=InstanceRef(key=key, root_key=key, definition=start.definition),
        variables=found.variables,
        start_event=start.element_id,
    )
    return context.runtime.may_start(request, context.environment())
