"""What a row of each kind of law looks like: one JSON Schema per list in ``schema/``.

The schema's ``x-law`` says the kind's name, how a row's id is made of its
members, and which member (if any) is its first day. What every row may carry
(source, dates, decision) is added here. A new kind is a new file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from jsonschema_rs import Draft202012Validator

from engine.domain.law import SINCE_EVER, LawRow
from engine.packages.coerce import Schema

FOLDER: Final = Path(__file__).parent / "schema"
_DATE: Final = {"type": "string", "format": "date"}
COMMON: Final[Mapping[str, Any]] = {
    "effective_from": _DATE,
    "effective_to": _DATE,
    "source": {"type": "string", "minLength": 1},
    "verified": {"type": "boolean"},
    "decision": {"type": "string", "minLength": 1},
}


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One list of rows, such as ``holidays``: its kind, schema and identity."""

    list_name: str
    kind: str
    id_pattern: str
    first_day: str | None
    schema: Schema
    validator: Draft202012Validator

    def row(self, data: Mapping[str, object]) -> LawRow:
        """A checked row; members every row may have leave the body."""
        begins = data.get("effective_from") or (self.first_day and data[self.first_day])
        ends = data.get("effective_to")
        decision = data.get("decision")
        return LawRow(
            kind=self.kind,
            id=_filled(self.id_pattern, data),
            effective_from=date.fromisoformat(str(begins)) if begins else SINCE_EVER,
            effective_to=date.fromisoformat(str(ends)) if ends else None,
            body={name: value for name, value in data.items() if name not in COMMON},
            source=str(data["source"]),
            verified=data.get("verified") is True,
            decision=None if decision is None else str(decision),
        )


@cache
def shape_of(list_name: str) -> Shape | None:
    """The shape of a list by its name, as in ``holidays:`` or ``units.csv``."""
    file = FOLDER / f"{list_name}.schema.json"
    if not re.fullmatch(r"[a-z][a-z_-]*", list_name) or not file.is_file():
        return None
    own = json.loads(file.read_text("utf-8"))
    about = own.pop("x-law")
    own["properties"] = {**own["properties"], **COMMON}
    own["required"] = [*own.get("required", []), "source"]
    own.setdefault("additionalProperties", False)
    return Shape(
        list_name=list_name,
        kind=about["kind"],
        id_pattern=about["id"],
        first_day=about.get("first_day"),
        schema=own,
        validator=Draft202012Validator(own, validate_formats=True),
    )


@cache
def shape_of_kind(kind: str) -> Shape | None:
    """The shape of rows by their kind, as in ``holiday``."""
    found = (shape_of(name) for name in list_names())
    return next((shape for shape in found if shape and shape.kind == kind), None)


@cache
def list_names() -> tuple[str, ...]:
    """All lists a file may hold."""
    return tuple(sorted(file.name.split(".")[0] for file in FOLDER.glob("*.schema.json")))


def _filled(pattern: str, data: Mapping[str, object]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: str(data.get(found[1], "*")), pattern)
