"""Remove ended roots with all their rows, or only what persons gave (design 14.3).

A removed root leaves a tombstone with its chain's head, so that the seals over
it can still be checked. Roots are removed after they were sealed, never while
somebody holds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, and_, delete, exists, insert, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.domain.ids import Key
from engine.ports.retention import EndedRoot
from engine.store.ledger import Ledger
from engine.store.tables import (
    component,
    decision_instance,
    document,
    dossier,
    dossier_secret,
    dossier_step,
    electronic_copy,
    erasure,
    incident,
    intervention,
    issued_number,
    job,
    metadata,
    person,
    process_instance,
    register_item,
    removed_root,
    retention,
    root,
    seal_leaf,
    subscription,
    task_candidate,
    user_task,
    variable,
)
from engine.store.transaction import Transaction

# What outlives its root.
_STAYS = frozenset({root, seal_leaf, removed_root, erasure})
# Entries of registers and numbers of papers are asked for long after.
_BOOKS = (register_item, issued_number)
# Columns that hold what somebody wrote or gave, and what they become.
_PRIVATE: tuple[tuple[Table, dict[str, Any]], ...] = (
    (incident, {"message": ""}),
    (job, {"error_message": None, "payload": None}),
    (subscription, {"correlation_key": None}),
    (intervention, {"reason": None}),
    (dossier_step, {"reason": None}),
    (component, {"reason": None, "note": None}),
    (document, {"name": None, "properties": {}, "reason": None}),
    (electronic_copy, {"manifest": "", "reason": None}),
    (register_item, {"holder": "", "number": "", "reason": None}),
)
_BLANK: dict[str, Any] = {
    "name": "",
    "folded_name": "",
    **dict.fromkeys(("id_kind", "id_number", "birth_date", "phone", "email", "address")),
    "erased": True,
}


class SqlRetention:
    """``engine.ports.retention.Retention`` in SQL."""

    def __init__(self, tx: Transaction, ledger: Ledger) -> None:
        self._tx = tx
        self._ledger = ledger

    def set_rule(self, subject: str, days: int | None) -> None:
        """One rule per subject."""
        own = {"tenant_id": self._tx.actor.tenant_id, "subject": subject}
        if days is None:
            self._tx.write(delete(retention).where(*_equal(retention, own)))
            return
        changed = {
            "days": days, "changed_by": self._tx.actor.name, "changed_at": self._tx.now
        }  # fmt: skip
        make = sqlite.insert if self._tx.is_sqlite else postgresql.insert
        statement = make(retention).values(own | changed)
        same = [retention.c.tenant_id, retention.c.subject]
        self._tx.write(statement.on_conflict_do_update(index_elements=same, set_=changed))

    def schedule(self, default_days: int | None, limit: int) -> int:
        """Removal times for roots that have none."""
        subject = or_(
            and_(
                root.c.procedure_code.is_not(None),
                retention.c.subject == "procedure:" + root.c.procedure_code,
            ),
            and_(
                root.c.procedure_code.is_(None),
                retention.c.subject == "process:" + process_instance.c.process_id,
            ),
        )
        joined = root.join(process_instance, process_instance.c.key == root.c.key).outerjoin(
            retention, and_(retention.c.tenant_id == root.c.tenant_id, subject)
        )
        ruled: Any = retention.c.days.is_not(None)
        if default_days is not None:
            ruled = or_(ruled, root.c.procedure_code.is_(None))
        found = self._tx.read(
            select(root.c.key, root.c.ended_at, retention.c.days)
            .select_from(joined)
            .where(root.c.ended_at.is_not(None), root.c.removal_at.is_(None), ruled)
            .limit(limit)
        ).all()
        for one in found:
            days = one.days if one.days is not None else default_days
            at = one.ended_at + timedelta(days=days or 0)
            self._tx.write(update(root).where(root.c.key == one.key).values(removal_at=at))
        return len(found)

    def hold(self, root_key: Key, at: datetime | None) -> None:
        """Held from ``at`` on."""
        self._held(root_key).change("held_at", at)

    def is_held(self, root_key: Key) -> bool:
        """Is it held?"""
        return self._held(root_key).row["held_at"] is not None

    def due(self, limit: int) -> Sequence[EndedRoot]:
        """The oldest first, skipping rows others work on."""
        found = self._tx.read(
            select(root.c.key, root.c.seq, root.c.head)
            .where(
                root.c.removal_at <= self._tx.now,
                root.c.held_at.is_(None),
                root.c.snapshot.is_(None),
                root.c.sealed_seq == root.c.seq,
                # What the feed and its receivers have not seen yet stays.
                root.c.published_seq == root.c.seq,
                *(
                    ~exists(select(book.c.root_key).where(book.c.root_key == root.c.key))
                    for book in _BOOKS
                ),
            )
            .order_by(root.c.removal_at, root.c.key)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [EndedRoot(key=one.key, seq=one.seq, head=one.head.hex()) for one in found]

    def remove(self, roots: Sequence[EndedRoot]) -> None:
        """All rows of all tables that name the roots, children first."""
        keys = [one.key for one in roots]
        self._tx.flush()
        tombstones = insert(removed_root).from_select(
            [column.name for column in removed_root.columns],
            select(
                root.c.key,
                root.c.seq,
                root.c.head,
                root.c.ended_at,
                _literal(self._tx.now),
                root.c.tenant_id,
                root.c.unit_id,
            ).where(root.c.key.in_(keys)),
        )
        self._tx.write(tombstones)
        persons = self._persons(keys)
        tasks = select(user_task.c.key).where(user_task.c.root_key.in_(keys))
        self._tx.write(delete(task_candidate).where(task_candidate.c.task_key.in_(tasks)))
        self._tx.write(delete(dossier_secret).where(dossier_secret.c.dossier_key.in_(keys)))
        for table in reversed(metadata.sorted_tables):
            if "root_key" in table.c and table not in _STAYS:
                self._tx.write(delete(table).where(table.c.root_key.in_(keys)))
        self._tx.write(delete(person).where(person.c.key.in_(persons), _nobodys()))
        self._tx.write(delete(root).where(root.c.key.in_(keys)))

    def documents(self, root_key: Key) -> Sequence[Key]:
        """Not deleted yet."""
        own = select(document.c.key).where(
            document.c.root_key == root_key, document.c.state != "DELETED"
        )
        return self._tx.read(own.order_by(document.c.key)).scalars().all()

    def is_erased(self, root_key: Key) -> bool:
        """Without its salt nothing private of it can be checked."""
        return self._held(root_key).row["salt"] is None

    def erase(self, root_key: Key) -> None:
        """Values, words, persons nobody else's dossier names, and the salt."""
        held = self._held(root_key)
        self._ledger.write()
        for table in (variable, decision_instance):
            self._tx.write(delete(table).where(table.c.root_key == root_key))
        self._tx.write(delete(dossier_secret).where(dossier_secret.c.dossier_key == root_key))
        for table, blank in _PRIVATE:
            self._tx.write(update(table).where(table.c.root_key == root_key).values(blank))
        persons, others = self._persons([root_key]), dossier.c.root_key != root_key
        self._tx.write(
            update(person).where(person.c.key.in_(persons), _nobodys(others)).values(_BLANK)
        )
        row = {
            "root_key": root_key,
            "tenant_id": held.row["tenant_id"],
            "by": self._tx.actor.name,
            "at": self._tx.now,
        }
        make = sqlite.insert if self._tx.is_sqlite else postgresql.insert
        self._tx.write(make(erasure).values(row).on_conflict_do_nothing())
        held.change("salt", None)

    def _persons(self, roots: Sequence[Key]) -> list[Key]:
        rows = self._tx.read(
            select(dossier.c.applicant_key, dossier.c.agent_key).where(
                dossier.c.root_key.in_(roots)
            )
        ).all()
        return sorted({key for row in rows for key in row if key is not None})

    def _held(self, root_key: Key) -> Any:
        held = self._ledger.find(root_key)
        if held is None:
            raise RuntimeError(f"root {root_key} is not locked by this unit of work")
        return held


def _nobodys(*which: Any) -> Any:
    named = or_(dossier.c.applicant_key == person.c.key, dossier.c.agent_key == person.c.key)
    return ~exists(select(dossier.c.key).where(named, *which))


def _equal(table: Table, values: dict[str, Any]) -> list[Any]:
    return [table.c[name] == value for name, value in values.items()]


def _literal(at: datetime) -> Any:
    return literal(at, root.c.ended_at.type)
