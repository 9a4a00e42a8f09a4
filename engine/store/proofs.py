"""Digests that tie what stands beside an event to the chain.

A variable's value, the snapshot of the tokens, who may see an instance, an
account's rights and the files of a deployment are rows of their own; the event
written with them carries their digest, so an edit in SQL shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select

from engine.domain.events import (
    AccountChanged,
    AccountCreated,
    Event,
    InstanceStarted,
    ResourcesDeployed,
    VariablesChanged,
)
from engine.domain.ids import Key
from engine.domain.records import Visibility
from engine.ports.runtime import Step
from engine.store import chain, codec
from engine.store.tables import account, deployment_resource
from engine.store.transaction import Transaction

Proofs = dict[int, dict[str, object]]

_AT_ONCE = 500
_FILES = select(deployment_resource.c.name, deployment_resource.c.sha256).where(
    deployment_resource.c.deployment_key == bindparam("k")
)


def carriers(step: Step, *, changed: bool) -> list[Event]:
    """The step's events, and one more where a change would have none to be proved by."""
    events = list(step.events)
    named = {(e.scope_key, n) for e in events if isinstance(e, VariablesChanged) for n in e.names}
    unnamed = [c for c in step.variables if (c.scope_key, c.name) not in named]
    # Before the rest: a scope may close later in the same step.
    place = 1 if events and isinstance(events[0], InstanceStarted) else 0
    events[place:place] = [
        VariablesChanged(scope_key=change.scope_key, names=(change.name,)) for change in unnamed
    ]
    if changed and not events:
        events.append(VariablesChanged(scope_key=0, names=()))
    return events


def of_step(step: Step, events: Sequence[Event], salt: bytes, seen_by: Visibility) -> Proofs:
    """Per position: values of variables, definition and visibility, and the snapshot."""
    found = _of_variables(step, events, salt)
    for position, event in enumerate(events):
        if isinstance(event, InstanceStarted):
            proof = found.setdefault(position, {})
            proof["definition"] = event.instance.definition.key
            proof["visibility"] = of_visibility(seen_by)
    if events:
        snapshot = None if step.finished else chain.digest(salt, step.snapshot)
        found.setdefault(len(events) - 1, {})["snapshot"] = snapshot
    return found


def of_loose(tx: Transaction, events: Sequence[Event], salt: bytes) -> Proofs:
    """Accounts and deployments as they stand at the end of the transaction."""
    found: Proofs = {}
    rows = _accounts(tx, events)
    for position, event in enumerate(events):
        if isinstance(event, AccountCreated | AccountChanged):
            row = rows.get(event.account_key)
            if row is not None:
                found[position] = {"row": of_account(row, salt)}
        elif isinstance(event, ResourcesDeployed):
            files = {row.name: row.sha256 for row in tx.read(_FILES, {"k": event.key})}
            found[position] = {"files": files}
    return found


def _accounts(tx: Transaction, events: Sequence[Event]) -> dict[Key, dict[str, Any]]:
    keys = [e.account_key for e in events if isinstance(e, AccountCreated | AccountChanged)]
    found: dict[Key, dict[str, Any]] = {}
    for begin in range(0, len(keys), _AT_ONCE):
        wanted = select(account).where(account.c.key.in_(keys[begin : begin + _AT_ONCE]))
        found |= {row.key: row._asdict() for row in tx.read(wanted)}
    return found


def of_visibility(seen_by: Visibility) -> list[object]:
    """The four columns in their order."""
    return [seen_by.tenant_id, seen_by.unit_id, seen_by.procedure_code, seen_by.sealed]


def of_account(row: Mapping[str, Any], salt: bytes) -> str:
    """All that decides what the account may do."""
    # Names arrive as a subclass of str, which JSON keys may not be; lists as their text.
    held = {str(name): value for name, value in row.items() if name != "created_at"}
    # Accounts older than the column have no skills in their proof.
    if held.get("skills") is None:
        held.pop("skills", None)
    listed = (name for name in ("roles", "groups", "skills") if name in held)
    held |= {name: _text(held[name]) for name in listed}
    return chain.digest(salt, codec.dumps(held))


def _text(value: object) -> str:
    return value if isinstance(value, str) else codec.dumps(value)


def _of_variables(step: Step, events: Sequence[Event], salt: bytes) -> Proofs:
    values = {(change.scope_key, change.name): change.value for change in step.variables}
    found: Proofs = {}
    done: set[tuple[Key, str]] = set()
    for position in range(len(events) - 1, -1, -1):
        event = events[position]
        if not isinstance(event, VariablesChanged):
            continue
        # At the last event that names it, the value is the one that was written.
        places = {(event.scope_key, name) for name in event.names} & values.keys() - done
        if places:
            done |= places
            marks = {name: chain.digest(salt, values[scope, name]) for scope, name in places}
            found[position] = {"digests": marks}
    return found
