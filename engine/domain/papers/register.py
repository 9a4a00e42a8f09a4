"""The register of dossiers (form 07) and the books of numbers issued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from engine.domain.papers.paper import Paper, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of the register."""

    code: str
    procedure_code: str
    applicant: str
    accepted_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    closed_at: datetime | None
    meaning: str


def build_register(agency: str, first: date, last: date, rows: Sequence[Listed]) -> Paper:
    """Form 07: every dossier accepted between two days."""
    columns = ["TT", "Mã hồ sơ", "Thủ tục", "Người nộp", "Tiếp nhận", "Hẹn trả", "Xong", "Trả",
               "Tình trạng"]  # fmt: skip
    lines = [
        [
            str(number),
            row.code,
            row.procedure_code,
            row.applicant,
            shown(row.accepted_at),
            shown(row.due_at),
            shown(row.finished_at),
            shown(row.closed_at),
            row.meaning,
        ]
        for number, row in enumerate(rows, start=1)
    ]
    return Paper(
        form="07",
        title="SỔ THEO DÕI HỒ SƠ",
        agency=agency,
        code="",
        fields=[
            ("period", "Kỳ", f"từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}"),
            ("count", "Số hồ sơ", str(len(rows))),
        ],
        tables=[{"title": "Hồ sơ tiếp nhận", "columns": columns, "rows": lines}],
        landscape=True,
    )


def build_book(
    agency: str, name: str, year: int, rows: Sequence[tuple[str, str, datetime, str]]
) -> Paper:
    """A book of numbers: number, dossier, when, by whom."""
    lines = [[number, code, shown(at), by] for number, code, at, by in rows]
    return Paper(
        form="",
        title=name.upper(),
        agency=agency,
        code="",
        fields=[("book", "Quyển số", f"01/{year}"), ("count", "Số đã cấp", str(len(rows)))],
        tables=[
            {
                "title": "Số đã cấp",
                "columns": ["Số", "Mã hồ sơ", "Thời điểm", "Người cấp"],
                "rows": lines,
            }
        ],
    )
