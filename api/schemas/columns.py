"""One table per noun: wire name, row name, kind. Filters, sorting and answers come from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from api.instants import format_instant
from api.schemas.fields import Document, Flag, Instant, Items, Key, Text, Whole
from api.schemas.filters import (
    choice_filter,
    instant_filter,
    key_filter,
    tags_filter,
    text_filter,
    whole_filter,
)
from engine.ports.views import Noun

Kind = Literal["text", "key", "whole", "instant", "flag", "choice", "texts", "headers"]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """``shown`` in answers, ``found`` by filters, ``sorted`` by.

    Without a value the row's ``instead`` is shown, else ``empty``.
    """

    wire: str
    row: str
    kind: Kind = "text"
    values: tuple[str, ...] = ()
    nullable: bool = False
    shown: bool = True
    found: bool = True
    sorted: bool = True
    empty: Any = None
    instead: str = ""
    doc: str = ""

    def answer_field(self) -> Any:
        """The field of this column in an answer."""
        common: dict[str, Any] = {"required": True, "nullable": self.nullable, "doc": self.doc}
        match self.kind:
            case "key":
                return Key(**common)
            case "whole":
                return Whole(least=-(2**63), most=2**63 - 1, **common)
            case "instant":
                return Instant(**common)
            case "flag":
                return Flag(**common)
            case "choice":
                return Text(values=self.values, **common)
            case "texts":
                return Items(Text(), required=True)
            case "headers":
                return Document(required=True)
            case _:
                return Text(**common)

    def filter_field(self) -> Any:
        """The field of this column in a filter."""
        match self.kind:
            case "key":
                return key_filter()
            case "whole":
                return whole_filter()
            case "instant":
                return instant_filter()
            case "flag":
                return Flag()
            case "choice":
                return choice_filter(self.values)
            case "texts":
                return tags_filter()
            case _:
                return text_filter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """All columns of one noun."""

    noun: Noun
    name: str
    columns: tuple[Column, ...]
    by_wire: Mapping[str, Column] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_wire", {column.wire: column for column in self.columns})

    def present(self, row: Row) -> dict[str, Any]:
        """A row as the wire shows it."""
        return {
            column.wire: _PRESENT[column.kind](value)
            if (value := row.get(column.row)) is not None
            else row.get(column.instead, column.empty)
            for column in self.columns
            if column.shown
        }


def _same(value: Any) -> Any:
    return value


def _instant(value: datetime) -> str:
    return format_instant(value)


_PRESENT: Final[Mapping[str, Callable[[Any], Any]]] = {
    "text": _same,
    "key": str,
    "whole": _same,
    "instant": _instant,
    "flag": bool,
    "choice": _same,
    "texts": list,
    "headers": dict,
}
