"""Put the tokens of an instance onto another definition; what they wait for is kept.

First everything is checked and all that does not fit is told at once, then the
tokens change their nodes. Every active element needs its place in the plan; an
armed boundary or event sub-process start also keeps its place under its own id.
A timer keeps its due time while its definition reads the same; one that reads
otherwise is counted again from when it was set.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.domain.events import ElementMigrated
from engine.domain.ids import DefinitionRef, InstanceRef
from engine.errors import Conflict
from engine.runtime import migrationrules as rules
from engine.runtime import waits
from engine.runtime.activity import Activity
from engine.runtime.container import Scope
from engine.runtime.definitions import Message, Signal, Timer
from engine.runtime.event import CatchEvent, StartEvent
from engine.runtime.faults import Fault
from engine.runtime.node import Node
from engine.runtime.timer import first_due, from_millis
from engine.runtime.token import ENTER

if TYPE_CHECKING:
    from engine.runtime.compiler import Definition
    from engine.runtime.instance import Instance
    from engine.runtime.token import Token


def migrate(
    instance: Instance,
    process: Token,
    ref: DefinitionRef,
    definition: Definition,
    mapping: Mapping[str, str],
) -> None:
    """Check the plan against what is active, then apply it."""
    tokens = [
        token
        for token in instance.tasks.values()
        if token.process is process and token is not process
    ]
    plan = rules.checked(process, tokens, definition, mapping)
    for token in plan.dropped:
        if token.id in instance.tasks:
            instance.discard(token)
    _change_process(instance, process, ref, definition)
    _rename(process, plan)
    kept = [token for token in tokens if token.id in instance.tasks]
    for token in kept:
        _change(instance, token, plan)
    for token in (process, *kept):
        _arm_new(token)
    instance.settle()


def _change_process(
    instance: Instance, process: Token, ref: DefinitionRef, definition: Definition
) -> None:
    held = process.instance_ref
    process.task_spec = definition.process
    process.ref = InstanceRef(key=held.key, root_key=held.root_key, definition=ref)
    if process.owner is None:
        instance.spec = definition.spec
    else:
        process.internal_data["d"] = [
            ref.key, ref.process_id, ref.version, ref.version_tag, ref.deployment_key
        ]  # fmt: skip


def _change(instance: Instance, token: Token, plan: rules.Plan) -> None:
    before, after = token.task_spec, plan.targets[token.id]
    if token.gathers:
        instance.gathering.pop((token._parent, before.name), None)
        instance.gathering[token._parent, after.name] = token.id
        token.internal_data["in"] = rules.ways(before, after, token.internal_data["in"], plan)
    _rename(token, plan)
    token.task_spec = after
    ref = token.instance_ref
    instance.journal.events.append(
        ElementMigrated(
            key=token.id,
            instance_key=ref.key,
            element_id=before.bpmn_id,
            target_id=after.bpmn_id,
            target_name=after.bpmn_name,
            definition_key=ref.definition.key,
            process_id=ref.definition.process_id,
        )
    )
    if "w" in token.internal_data:
        _keep_waiting(token, before, after)
    loop = getattr(after, "loop", None)
    if loop is not None and token.iteration is None:
        loop.restore(token)


def _rename(token: Token, plan: rules.Plan) -> None:
    if "log" in token.internal_data:
        token.internal_data["log"] = rules.renamed(token.internal_data["log"], plan)
    if "todo" in token.internal_data:
        token.internal_data["todo"] = [plan.becomes(name) for name in token.internal_data["todo"]]


def _keep_waiting(token: Token, before: Node, after: Node) -> None:
    records = token.internal_data["w"]
    pairs = zip(before.definitions, after.definitions, strict=True)
    for index, (old, new) in enumerate(pairs):
        record = records[index]
        if record is None or rules.reads_alike(old, new):
            continue
        if isinstance(new, Timer):
            records[index] = _set_again(token, new, record)
            waits.reopen(token, index)
        elif isinstance(new, Message | Signal):
            waits.void(token, index)
            records[index] = _planned(token, new)
            waits.reopen(token, index)


def _set_again(token: Token, timer: Timer, record: waits.Record) -> waits.Record:
    """Counted from when the old one was set."""
    planned = _planned(token, timer)
    try:
        due = first_due(timer.kind, planned[5], from_millis(record[3]))
    except (ValueError, OverflowError) as error:
        raise Conflict(f"timer of '{timer.name}': {error}", code="migration-refused") from None
    return waits.timer_record(due, planned[5])


def _planned(token: Token, definition: Timer | Message | Signal) -> waits.Record:
    try:
        return definition.plan(token)
    except Fault as fault:
        raise Conflict(fault.sentence, code="migration-refused") from None


def _arm_new(token: Token) -> None:
    """Events of the new definition at a border or in a scope that nothing stands for yet."""
    node = token.task_spec
    if token.armed or token.gathers or token.phase == ENTER:
        return
    wanted: list[CatchEvent] = []
    if isinstance(node, Activity) and token.iteration is None and not node.is_process:
        wanted += [boundary for boundary in node.boundaries if boundary.is_armed]
    if isinstance(node, Scope) and not token.is_body and "over" not in token.internal_data:
        wanted += [esp.start for esp in node.event_subs if esp.start.is_armed]
    there = {
        token.workflow.tasks[key].task_spec.name
        for key in token._children
        if token.workflow.tasks[key].armed
    }
    for event in wanted:
        if event.name not in there:
            records = _plans(token, event)
            waits.open_all(token.workflow.place(event, token, armed=True), records)


def _plans(token: Token, event: CatchEvent | StartEvent) -> list[waits.Record | None]:
    try:
        return waits.plan(token, event.definitions)
    except Fault as fault:
        raise Conflict(fault.sentence, code="migration-refused") from None
