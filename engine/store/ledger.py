"""Roots a transaction holds, and the chains of events that grow on them.

``record`` applies an event to the projections and links it into its root's
chain in one call, so the two cannot disagree. Everything reaches the database
at ``write``: roots, rows, heads, events.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.domain.events import Event, InstanceStarted, RootRehomed
from engine.domain.ids import Key
from engine.domain.records import Visibility
from engine.store import chain, proofs
from engine.store.appliers import Projection, apply
from engine.store.faults import LostRace
from engine.store.flush import lone
from engine.store.rows import Row
from engine.store.sqltypes import to_ms
from engine.store.tables import event as event_table
from engine.store.tables import root as root_table
from engine.store.transaction import Transaction

_HEAD = (
    update(root_table)
    .where(root_table.c.key == bindparam("k"), root_table.c.revision == bindparam("was"))
    .values(seq=bindparam("v_seq"), head=bindparam("v_head"), revision=bindparam("v_revision"))
)
_HEAD_AND_SNAPSHOT = _HEAD.values(
    snapshot=bindparam("v_snapshot"), definition_key=bindparam("v_definition_key")
)
_BY_NAME = select(root_table).where(root_table.c.name == bindparam("n")).with_for_update()


@dataclass(slots=True)
class Root:
    """A root row in memory: loaded under its lock, or new."""

    row: Row
    fresh: bool = False
    live_scopes: set[Key] | None = None
    variable_keys: dict[tuple[Key, str], Key] = field(default_factory=dict)
    next_timer: datetime | None = None
    stored_revision: int = 0
    stored_seq: int = 0
    snapshot_changed: bool = False
    changed: set[str] = field(default_factory=set)
    events: list[Row] = field(default_factory=list)

    @classmethod
    def loaded(cls, row: Row) -> Root:
        """The row as its lock found it."""
        return cls(row, stored_revision=row["revision"], stored_seq=row["seq"])

    def change(self, name: str, value: object) -> None:
        """Write one more column with the head."""
        self.row[name] = value
        self.changed.add(name)

    @property
    def key(self) -> Key:
        """The root's key."""
        return int(self.row["key"])

    @property
    def visibility(self) -> Visibility:
        """What every row of this root copies."""
        return Visibility(
            tenant_id=self.row["tenant_id"],
            unit_id=self.row["unit_id"],
            procedure_code=self.row["procedure_code"],
            sealed=self.row["sealed"],
        )


class Ledger:
    """The roots of one transaction and what was recorded on them."""

    def __init__(self, tx: Transaction, zone: ZoneInfo) -> None:
        self._tx = tx
        self._zone = zone
        self._roots: dict[Key, Root] = {}
        self._loose: list[Event] = []
        tx.before_rows = self._insert_roots

    def find(self, key: Key) -> Root | None:
        """The root if this transaction holds it."""
        return self._roots.get(key)

    def hold(self, root: Root) -> Root:
        """Keep a root that was just locked; one held already stays as it is."""
        return self._roots.setdefault(root.key, root)

    def create(
        self, key: Key, visibility: Visibility, kind: str = "process", name: str | None = None
    ) -> Root:
        """A root with an empty chain; its row is written with the first flush."""
        root = Root(new_row(key, kind, name, visibility, self._tx.now), fresh=True)
        root.live_scopes = set()
        self._roots[key] = root
        return root

    def record(
        self,
        root_key: Key | None,
        events: Sequence[Event],
        with_proofs: Mapping[int, Mapping[str, object]] | None = None,
    ) -> None:
        """Apply and link each event; proofs go with the events of these positions."""
        self._tx.require_writing()
        if root_key is None:
            self._loose.extend(events)
            return
        root = self._roots.get(root_key)
        if root is None:
            raise RuntimeError(f"root {root_key} is not locked by this unit of work")
        to = Projection(
            self._tx.rows, root_key, root.visibility, self._tx.now, live_scopes=root.live_scopes
        )
        for position, event in enumerate(events):
            if isinstance(event, InstanceStarted) and event.instance.key == root_key:
                root.row["definition_key"] = event.instance.definition.key
            if isinstance(event, RootRehomed) and root.row["unit_id"] == event.unit_from:
                root.change("unit_id", event.unit_to)
            apply(event, to)
            self._link(root, event, (with_proofs or {}).get(position))

    def write(self) -> None:
        """Send all: rows, the heads of the roots, and the events."""
        self._record_loose()
        self._tx.flush()
        events: list[Row] = []
        for root in self._roots.values():
            if root.stored_seq != root.row["seq"] or root.snapshot_changed or root.changed:
                self._write_head(root)
            events += root.events
            root.events = []
        if events:
            self._tx.write(insert(event_table), lone(events))

    def _link(self, root: Root, event: Event, proof: Mapping[str, object] | None) -> None:
        row, actor, now = root.row, self._tx.actor, self._tx.now
        payload = chain.encode(event, row["salt"], proof)
        seq, prev = row["seq"] + 1, row["head"]
        hash = chain.link(
            row["key"], seq, event.wire, actor.name, to_ms(now), actor.unit_id, payload, prev
        )
        row["seq"], row["head"] = seq, hash
        root.events.append(
            {
                "root_key": row["key"],
                "seq": seq,
                "type": event.wire,
                "actor": actor.name,
                "at": now,
                "unit": actor.unit_id,
                "payload": payload,
                "prev": prev,
                "hash": hash,
            }
        )

    def _insert_roots(self) -> None:
        fresh = [root for root in self._roots.values() if root.fresh]
        if fresh:
            self._tx.write(insert(root_table), lone([root.row for root in fresh]))
            for root in fresh:
                root.fresh = False
                root.stored_revision = root.row["revision"]
                root.stored_seq = root.row["seq"]
                root.snapshot_changed = False
                root.changed.clear()

    def _write_head(self, root: Root) -> None:
        row = root.row
        row["revision"] = root.stored_revision + 1
        values: dict[str, Any] = {
            "k": row["key"],
            "was": root.stored_revision,
            "v_seq": row["seq"],
            "v_head": row["head"],
            "v_revision": row["revision"],
        }
        statement = _HEAD
        if root.snapshot_changed:
            statement = _HEAD_AND_SNAPSHOT
            values |= {"v_snapshot": row["snapshot"], "v_definition_key": row["definition_key"]}
        if root.changed:
            more = {name: root.row[name] for name in root.changed}
            statement = statement.values(more)
            root.changed.clear()
        if self._tx.write(statement, values).rowcount != 1:
            raise LostRace("The instance was changed meanwhile. Please repeat the call.")
        root.stored_revision, root.stored_seq = row["revision"], row["seq"]
        root.snapshot_changed = False

    def _record_loose(self) -> None:
        if self._loose:
            events, self._loose = self._loose, []
            day = self._day()
            self.record(day.key, events, proofs.of_loose(self._tx, events, day.row["salt"]))

    def _day(self) -> Root:
        """The root for events of this unit and day, locked; counters come last."""
        actor = self._tx.actor
        day = self._tx.now.astimezone(self._zone).date().isoformat()
        name = f"{actor.tenant_id}|{actor.unit_id}|{day}"
        row = self._tx.read(_BY_NAME, {"n": name}).one_or_none()
        if row is None:
            seen_by = Visibility(tenant_id=actor.tenant_id, unit_id=actor.unit_id)
            fresh = new_row(self._tx.next_key(), "unit-day", name, seen_by, self._tx.now)
            make = sqlite.insert if self._tx.is_sqlite else postgresql.insert
            self._tx.write(make(root_table).on_conflict_do_nothing(), fresh)
            row = self._tx.read(_BY_NAME, {"n": name}).one()
        return self.hold(Root.loaded(dict(row._mapping)))


def new_row(key: Key, kind: str, name: str | None, visibility: Visibility, at: datetime) -> Row:
    """A root row before its first event."""
    return {
        "key": key,
        "kind": kind,
        "name": name,
        "definition_key": None,
        "seq": 0,
        "head": chain.GENESIS,
        "salt": secrets.token_bytes(16),
        "snapshot": None,
        "revision": 1,
        "published_seq": 0,
        "sealed_seq": 0,
        "created_at": at,
        "suspended_at": None,
        "ended_at": None,
        "removal_at": None,
        "held_at": None,
        "tenant_id": visibility.tenant_id,
        "unit_id": visibility.unit_id,
        "procedure_code": visibility.procedure_code,
        "sealed": visibility.sealed,
    }
