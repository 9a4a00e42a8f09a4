"""What stands on a paper: labelled fields, tables, notes and signatures; and what it is made of.

The layout is our own until the official one is verified; every paper says so.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import segno

MARK: Final = "Mẫu minh họa, chưa đối chiếu mẫu chính thức (Thông tư 03/2025/TT-VPCP)"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFact:
    """One step of a dossier's life, as its log tells it."""

    kind: str
    at: datetime
    actor: str
    status: int
    reason: str | None = None
    rule: str | None = None
    detail: str | None = None
    answer_by: datetime | None = None

    def in_zone(self, zone: ZoneInfo) -> StepFact:
        """The same in local time."""
        until = self.answer_by and self.answer_by.astimezone(zone)
        return replace(self, at=self.at.astimezone(zone), answer_by=until)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOff:
    """One task of the dossier: who had it, from when to when."""

    name: str
    groups: Sequence[str]
    assignee: str | None
    created_at: datetime
    completed_at: datetime | None
    due_at: datetime | None
    state: str

    def in_zone(self, zone: ZoneInfo) -> HandOff:
        """The same in local time."""
        return replace(
            self,
            created_at=self.created_at.astimezone(zone),
            completed_at=self.completed_at and self.completed_at.astimezone(zone),
            due_at=self.due_at and self.due_at.astimezone(zone),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All a form may use; times in local time."""

    agency: str
    reception: str
    code: str
    procedure_code: str
    procedure: str
    version: str
    applicant: Mapping[str, str]
    agent: str | None
    channel: str
    return_channel: str
    submitted_at: datetime | None
    accepted_at: datetime | None
    statutory_due: datetime | None
    committed_due: datetime | None
    first_due: datetime | None
    components: Sequence[tuple[str, str, str]] = ()
    steps: Sequence[StepFact] = ()
    hand_offs: Sequence[HandOff] = ()
    extensions: Sequence[tuple[str, str, str]] = ()
    printed_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """``fields`` are (name, label, value); ``tables`` have a title, columns and rows."""

    form: str
    title: str
    agency: str
    code: str
    fields: Sequence[tuple[str, str, str]]
    tables: Sequence[Mapping[str, Any]] = ()
    notes: Sequence[str] = ()
    signs: Sequence[str] = ()
    landscape: bool = False
    place: str = ""

    def values(self) -> dict[str, str]:
        """Every field and table by name: what a later printing is compared with."""
        found = {name: value for name, _, value in self.fields}
        for table in self.tables:
            found[str(table["title"])] = repr([tuple(row) for row in table["rows"]])
        return found

    def label(self, name: str) -> str:
        """How a field is called on the paper; a table by its title."""
        return next((label for known, label, _ in self.fields if known == name), name)

    def document(self, **more: Any) -> dict[str, Any]:
        """The template's data, NFC."""
        data = {
            "form": self.form,
            "title": self.title,
            "agency": self.agency,
            "code": self.code,
            "fields": [[label, value] for _, label, value in self.fields],
            "tables": [dict(table) for table in self.tables],
            "notes": list(self.notes),
            "signs": list(self.signs),
            "landscape": self.landscape,
            "mark": MARK,
            "qr": False,
            "watermark": "",
            "printing": "",
            **more,
        }
        normal: dict[str, Any] = _normal(data)
        return normal


@dataclass(frozen=True, slots=True)
class Words:
    """How values are written."""

    empty: str = "…"
    fields: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, name: str, label: str, value: object) -> None:
        """A labelled field; what is not known is left open to be written by hand."""
        text = shown(value)
        self.fields.append((name, label, text or self.empty))


def shown(value: object) -> str:
    """Dates as the administration writes them."""
    if isinstance(value, datetime):
        return f"{value:%H:%M} ngày {value:%d/%m/%Y}"
    return "" if value is None else str(value)


@cache
def template() -> str:
    """The typst template of all papers."""
    return Path(__file__).with_name("paper.typ").read_text("utf-8")


def qr_svg(text: str) -> bytes:
    """A QR code as SVG."""
    buffer = io.BytesIO()
    segno.make(text, error="m").save(buffer, kind="svg", border=1, scale=4)
    return buffer.getvalue()


def _normal(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {name: _normal(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_normal(each) for each in value]
    return value
