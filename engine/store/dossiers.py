"""Dossiers in SQL: find, read, number them; persons; the versions of procedures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, type_coerce, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.domain.dossier import Axes, CodePattern, DossierRecord, PersonRecord
from engine.domain.ids import Key
from engine.domain.records import DefinitionRecord
from engine.domain.text import fold
from engine.errors import NotFound
from engine.store import locks, mapping
from engine.store.flush import upsert
from engine.store.sqltypes import Instant, fits
from engine.store.tables import (
    dossier,
    dossier_code,
    dossier_secret,
    dossier_step,
    filing,
    person,
    procedure_version,
    process_definition,
    tracking_failure,
)
from engine.store.transaction import Transaction

_BY_KEY = select(dossier).where(dossier.c.key == bindparam("k"))
_SAME = ("name", "kind", "id_kind", "id_number", "birth_date", "phone", "email", "address")
_UPDATED = ("birth_date", "phone", "email", "address")


class SqlDossiers:
    """``engine.ports.dossiers.Dossiers`` in SQL."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def find_code(self, code: str, tenant_id: str) -> Key | None:
        """The key of a code."""
        return self._key(dossier.c.code == code, tenant_id)

    def find_portal_code(self, portal_code: str, tenant_id: str) -> Key | None:
        """The key of a portal code."""
        return self._key(dossier.c.portal_code == portal_code, tenant_id)

    def read(self, key: Key) -> DossierRecord:
        """The row."""
        row = self._tx.read(_BY_KEY, {"k": key}).one_or_none() if fits(key) else None
        if row is None:
            raise NotFound("There is no such dossier.")
        return record(row._asdict())

    def carried_by(self, root_key: Key) -> DossierRecord | None:
        """The dossier of a root."""
        row = self._tx.read(_BY_KEY, {"k": root_key}).one_or_none()
        return None if row is None else record(row._asdict())

    def answer_by(self, key: Key) -> datetime | None:
        """The newest supplement's."""
        table = dossier_step
        found = select(table.c.answer_by).where(
            table.c.root_key == key, table.c.kind == "supplement_requested"
        )
        return self._tx.read(found.order_by(table.c.key.desc()).limit(1)).scalar()

    def late_supplements(self, now: datetime, limit: int) -> Sequence[str]:
        """The newest request of each dossier that still waits for an answer."""
        newest = (
            select(dossier_step.c.answer_by)
            .where(
                dossier_step.c.root_key == dossier.c.key,
                dossier_step.c.kind == "supplement_requested",
            )
            .order_by(dossier_step.c.key.desc())
            .limit(1)
            .correlate(dossier)
            .scalar_subquery()
        )
        found = select(func.coalesce(dossier.c.code, dossier.c.portal_code)).where(
            dossier.c.business == "supplement", type_coerce(newest, Instant) < now
        )
        return list(self._tx.read(found.order_by(dossier.c.key).limit(limit)).scalars())

    def issue_code(self, pattern: CodePattern, series: str, tenant_id: str) -> str:
        """One upsert: a rolled back transaction gives the number back."""
        make = sqlite.insert if self._tx.is_sqlite else postgresql.insert
        statement = make(dossier_code)
        number = self._tx.write(
            statement.on_conflict_do_update(
                index_elements=["tenant_id", "series"],
                set_={"last": dossier_code.c.last + 1},
            ).returning(dossier_code.c.last),
            {"tenant_id": tenant_id, "series": series, "last": 1},
        ).scalar_one()
        return pattern.render(series, int(number))

    def hold_portal_code(self, portal_code: str) -> None:
        """An advisory lock to the end of the transaction."""
        locks.hold(self._tx, [f"filing|{portal_code}"])

    def filing(self, key: Key) -> tuple[Mapping[str, Any], datetime] | None:
        """What the portal sent."""
        found = select(filing.c.body, filing.c.submitted_at).where(filing.c.dossier_key == key)
        row = self._tx.read(found).one_or_none()
        return None if row is None else (row.body, row.submitted_at)

    def keep_filing(self, key: Key, body: Mapping[str, Any], submitted_at: datetime) -> None:
        """Insert or replace."""
        row = {
            "dossier_key": key,
            "body": dict(body),
            "submitted_at": submitted_at,
            "received_at": self._tx.now,
        }
        self._tx.write(upsert(filing, self._tx.connection.dialect.name), row)

    def set_secret(self, key: Key, salt: bytes, digest: bytes) -> None:
        """Insert or replace."""
        make = sqlite.insert if self._tx.is_sqlite else postgresql.insert
        statement = make(dossier_secret)
        kept = {name: statement.excluded[name] for name in ("salt", "hash", "made_at")}
        row = {"dossier_key": key, "salt": salt, "hash": digest, "made_at": self._tx.now}
        self._tx.write(
            statement.on_conflict_do_update(index_elements=["dossier_key"], set_=kept), row
        )

    def secret(self, key: Key) -> tuple[bytes, bytes] | None:
        """Salt and digest."""
        table = dossier_secret
        row = self._tx.read(
            select(table.c.salt, table.c.hash).where(table.c.dossier_key == key)
        ).first()
        return None if row is None else (bytes(row.salt), bytes(row.hash))

    def tracking_failures(self, who: bytes, since: datetime) -> int:
        """Wrong look-ups since then."""
        table = tracking_failure
        found = select(table.c.failures).where(table.c.who == who, table.c.since >= since)
        return int(self._tx.read(found).scalar() or 0)

    def count_tracking_failure(self, who: bytes, now: datetime, since: datetime) -> None:
        """One more."""
        table = tracking_failure
        done = self._tx.write(
            update(table)
            .where(table.c.who == who, table.c.since >= since)
            .values(failures=table.c.failures + 1)
        )
        if done.rowcount:
            return
        make = sqlite.insert if self._tx.is_sqlite else postgresql.insert
        statement = make(table)
        fresh = {"failures": 1, "since": now}
        self._tx.write(
            statement.on_conflict_do_update(index_elements=["who"], set_=fresh),
            {"who": who, **fresh},
        )

    def person(self, key: Key) -> PersonRecord:
        """The row."""
        row = self._tx.read(select(person).where(person.c.key == key)).one_or_none()
        if row is None:
            raise NotFound("There is no such person.")
        return PersonRecord(key=row.key, **{name: getattr(row, name) for name in _SAME})

    def keep_person(self, person_record: PersonRecord, tenant_id: str) -> Key:
        """Same id number and same name is the same person; another name is somebody else's row."""
        given = {name: getattr(person_record, name) for name in _SAME}
        known = self._known(person_record, tenant_id)
        if known is not None:
            fresh = {name: given[name] for name in _UPDATED if given[name] is not None}
            if fresh:
                changed = update(person).where(person.c.key == known)
                self._tx.write(changed.values(**fresh, updated_at=self._tx.now))
            return known
        key = self._tx.next_key()
        row = given | {
            "key": key,
            "tenant_id": tenant_id,
            "folded_name": fold(person_record.name),
            "erased": False,
            "created_at": self._tx.now,
            "updated_at": self._tx.now,
        }
        self._tx.write(insert(person), row)
        return key

    def waiting_of(self, person_key: Key, procedure_code: str, tenant_id: str) -> str | None:
        """A filing that nobody accepted or refused yet."""
        found = select(dossier.c.portal_code).where(
            dossier.c.tenant_id == tenant_id,
            dossier.c.applicant_key == person_key,
            dossier.c.procedure_code == procedure_code,
            dossier.c.code.is_(None),
            dossier.c.closed_at.is_(None),
        )
        return self._tx.read(found.limit(1)).scalar()

    def procedure(
        self, code: str, on: str, tenant_id: str
    ) -> tuple[DefinitionRecord, Mapping[str, Any]]:
        """The last version that applies by then, its newest deployment."""
        found = (
            select(process_definition, procedure_version.c.facts)
            .join(
                procedure_version,
                procedure_version.c.definition_key == process_definition.c.key,
            )
            .where(
                procedure_version.c.tenant_id == tenant_id,
                procedure_version.c.procedure_code == code,
                procedure_version.c.applies_from <= on,
            )
            .order_by(
                procedure_version.c.applies_from.desc(), procedure_version.c.definition_key.desc()
            )
            .limit(1)
        )
        row = self._tx.read(found).one_or_none()
        if row is None:
            raise NotFound(
                f"No version of procedure {code[:20]!r} applies on {on}.", code="procedure-unknown"
            )
        return mapping.definition_record(row._asdict(), self._tx.definition), row.facts

    def procedure_of(self, definition_key: Key) -> Mapping[str, Any]:
        """The facts."""
        table = procedure_version
        found = select(table.c.facts).where(table.c.definition_key == definition_key)
        row = self._tx.read(found).one_or_none()
        return {} if row is None else row.facts

    def add_procedure(
        self, definition: DefinitionRecord, facts: Mapping[str, Any], now: datetime
    ) -> None:
        """Once per definition; changed facts alone replace the row's."""
        make = sqlite.insert if self._tx.is_sqlite else postgresql.insert
        statement = make(procedure_version)
        row = {
            "definition_key": definition.ref.key,
            "tenant_id": definition.tenant_id,
            "procedure_code": definition.procedure_code or "",
            "applies_from": definition.applies_from or "",
            "facts": dict(facts),
            "created_at": now,
        }
        self._tx.write(
            statement.on_conflict_do_update(
                index_elements=["definition_key"], set_={"facts": statement.excluded.facts}
            ),
            row,
        )

    def _key(self, condition: Any, tenant_id: str) -> Key | None:
        found = select(dossier.c.key).where(condition, dossier.c.tenant_id == tenant_id)
        return self._tx.read(found).scalar()

    def _known(self, wanted: PersonRecord, tenant_id: str) -> Key | None:
        if not wanted.id_number:
            return None
        found = (
            select(person.c.key)
            .where(
                person.c.tenant_id == tenant_id,
                person.c.id_number == wanted.id_number,
                person.c.kind == wanted.kind,
                person.c.folded_name == fold(wanted.name),
            )
            .order_by(person.c.key)
            .limit(1)
        )
        return self._tx.read(found).scalar()


def record(row: Mapping[str, Any]) -> DossierRecord:
    """A row as commands see it."""
    same = (
        "key", "code", "applies_from", "definition_key", "receiving_unit", "reception_point",
        "agency", "channel", "status", "portal_code", "submitted_at", "accepted_at", "closed_at",
        "term", "committed_due_at", "statutory_due_at", "return_channel", "applicant_key",
        "agent_key", "linked_key", "link_kind", "revision",
    )  # fmt: skip
    axes = {name: row[name] for name in ("stage", "business", "finance", "delivery", "sync")}
    return DossierRecord(
        **{name: row[name] for name in same},
        procedure_code=row["procedure_code"] or "",
        visibility=mapping.visibility(row),
        axes=Axes(**axes),
    )
