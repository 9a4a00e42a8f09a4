"""Components that only show something: texts, tables, pictures, and what we show in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from engine.feel import FeelError
from engine.forms import Placed
from engine.forms.expressions import as_json, compile_feel
from engine.forms.origin import is_own
from web.forms.pieces import Piece
from web.forms.texts import html_of, markdown_of, text_of

MAX_ROWS = 500


def _text(placed: Placed) -> Piece:
    return Piece(
        shape="html", html=markdown_of(placed.component.properties.get("text"), placed.scope)
    )


def _html(placed: Placed) -> Piece:
    return Piece(
        shape="html", html=html_of(placed.component.properties.get("content"), placed.scope)
    )


def _image(placed: Placed) -> Piece:
    facts = placed.component.properties
    source = text_of(facts.get("source"), placed.scope)
    if not is_own(source):
        return Piece(shape="html")
    words = escape(text_of(facts.get("alt"), placed.scope))
    return Piece(
        shape="html", html=f'<img class="app-form__image" src="{escape(source)}" alt="{words}">'
    )


def _frame(placed: Placed) -> Piece:
    # No page of ours may hold a frame: the address is offered as a link.
    address = text_of(placed.component.properties.get("url"), placed.scope)
    label = text_of(placed.component.label, placed.scope) or address
    return (
        Piece(shape="link", value=address, label=label) if is_own(address) else Piece(shape="html")
    )


def _table(placed: Placed) -> Piece:
    rows = [row for row in _items(placed) if isinstance(row, Mapping)]
    columns = _columns(placed)
    cells = tuple(tuple(_cell(row.get(key)) for key, _ in columns) for row in rows[:MAX_ROWS])
    return Piece(
        shape="table",
        label=text_of(placed.component.label, placed.scope),
        columns=tuple(label for _, label in columns),
        cells=cells,
        value=str(len(rows)) if len(rows) > MAX_ROWS else "",
    )


def _papers(placed: Placed) -> Piece:
    names = (
        (each.get("metadata") or {}, each) for each in _items(placed) if isinstance(each, dict)
    )
    cells = tuple(
        (str(data.get("fileName") or each.get("name") or each.get("documentId") or ""),)
        for data, each in names
        if isinstance(data, Mapping)
    )
    facts = placed.component.properties
    label = text_of(facts.get("title") or placed.component.label, placed.scope)
    return Piece(shape="table", label=label, columns=(label,), cells=cells)


def _line(_placed: Placed) -> Piece:
    return Piece(shape="separator")


def _nothing(_placed: Placed) -> Piece:
    return Piece(shape="html")


def _button(placed: Placed) -> Piece:
    # The page has its own button to send; only "begin again" is the form's own.
    if placed.component.properties.get("action") != "reset":
        return Piece(shape="html")
    return Piece(shape="reset", label=text_of(placed.component.label, placed.scope))


def _items(placed: Placed) -> list[object]:
    source = placed.component.source
    if source is None:
        return []
    try:
        found = as_json(source.evaluate(placed.scope))
    except FeelError:
        return []
    return found if isinstance(found, list) else []


def _columns(placed: Placed) -> list[tuple[str, str]]:
    facts = placed.component.properties
    listed: object = facts.get("columns")
    if not isinstance(listed, list) and isinstance(facts.get("columnsExpression"), str):
        try:
            found = compile_feel(str(facts["columnsExpression"])).evaluate(placed.scope)
            listed = as_json(found)
        except FeelError:
            listed = []
    return [
        (str(one.get("key", "")), str(one.get("label") or one.get("key", "")))
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, Mapping)
    ]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "✓" if value else "–"
    return ", ".join(map(_cell, value)) if isinstance(value, list) else str(value)


SHOWN: Mapping[str, Callable[[Placed], Piece]] = {
    "text": _text,
    "html": _html,
    "image": _image,
    "iframe": _frame,
    "table": _table,
    "documentPreview": _papers,
    "separator": _line,
    "spacer": _nothing,
    "button": _button,
}
