"""Rows against what their chain says: missing, unaccounted for, or changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Table

from engine.store import chain
from engine.store.audit.evaluations import changed_evaluations
from engine.store.audit.findings import Trouble, row
from engine.store.audit.raw import as_bytes, stored
from engine.store.audit.replay import Replayed
from engine.store.chain import Digest
from engine.store.rows import Row, identity
from engine.store.tables import (
    component,
    decision_instance,
    document,
    document_access,
    dossier,
    dossier_step,
    duty,
    electronic_copy,
    element_instance,
    incident,
    intervention,
    job,
    process_instance,
    receipt,
    register_item,
    subscription,
    task_candidate,
    timer,
    user_task,
    variable,
)

# Columns that no event decides: leases, counters, and a variable's own key.
FREE: Mapping[Table, frozenset[str]] = {
    process_instance: frozenset(),
    element_instance: frozenset(),
    user_task: frozenset({"revision"}),
    task_candidate: frozenset(),
    job: frozenset({"worker", "lease_until", "fence", "lost", "payload"}),
    timer: frozenset(),
    subscription: frozenset(),
    incident: frozenset(),
    intervention: frozenset(),
    dossier: frozenset({"revision"}),
    dossier_step: frozenset(),
    duty: frozenset(),
    receipt: frozenset(),
    document: frozenset({"revision"}),
    component: frozenset({"revision"}),
    document_access: frozenset(),
    register_item: frozenset({"revision"}),
    electronic_copy: frozenset({"revision"}),
    variable: frozenset({"key", "instance_key", "revision"}),
}


def differences(
    root: Any, replayed: Replayed, rows: Mapping[Table, Sequence[Row]]
) -> Iterator[Trouble]:
    """All tables of one root."""
    salt = None if root.salt is None else as_bytes(root.salt)
    yield from _of_root(root, replayed, salt)
    yield from changed_evaluations(replayed.evaluations, rows.get(decision_instance, ()), salt)
    for table in FREE:
        expected = replayed.rows.of(table).full
        found = {identity(table, held): held for held in rows.get(table, ())}
        # Without the salt the values were erased on purpose.
        erased = salt is None and table is variable
        for key in () if erased else expected.keys() - found.keys():
            yield Trouble(place=_place(table, key), sentence="is missing: it was deleted")
        for key in found.keys() - expected.keys():
            yield Trouble(place=_place(table, key), sentence="was added: no event tells of it")
        for key in expected.keys() & found.keys():
            changed = _changed(table, stored(table, expected[key]), found[key], salt)
            if changed:
                yield Trouble(
                    place=_place(table, key), sentence=f"was changed in {', '.join(changed)}"
                )


def _of_root(root: Any, replayed: Replayed, salt: bytes | None) -> Iterator[Trouble]:
    place = row("root", key=root.key)
    if root.kind != "process":
        return
    own = [root.tenant_id, root.unit_id, root.procedure_code, root.sealed]
    if replayed.visibility is not None and replayed.visibility != own:
        yield Trouble(
            place=place, sentence="was changed in tenant_id, unit_id, procedure_code or sealed"
        )
    if replayed.definition is not None and replayed.definition != root.definition_key:
        yield Trouble(place=place, sentence="was changed in definition_key")
    if replayed.held_at != root.held_at:
        yield Trouble(place=place, sentence="was changed in held_at")
    if replayed.suspended_at != root.suspended_at:
        yield Trouble(place=place, sentence="was changed in suspended_at")
    if salt is not None and replayed.has_snapshot:
        mark = None if root.snapshot is None else chain.digest(salt, as_bytes(root.snapshot))
        if mark != replayed.snapshot:
            yield Trouble(place=place, sentence="was changed in snapshot")


def _changed(table: Table, expected: Row, found: Row, salt: bytes | None) -> list[str]:
    return sorted(
        name
        for name, value in expected.items()
        if name not in FREE[table] and not _same(value, found[name], salt)
    )


def _same(expected: Any, found: Any, salt: bytes | None) -> bool:
    if isinstance(expected, Digest):
        # Without the salt the value was erased on purpose and cannot be checked.
        return salt is None or (
            isinstance(found, str) and chain.digest(salt, found) == expected.hex
        )
    return bool(expected == found)


def _place(table: Table, key: tuple[Any, ...]) -> str:
    names = (column.name for column in table.primary_key)
    return row(table.name, **dict(zip(names, key, strict=True)))
