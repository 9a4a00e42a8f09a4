"""The support table: the one source for the validator and ``docs/bpmn-support.md``.

A construct without a row is unknown and refuses the file.
"""

from __future__ import annotations

from dataclasses import replace

from engine.runtime.lint.support import activities, data, events, extensions, flows
from engine.runtime.lint.support.cases import CASES
from engine.runtime.lint.support.row import Row, Status

ROWS: tuple[Row, ...] = tuple(
    replace(row, cases=CASES.get(row.key, ()))
    for part in (activities, flows, events, extensions, data)
    for row in part.ROWS
)
TABLE: dict[str, Row] = {row.key: row for row in ROWS}

__all__ = ["ROWS", "TABLE", "Row", "Status"]
