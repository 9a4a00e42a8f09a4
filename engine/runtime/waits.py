"""What a token waits for, kept per event definition on the token itself.

A record is a short list: ``t`` timer (due, firings left, anchor, fired, text, and what a
legal date was made from),
``m`` message (name, correlation key), ``s`` signal (name), ``c`` condition
(was it true); None where there is nothing to wait for or it has come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine.domain.events import (
    SubscriptionClosed,
    SubscriptionOpened,
    TimerClosed,
    TimerScheduled,
)
from engine.runtime import legaldates
from engine.runtime.faults import Fault
from engine.runtime.timer import Due, from_millis, millis, next_due

if TYPE_CHECKING:
    from engine.runtime.instance import Instance
    from engine.runtime.token import Token

Record = list[Any]
_KINDS = {"m": "message", "s": "signal"}


def plan(token: Token, definitions: Sequence[Any]) -> list[Record | None]:
    """Everything that can fail: due times, correlation keys, names."""
    return [definition.plan(token) for definition in definitions]


def open_all(token: Token, records: list[Record | None]) -> None:
    """Begin to wait."""
    token.internal_data["w"] = records
    register(token)
    for index, record in enumerate(records):
        if record is not None:
            _opened(token, index, record)


def register(token: Token) -> None:
    """Make a waiting token known to its instance (also after a restore)."""
    instance = token.workflow
    instance.event_manager.add_task(token)
    if any(record is not None and record[0] == "c" for record in token.internal_data["w"]):
        instance.conditionals[token.id] = None
        instance.recheck = True


def close_all(token: Token) -> None:
    """Stop to wait for whatever is still open."""
    records = token.internal_data.pop("w", None)
    if records is None:
        return
    token.workflow.event_manager.remove_task(token)
    token.workflow.conditionals.pop(token.id, None)
    for index, record in enumerate(records):
        if record is not None:
            _closed(token, index, record, came=False)


def came(token: Token, index: int) -> None:
    """The one at ``index`` has come and is not waited for any more."""
    records = token.internal_data["w"]
    _closed(token, index, records[index], came=True)
    records[index] = None


def reopen(token: Token, index: int) -> None:
    """The record at ``index`` was changed: say what is waited for now."""
    _opened(token, index, token.internal_data["w"][index])


def void(token: Token, index: int) -> None:
    """What was waited for at ``index`` is not waited for any more."""
    _closed(token, index, token.internal_data["w"][index], came=False)


def again(token: Token, index: int) -> bool:
    """A non-interrupting wait has come: does the token go on waiting for more?"""
    records = token.internal_data["w"]
    record = records[index]
    if record is not None and record[0] == "t":
        due = next_due(
            record[5],
            Due(from_millis(record[1]), record[2], from_millis(record[3]), record[4]),
            token.workflow.env.now,
        )
        if due is None:
            came(token, index)
        else:
            records[index] = timer_record(due, record[5])
            _opened(token, index, records[index])
    return any(entry is not None for entry in records)


def is_open(token: Token, index: int) -> bool:
    """Does the token wait for the definition at ``index``?"""
    records = token.internal_data.get("w")
    return records is not None and 0 <= index < len(records) and records[index] is not None


def gather(token: Token, index: int, payload: Mapping[str, object]) -> bool:
    """Parallel multiple: keep what came; True when it was the last."""
    came(token, index)
    view = token.data
    for name, value in payload.items():
        view.declare(name, value)
    return all(record is None for record in token.internal_data["w"])


def timer_record(due: Due, text: str) -> Record:
    """The record of a planned firing."""
    return ["t", millis(due.at), due.left, millis(due.anchor), due.fired, text]


def waiting_for(instance: Instance, tag: str, name: str) -> list[tuple[Token, int]]:
    """Tokens of the root that wait for a message (``m``) or signal (``s``) of this name."""
    return [
        (token, index)
        for token in list(instance.event_manager.tasks.values())
        for index, record in enumerate(token.internal_data["w"])
        if record is not None and record[0] == tag and record[1] == name
    ]


def due_timers(instance: Instance) -> list[tuple[int, int]]:
    """(element key, index) of all timers due at the step's time, earliest first."""
    now = millis(instance.env.now)
    found = [
        (record[1], token.id, index)
        for token in instance.event_manager.tasks.values()
        for index, record in enumerate(token.internal_data["w"])
        if record is not None and record[0] == "t" and record[1] <= now
    ]
    return [(key, index) for _, key, index in sorted(found)]


def check_conditions(instance: Instance) -> None:
    """Fire conditional events that have become true since they were looked at last."""
    for key in list(instance.conditionals):
        token = instance.tasks.get(key)
        records = [] if token is None else token.internal_data.get("w", [])
        for index, record in enumerate(records):
            if token is None or record is None or record[0] != "c":
                continue
            try:
                holds = token.task_spec.definitions[index].holds(token)
            except Fault:
                holds = False
            rises = holds and not record[1]
            record[1] = holds
            if rises:
                token.task_spec.triggered(token, index, {})
                break


def _opened(token: Token, index: int, record: Record) -> None:
    node = token.task_spec
    if record[0] == "t":
        event: Any = TimerScheduled(
            instance=token.instance_ref,
            element_key=token.id,
            index=index,
            element_id=node.bpmn_id,
            due_at=from_millis(record[1]),
            repetitions=record[2],
        )
    elif record[0] in _KINDS:
        event = SubscriptionOpened(
            key=token.workflow.env.next_key(),
            instance=token.instance_ref,
            element_key=token.id,
            index=index,
            element_id=node.bpmn_id,
            kind=_KINDS[record[0]],
            name=record[1],
            correlation_key=record[2] if record[0] == "m" else None,
        )
    else:
        return
    token.workflow.journal.events.append(event)
    if record[0] == "t" and len(record) > 6:
        token.workflow.journal.events.append(legaldates.restored(token, index, record[6]))


def _closed(token: Token, index: int, record: Record, *, came: bool) -> None:
    events = token.workflow.journal.events
    if record[0] == "t":
        events.append(TimerClosed(element_key=token.id, index=index, fired=came))
    elif record[0] in _KINDS:
        events.append(SubscriptionClosed(element_key=token.id, index=index, triggered=came))
