"""From a posted page to answers: only what the page showed, in the types the form expects.

A tick that is not set is not posted, so the page names such fields in ``shown``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from engine.forms import Component, Form
from engine.forms.model import Path
from engine.forms.pointers import MISSING, put
from web.forms.pieces import KEPT, name_of, rows_of
from web.forms.wire import from_wire, read_moment, read_number

_MANY = frozenset({"checklist", "taglist", "filepicker"})
_ONE = frozenset({"radio", "select"})


def answers_of(
    form: Form, posted: MultiDict[str, str], zone: ZoneInfo, language: str
) -> dict[str, object]:
    """The answers in a posted page."""
    reader = _Reader(posted, frozenset(posted.getlist("shown")), zone, language)
    out: dict[str, object] = {}
    reader.read(form.components, (), (), out)
    return out


@dataclass(frozen=True, slots=True)
class _Reader:
    posted: MultiDict[str, str]
    shown: frozenset[str]
    zone: ZoneInfo
    language: str

    def read(
        self,
        components: Sequence[Component],
        prefix: tuple[str, ...],
        row: Path,
        out: dict[str, object],
    ) -> None:
        for component in components:
            place = (*prefix, *component.steps)
            path: Path = (*row, *place)
            if component.binding == "group":
                self.read(component.children, place, row, out)
            elif component.rows is not None:
                if rows_of(path) in self.posted:
                    put(out, place, self.rows(component, path, component.rows.maximum))
            elif component.binding == "value" and not component.computed:
                value = self.value(component, name_of(path))
                if value is not MISSING:
                    put(out, place, value)

    def rows(self, component: Component, path: Path, most: int) -> list[object]:
        written = self.posted[rows_of(path)]
        # One more than allowed is kept, so that the check can say it is too many.
        count = min(int(written), most + 1) if written.isascii() and written.isdigit() else 0
        rows: list[object] = []
        for index in range(count):
            row: dict[str, object] = {}
            self.read(component.children, (), (*path, index), row)
            rows.append(row)
        return rows

    def value(self, component: Component, name: str) -> object:
        kind = component.type
        if (kept := self.posted.get(KEPT + name)) is not None:
            return from_wire(kept)
        if kind == "checkbox":
            return name in self.posted if name in self.shown else MISSING
        if kind in _MANY:
            held = [from_wire(one) for one in self.posted.getlist(name) if one]
            return held if name in self.shown else MISSING
        text = self.posted.get(name)
        if text is None:
            return None if name in self.shown else MISSING
        if kind in _ONE:
            return from_wire(text)
        if kind == "number":
            return read_number(text, component, self.language)
        if kind == "datetime":
            return read_moment(text, component, self.zone)
        return text.replace("\r\n", "\n")
