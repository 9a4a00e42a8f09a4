"""Internal: hand a kept message to its next receiver, once per process definition."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import Context, Result
from engine.commands.gather_start import message_came
from engine.domain.ids import Key
from engine.domain.records import MessageRecord, WaitRecord
from engine.domain.start_sets import Arrival


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverMessage:
    """One receiver per transaction; the job is repeated until nobody is left."""

    job_key: Key
    message_key: Key


def deliver_message(command: DeliverMessage, context: Context) -> Result:
    found = context.uow.waits.message(command.message_key)
    if found is None:
        context.uow.jobs.finish_internal(command.job_key)
        return {"delivered": False}
    message, taken = found
    receivers = context.uow.waits.message_receivers(
        message.name, message.correlation_key, message.tenant_id, 10
    )
    for wait in receivers:
        if wait.process_id not in taken:
            delivered = _wake(message, wait, context)
            return {"delivered": delivered}
    for start in context.uow.waits.message_starts(message.name, message.tenant_id):
        if start.definition.process_id not in taken:
            arrival = Arrival(
                kind="message",
                name=message.name,
                correlation_key=message.correlation_key,
                variables=message.variables,
            )
            if message_came(start, arrival, context) is not None:
                context.uow.waits.take_message(message.key, start.definition.process_id)
                return {"delivered": True}
    context.uow.jobs.finish_internal(command.job_key)
    return {"delivered": False}


def _wake(message: MessageRecord, wait: WaitRecord, context: Context) -> bool:
    root = context.uow.roots.lock(wait.root_key)
    if root.suspended or not context.uow.waits.is_open(wait.element_key, wait.index):
        return False
    process = context.restore(root)
    process.trigger(wait.element_key, wait.index, message.variables)
    context.uow.waits.take_message(message.key, wait.process_id)
    context.save(root.key, process)
    return True
