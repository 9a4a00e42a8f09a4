"""A settled form as pieces for the template, in document order, hidden ones left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from engine.forms import Component, Form, Placed, Settled
from engine.forms.model import Path
from engine.forms.options import choices, same
from engine.forms.pointers import MISSING, get, pointer
from web.forms.pieces import KEPT, Choice, Piece, Row, id_of, name_of, rows_of
from web.forms.shown import SHOWN
from web.forms.texts import text_of
from web.forms.wire import input_type, show_moment, show_number, to_wire

_MANY = frozenset({"checklist", "taglist"})
_MARKED = _MANY | {"checkbox", "radio", "filepicker"}


def drawn(
    form: Form,
    settled: Settled,
    context: Mapping[str, object],
    *,
    errors: Mapping[str, str],
    zone: ZoneInfo,
    language: str,
    papers: Sequence[tuple[str, str]] = (),
) -> tuple[Piece, ...]:
    """The form's pieces. ``errors`` are sentences by JSON pointer; ``papers`` are the
    documents a file field offers, as (key, title)."""
    pen = _Pen(settled, context, errors, zone, language, papers)
    return tuple(pen.pieces(form.components, ()))


@dataclass(frozen=True, slots=True)
class _Pen:
    settled: Settled
    context: Mapping[str, object]
    errors: Mapping[str, str]
    zone: ZoneInfo
    language: str
    papers: Sequence[tuple[str, str]]
    spots: dict[tuple[str, Path], Placed] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.spots.update({(one.component.id, one.row): one for one in self.settled.placed})

    def pieces(self, components: Sequence[Component], row: Path) -> Iterator[Piece]:
        for component in components:
            placed = self.spots.get((component.id, row))
            if placed is None or placed.hidden or component.computed:
                continue
            if component.binding == "group":
                yield self.group(placed, row)
            elif component.binding == "list":
                yield self.rows(placed)
            elif component.binding == "none":
                yield SHOWN[component.type](placed)
            else:
                yield self.input(placed)

    def group(self, placed: Placed, row: Path) -> Piece:
        component = placed.component
        return Piece(
            shape="group",
            label=text_of(component.label, placed.scope),
            outlined=component.properties.get("showOutline") is True,
            pieces=tuple(self.pieces(component.children, row)),
        )

    def rows(self, placed: Placed) -> Piece:
        component, path = placed.component, placed.path
        held = get(self.settled.data, path)
        count = len(held) if isinstance(held, list) else 0
        limits = component.rows
        free = limits is not None and not limits.fixed
        least, most = (limits.minimum, limits.maximum) if limits else (0, 0)
        return Piece(
            shape="rows",
            id=id_of(path),
            name=rows_of(path),
            value=str(count),
            label=text_of(component.label, placed.scope),
            error=self.errors.get(pointer(path), ""),
            add=f"add:{pointer(path)}" if free and count < most else "",
            rows=tuple(
                Row(
                    number=index + 1,
                    remove=f"remove:{pointer((*path, index))}" if free and count > least else "",
                    pieces=tuple(self.pieces(component.children, (*path, index))),
                )
                for index in range(count)
            ),
        )

    def input(self, placed: Placed) -> Piece:
        component, path = placed.component, placed.path
        value = get(self.settled.data, path)
        value = None if value is MISSING else value
        shape, special = _SHAPES[component.type]
        look = component.properties.get("appearance")
        look = look if isinstance(look, Mapping) else {}
        kept = placed.locked and placed.movable and value is not None
        piece = Piece(
            shape=shape,
            id=id_of(path),
            name=name_of(path),
            label=_label(placed),
            hint=text_of(component.properties.get("description"), placed.scope),
            error=self.errors.get(pointer(path), ""),
            locked=placed.locked,
            optional=not component.rules.required and not placed.locked,
            marked=component.type in _MARKED and not placed.locked,
            prefix=text_of(look.get("prefixAdorner"), placed.scope),
            suffix=text_of(look.get("suffixAdorner"), placed.scope),
            kept={KEPT + name_of(path): to_wire(value)} if kept else {},
        )
        return special(self, placed, value, piece)

    def chosen(self, placed: Placed, value: object) -> tuple[Choice, ...]:
        held = value if isinstance(value, list) and placed.component.type in _MANY else [value]
        return tuple(
            Choice(wire=to_wire(one), label=label, chosen=any(same(one, each) for each in held))
            for one, label in choices(placed, self.context) or ()
        )


def _label(placed: Placed) -> str:
    component, names = placed.component, placed.component.properties
    which = "timeLabel" if names.get("subtype") == "time" else "dateLabel"
    for source in (component.label, names.get(which)):
        if said := text_of(source, placed.scope):
            return said
    return str(placed.path[-1])


def _text(_pen: _Pen, placed: Placed, value: object, piece: Piece) -> Piece:
    kind = {"email": "email", "phone": "tel"}.get(placed.component.rules.kind or "", "text")
    return replace(piece, value="" if value is None else str(value), kind=kind)


def _number(pen: _Pen, placed: Placed, value: object, piece: Piece) -> Piece:
    mode = "numeric" if placed.component.rules.decimal_digits == 0 else "decimal"
    return replace(piece, value=show_number(value, pen.language), mode=mode)


def _moment(pen: _Pen, placed: Placed, value: object, piece: Piece) -> Piece:
    component = placed.component
    shown = show_moment(value, component, pen.zone)
    return replace(piece, value=shown, kind=input_type(component))


def _tick(_pen: _Pen, _placed: Placed, value: object, piece: Piece) -> Piece:
    return replace(piece, chosen=value is True)


def _choice(pen: _Pen, placed: Placed, value: object, piece: Piece) -> Piece:
    return replace(piece, choices=pen.chosen(placed, value))


def _files(pen: _Pen, _placed: Placed, value: object, piece: Piece) -> Piece:
    held = value if isinstance(value, list) else []
    found = tuple(Choice(wire=key, label=name, chosen=key in held) for key, name in pen.papers)
    return replace(piece, choices=found)


_Special = Callable[[_Pen, Placed, object, Piece], Piece]
_SHAPES: Mapping[str, tuple[str, _Special]] = {
    "textfield": ("input", _text),
    "textarea": ("textarea", _text),
    "number": ("input", _number),
    "datetime": ("input", _moment),
    "checkbox": ("checkbox", _tick),
    "radio": ("radios", _choice),
    "select": ("select", _choice),
    "checklist": ("checks", _choice),
    "taglist": ("checks", _choice),
    "filepicker": ("checks", _files),
}
