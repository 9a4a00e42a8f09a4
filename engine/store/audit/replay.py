"""The rows a chain of events leads to: the same appliers, on an empty buffer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.domain.events import (
    DecisionEvaluated,
    Event,
    InstanceCompleted,
    InstanceHeld,
    InstanceMigrated,
    InstanceReleased,
    InstanceResumed,
    InstanceStarted,
    InstanceSuspended,
    InstanceTerminated,
    RootRehomed,
    VariablesChanged,
)
from engine.domain.ids import DefinitionRef, InstanceRef
from engine.store import chain
from engine.store.appliers import Projection, apply
from engine.store.chain import Digest
from engine.store.mapping import visibility
from engine.store.rows import Rows
from engine.store.sqltypes import from_ms
from engine.store.tables import variable

_ENDS = (InstanceCompleted, InstanceTerminated)
UNKNOWN = DefinitionRef(key=0, process_id="", version=0)


@dataclass(slots=True)
class Replayed:
    """Expected rows, and the digests that prove what no event holds."""

    rows: Rows = field(default_factory=Rows)
    snapshot: str | None = None
    has_snapshot: bool = False
    visibility: list[Any] | None = None
    definition: int | None = None
    suspended_at: int | None = None
    held_at: int | None = None
    accounts: dict[int, str] = field(default_factory=dict)
    evaluations: dict[int, str] = field(default_factory=dict)
    files: dict[int, Mapping[str, str]] = field(default_factory=dict)


def replay(
    root: Any, events: Sequence[Any], definition: Callable[[int], DefinitionRef | None]
) -> Replayed:
    """Apply the chain from its beginning; ``KeyError`` for an event of another release."""
    done = Replayed()
    instances: dict[int, InstanceRef] = {}

    def instance(key: int, held: Mapping[str, Any]) -> InstanceRef:
        if "definition" in held:
            ref = definition(held["definition"]) or UNKNOWN
            instances[key] = InstanceRef(key=key, root_key=root.key, definition=ref)
        return instances.get(key) or InstanceRef(key=key, root_key=root.key, definition=UNKNOWN)

    for row in events:
        event, held = chain.decode(row.type, row.payload, instance)
        to = Projection(done.rows, root.key, visibility(root._mapping), from_ms(row.at))
        _put_variables(event, held, to)
        if not isinstance(event, DecisionEvaluated):
            apply(event, to)
        if isinstance(event, InstanceMigrated):
            ref = definition(event.definition_key) or UNKNOWN
            instances[event.instance_key] = InstanceRef(
                key=event.instance_key, root_key=root.key, definition=ref
            )
            if event.instance_key == root.key:
                done.definition = event.definition_key
        _note(done, root, event, held)
        _note_standing(done, root.key, event, row.at)
    return done


def _note_standing(done: Replayed, root_key: int, event: Event, at: int) -> None:
    if isinstance(event, InstanceHeld | InstanceReleased):
        done.held_at = at if isinstance(event, InstanceHeld) else None
    if isinstance(event, InstanceSuspended):
        done.suspended_at = at
    ended = isinstance(event, _ENDS) and event.instance.key == root_key
    if ended or isinstance(event, InstanceResumed):
        done.suspended_at = None


def _put_variables(event: Event, held: Mapping[str, Any], to: Projection) -> None:
    if not isinstance(event, VariablesChanged):
        return
    for name, mark in held.get("digests", {}).items():
        to.rows.put(
            variable,
            scope_key=event.scope_key,
            name=name,
            root_key=to.root_key,
            value=Digest(mark),
            live=True,
            updated_at=to.at,
            **to.seen_by(),
        )


def _note(done: Replayed, root: Any, event: Event, held: Mapping[str, Any]) -> None:
    if "snapshot" in held:
        done.snapshot, done.has_snapshot = held["snapshot"], True
    if isinstance(event, InstanceStarted) and event.instance.key == root.key:
        done.visibility, done.definition = held.get("visibility"), held.get("definition")
    if isinstance(event, RootRehomed) and done.visibility and event.unit_from in done.visibility:
        done.visibility = [done.visibility[0], event.unit_to, *done.visibility[2:]]
    if isinstance(event, DecisionEvaluated):
        done.evaluations[event.key] = held.get("decisions_digest", "")
    if "row" in held:
        done.accounts[held["account_key"]] = held["row"]
    if "files" in held:
        done.files[held["key"]] = held["files"]
