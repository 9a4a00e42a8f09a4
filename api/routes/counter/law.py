"""Rows of law an installation writes itself, and reading all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.answers import answer
from api.calls import engine, run
from api.door import Door
from api.listing import PAGING, page_of
from api.schemas.requests.organisation import LawChange, LawRowPage, LawRows
from engine.commands.change_law import ChangeLaw
from engine.domain.law import LawRow
from engine.errors import Fault, InvalidInput, NotFound
from engine.packages.law.schema import Shape, shape_of_kind

door = Door("Law", __name__, url_prefix="/api/law")


@door.operation("POST", "", body=LawRows, answers={200: LawChange}, fails=(404,), sends=ChangeLaw)
def change_law_rows(body: Mapping[str, Any]) -> Response:
    """Write rows of one kind with the decision they follow from; all or none."""
    done = run(ChangeLaw(rows=rows_of(body)))
    return answer({"kind": body["kind"], **done.result}, replayed=done.replayed)


@door.operation("GET", "/<kind>", query=PAGING, answers={200: LawRowPage})
def list_law_rows(kind: str) -> Response:
    """All rows of a kind with their dates, sources and decisions."""
    rows = sorted(engine().law().rows(kind), key=_identity)
    return answer(page_of(rows, _identity, _shown))


def rows_of(body: Mapping[str, Any]) -> tuple[LawRow, ...]:
    """The checked rows of a body; each fault says which row."""
    shape = shape_of_kind(body["kind"])
    if shape is None:
        raise NotFound("There is no such kind of law.", code="law-kind")
    shared = {name: body[name] for name in ("decision", "source", "effective_from") if name in body}
    return tuple(_row(shape, {**shared, **row}, n) for n, row in enumerate(body["rows"]))


def _row(shape: Shape, data: dict[str, object], number: int) -> LawRow:
    faults = [
        Fault(
            pointer=f"/rows/{number}/{'/'.join(map(str, error.instance_path))}".rstrip("/"),
            code=f"law-{error.kind.name}",
            sentence=f"Row {number}: {error.kind.name} is not met.",
        )
        for error in shape.validator.iter_errors(data)
    ]
    if faults:
        raise InvalidInput(faults[0].sentence, faults, code="law-refused")
    return shape.row(data)


def _identity(row: LawRow) -> str:
    return f"{row.id}|{row.effective_from}"


def _shown(row: LawRow) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "id": row.id,
        "effectiveFrom": row.effective_from.isoformat(),
        "effectiveTo": row.effective_to and row.effective_to.isoformat(),
        "body": row.body,
        "source": row.source,
        "verified": row.verified,
        "decision": row.decision,
    }
