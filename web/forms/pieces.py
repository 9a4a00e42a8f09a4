"""What a template draws: one piece per component, with everything a person reads or types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.forms.model import Path
from engine.forms.pointers import pointer

KEPT = "kept:"
"""Before the name of a locked field whose value travels with its row."""


def name_of(path: Path) -> str:
    """The name of a field in the posted page."""
    return f"f{pointer(path)}"


def rows_of(path: Path) -> str:
    """The name of the hidden field that says how many rows the page showed."""
    return f"rows{pointer(path)}"


def id_of(path: Path) -> str:
    """The id of a field, for labels and the links of the error summary."""
    return ".".join(["f", *(str(step) for step in path)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option: what is posted, what is read, and whether it is chosen."""

    wire: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a dynamic list; ``remove`` is posted by its button, empty for a fixed row."""

    number: int
    remove: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A component as it stands now. ``shape`` names the macro that draws it.

    ``html`` is safe markup; every other text is escaped by the template.
    """

    shape: str
    id: str = ""
    name: str = ""
    label: str = ""
    hint: str = ""
    error: str = ""
    value: str = ""
    kind: str = "text"
    mode: str = ""
    prefix: str = ""
    suffix: str = ""
    html: str = ""
    add: str = ""
    locked: bool = False
    optional: bool = False
    marked: bool = False
    outlined: bool = False
    chosen: bool = False
    choices: tuple[Choice, ...] = ()
    pieces: tuple[Piece, ...] = ()
    rows: tuple[Row, ...] = ()
    columns: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    kept: Mapping[str, str] = field(default_factory=dict)
