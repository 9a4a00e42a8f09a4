"""Reading for papers in SQL, printings, and counters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Text, and_, bindparam, cast, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.domain.dossier.portal import MEANING
from engine.domain.ids import Key
from engine.domain.papers import HandOff, Listed, StepFact
from engine.ports.papers import Printing
from engine.store.tables import (
    dossier,
    dossier_step,
    event,
    issued_number,
    number_series,
    paper_printing,
    person,
    user_task,
)
from engine.store.transaction import Transaction

_ACTOR = (
    select(event.c.actor)
    .where(
        event.c.root_key == dossier_step.c.root_key,
        event.c.at == dossier_step.c.at,
        event.c.type == "motcua.dossier." + cast(dossier_step.c.kind, Text) + ".v1",
    )
    .limit(1)
    .scalar_subquery()
)
_STEPS = (
    select(dossier_step, _ACTOR.label("actor"))
    .where(dossier_step.c.root_key == bindparam("k"))
    .order_by(dossier_step.c.at, dossier_step.c.key)
)
_TASKS = (
    select(user_task)
    .where(user_task.c.root_key == bindparam("k"))
    .order_by(user_task.c.created_at, user_task.c.key)
)
_LAST = (
    select(paper_printing)
    .where(paper_printing.c.root_key == bindparam("k"), paper_printing.c.form == bindparam("f"))
    .order_by(paper_printing.c.number.desc())
    .limit(1)
)
_REGISTER = (
    select(dossier, person.c.name.label("applicant"))
    .join(person, person.c.key == dossier.c.applicant_key, isouter=True)
    .where(
        dossier.c.tenant_id == bindparam("tenant"),
        dossier.c.accepted_at >= bindparam("first", type_=dossier.c.accepted_at.type),
        dossier.c.accepted_at < bindparam("after", type_=dossier.c.accepted_at.type),
        or_(
            and_(
                ~dossier.c.sealed,
                dossier.c.receiving_unit.startswith(bindparam("unit"), autoescape=False),
            ),
            dossier.c.receiving_unit == bindparam("unit"),
        ),
    )
    .order_by(dossier.c.accepted_at, dossier.c.key)
)
_ISSUED = (
    select(issued_number)
    .where(
        issued_number.c.series == bindparam("series"),
        issued_number.c.tenant_id == bindparam("tenant"),
    )
    .order_by(issued_number.c.number)
)


class SqlPapers:
    """``engine.ports.papers.Papers`` in SQL."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def steps(self, root_key: Key) -> Sequence[StepFact]:
        """Steps with who took them."""
        return [
            StepFact(
                kind=row.kind,
                at=row.at,
                actor=row.actor or "",
                status=row.status,
                reason=row.reason,
                rule=row.rule,
                detail=row.detail,
                answer_by=row.answer_by,
            )
            for row in self._tx.read(_STEPS, {"k": root_key})
        ]

    def hand_offs(self, root_key: Key) -> Sequence[HandOff]:
        """User tasks."""
        return [
            HandOff(
                name=row.name or row.element_id,
                groups=tuple(row.candidate_groups),
                assignee=row.assignee,
                created_at=row.created_at,
                completed_at=row.completed_at,
                due_at=row.due_at,
                state=row.state,
            )
            for row in self._tx.read(_TASKS, {"k": root_key})
        ]

    def last_printing(self, root_key: Key, form: str) -> Printing | None:
        """The newest printing of a form."""
        row = self._tx.read(_LAST, {"k": root_key, "f": form}).one_or_none()
        if row is None:
            return None
        return Printing(number=row.number, salt=row.salt, digests=row.digests, at=row.at)

    def keep_printing(self, key: Key, root_key: Key, form: str, printing: Printing) -> None:
        """One more row."""
        self._tx.write(
            insert(paper_printing),
            {
                "key": key,
                "root_key": root_key,
                "form": form,
                "number": printing.number,
                "salt": printing.salt,
                "digests": dict(printing.digests),
                "printed_by": self._tx.actor.name,
                "at": printing.at,
            },
        )

    def register(
        self, tenant_id: str, unit: str, first: datetime, after: datetime
    ) -> Sequence[Listed]:
        """Dossiers accepted in a period."""
        found = self._tx.read(
            _REGISTER, {"tenant": tenant_id, "unit": unit, "first": first, "after": after}
        )
        return [
            Listed(
                code=row.code or "",
                procedure_code=row.procedure_code or "",
                applicant=row.applicant or "",
                accepted_at=row.accepted_at,
                due_at=row.committed_due_at,
                finished_at=row.finished_at,
                closed_at=row.closed_at,
                meaning=MEANING[row.status],
            )
            for row in found
        ]

    def next_number(self, series: str, tenant_id: str) -> int:
        """One upsert: a rolled back transaction gives the number back."""
        make = sqlite.insert if self._tx.is_sqlite else postgresql.insert
        statement = make(number_series).on_conflict_do_update(
            index_elements=["tenant_id", "series"], set_={"last": number_series.c.last + 1}
        )
        row = {"tenant_id": tenant_id, "series": series, "last": 1}
        found = self._tx.write(statement.returning(number_series.c.last), row)
        return int(found.scalar_one())

    def issued(self, series: str, tenant_id: str) -> Sequence[tuple[str, str, datetime, str]]:
        """Numbers of a series."""
        rows = self._tx.read(_ISSUED, {"series": series, "tenant": tenant_id})
        return [(row.text, row.code or "", row.at, row.issued_by) for row in rows]
