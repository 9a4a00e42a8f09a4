"""Forms drawn and read back: every component has a shape, and a page posts what it showed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from werkzeug.datastructures import MultiDict

from engine.forms import Form, compile_form
from engine.forms.catalogue import KINDS
from web.forms import answers_of, changed_rows, drawn, first_answers
from web.forms.pieces import KEPT, Piece
from web.forms.wire import from_wire, read_number, show_number, to_wire

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
VALUES = {"values": [{"label": "Một", "value": 1}, {"label": "Hai", "value": "hai"}]}
EXTRA: Mapping[str, Mapping[str, object]] = {
    **{kind: VALUES for kind in ("radio", "select", "checklist", "taglist")},
    "expression": {"expression": "=1 + 1"},
    "datetime": {"subtype": "date"},
    "table": {"dataSource": "=rows", "columns": [{"label": "Tên", "key": "name"}]},
    "text": {"text": "# Chào {{name}}\n\n- **một**\n- hai"},
    "html": {"content": "<p>{{name}}</p><script>alert(1)</script>"},
    "image": {"source": "/static/x.png", "alt": "Ảnh"},
    "iframe": {"url": "/xem", "label": "Xem"},
    "documentPreview": {"dataSource": "=rows", "title": "Giấy tờ"},
    "button": {"action": "reset", "label": "Lại"},
    "group": {"components": [{"type": "textfield", "id": "in", "key": "inner"}], "path": "box"},
    "dynamiclist": {
        "components": [{"type": "textfield", "id": "row", "key": "name", "label": "Tên"}],
        "path": "list",
        "isRepeating": True,
        "allowAddRemove": True,
        "defaultRepetitions": 1,
    },
}
DATA = {"name": "<b>Hồ *Hạnh*</b>", "rows": [{"name": "Giấy <khai> sinh"}]}


def form_of(*components: Mapping[str, object]) -> Form:
    body = {"type": "default", "id": "f", "schemaVersion": 19, "components": list(components)}
    return compile_form(json.dumps(body), "test")


def component(kind: str) -> dict[str, object]:
    keyed = {"key": kind} if KINDS[kind].binding == "value" else {}
    labelled = {"label": kind} if "label" in KINDS[kind].properties else {}
    return {"type": kind, "id": f"the-{kind}", **keyed, **labelled, **EXTRA.get(kind, {})}


def pieces_of(form: Form, answers: dict[str, object], context: object = None) -> list[Piece]:
    known = context if isinstance(context, dict) else DATA
    found = drawn(
        form, form.settle(answers, known), known, errors={}, zone=HANOI, language="vi",
        papers=(("17", "Bản chính.pdf"),),
    )  # fmt: skip
    return list(found)


def flat(pieces: list[Piece]) -> list[Piece]:
    found = []
    for piece in pieces:
        inner = [*piece.pieces, *(each for row in piece.rows for each in row.pieces)]
        found += [piece, *flat(inner)]
    return found


def posted(pieces: list[Piece]) -> MultiDict[str, str]:
    """What a browser posts of these pieces when nobody touches them."""
    form: MultiDict[str, str] = MultiDict()
    for piece in flat(pieces):
        if piece.marked:
            form.add("shown", piece.name)
        for name, value in piece.kept.items():
            form.add(name, value)
        if piece.locked or not piece.name:
            continue
        if piece.shape in {"input", "textarea", "rows"}:
            form.add(piece.name, piece.value)
        elif piece.shape == "checkbox" and piece.chosen:
            form.add(piece.name, "true")
        chosen = [one.wire for one in piece.choices if one.chosen]
        if piece.shape == "select":
            form.add(piece.name, chosen[0] if chosen else "")
        elif piece.shape in {"radios", "checks"}:
            for one in chosen:
                form.add(piece.name, one)
    return form


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "expression"])
def test_every_component_is_drawn(kind: str) -> None:
    form = form_of(component(kind))

    (piece,) = pieces_of(form, first_answers(form, DATA))

    assert piece.shape


def test_a_computed_value_is_not_drawn_and_not_read() -> None:
    form = form_of(component("expression"))

    assert pieces_of(form, {}) == []
    assert answers_of(form, MultiDict({"f/expression": "9"}), HANOI, "vi") == {}


def test_a_page_posts_back_what_it_showed() -> None:
    answers: dict[str, object] = {
        "textfield": "Đỗ",
        "textarea": "hai\ndòng",
        "number": Decimal("1.5"),
        "checkbox": True,
        "checklist": [1, "hai"],
        "radio": 1,
        "select": "hai",
        "taglist": [1],
        "datetime": "2026-11-23",
        "filepicker": ["17"],
        "list": [{"name": "một"}, {"name": "hai"}],
        "box": {"inner": "trong"},
    }
    kinds = [*(key for key in answers if key in KINDS), "dynamiclist", "group"]
    form = form_of(*(component(kind) for kind in kinds))

    again = answers_of(form, posted(pieces_of(form, answers)), HANOI, "vi")

    assert again == answers
    assert form.validate(again, {}).faults == ()


@pytest.mark.parametrize(
    ("subtype", "serialised", "value", "shown"),
    [
        ("datetime", "utc_offset", "2026-11-23T15:00+07:00", "2026-11-23T15:00"),
        ("datetime", "utc_normalized", "2026-11-23T08:00Z", "2026-11-23T15:00"),
        ("time", "no_timezone", "15:00", "15:00"),
        ("time", "utc_offset", "15:00+07:00", "15:00"),
    ],
)
def test_moments_are_shown_local_and_kept_as_the_form_says(
    subtype: str, serialised: str, value: str, shown: str
) -> None:
    facts = {"subtype": subtype, "timeSerializingFormat": serialised}
    form = form_of({**component("datetime"), **facts})

    pieces = pieces_of(form, {"datetime": value})

    assert pieces[0].value == shown
    assert answers_of(form, posted(pieces), HANOI, "vi") == {"datetime": value}


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("200.000", "vi", 200_000),
        ("200,000", "en", 200_000),
        ("1,5", "vi", Decimal("1.5")),
        (" 1 000 ", "vi", 1000),
        ("", "vi", None),
        ("năm", "vi", "năm"),
    ],
)
def test_numbers_as_they_are_written_here(text: str, language: str, number: object) -> None:
    (field,) = form_of(component("number")).components

    assert read_number(text, field, language) == number


def test_a_number_is_shown_with_the_comma_of_its_language() -> None:
    assert (show_number(Decimal("1.5"), "vi"), show_number(Decimal("1.5"), "en")) == ("1,5", "1.5")


@pytest.mark.parametrize("value", ["json:1", 1, True, {"b": 1, "a": [None]}, "thường"])
def test_choices_survive_the_wire(value: object) -> None:
    assert from_wire(to_wire(value)) == value


def test_data_is_never_markup() -> None:
    form = form_of(component("text"), component("html"))

    text, html = pieces_of(form, {})

    assert "<b>" not in text.html + html.html
    assert "&lt;b&gt;Hồ *Hạnh*" in text.html
    assert "<strong>một</strong>" in text.html
    assert "script" not in html.html


def test_html_from_an_expression_cannot_smuggle_script_in_braces() -> None:
    form = form_of({"type": "html", "id": "h", "content": "=name"})

    (piece,) = pieces_of(form, {}, {"name": "{{<script>alert(1)</script>}}<i>x</i>"})

    assert "<script" not in piece.html
    assert "<i>x</i>" in piece.html


def test_rows_are_added_and_removed_within_their_limits() -> None:
    limits = {"minItems": "1", "maxItems": "2"}
    form = form_of({**component("dynamiclist"), "properties": limits})
    answers: dict[str, object] = {"list": [{"name": "một"}]}
    placed = form.settle(answers, {}).placed

    assert not changed_rows("remove:/list/0", answers, placed)
    assert changed_rows("add:/list", answers, placed)
    assert not changed_rows("add:/list", answers, placed)
    assert not changed_rows("add:/other", answers, placed)
    assert changed_rows("remove:/list/0", answers, placed)
    assert answers == {"list": [{}]}


def test_a_locked_value_travels_with_its_row() -> None:
    listed = component("dynamiclist")
    listed["components"] = [
        {"type": "textfield", "id": "n", "key": "name", "readonly": True},
        {"type": "textfield", "id": "m", "key": "number"},
    ]
    form = form_of(listed)
    context = {"list": [{"name": "một"}, {"name": "hai"}]}
    pieces = pieces_of(form, {}, context)

    page = posted(pieces)

    assert page[f"{KEPT}f/list/1/name"] == "hai"
    answers = answers_of(form, page, HANOI, "vi")
    assert changed_rows("remove:/list/0", answers, form.settle(answers, context).placed)
    checked = form.validate(answers, context)
    assert checked.faults == ()
    assert checked.values["list"] == [{"name": "hai", "number": ""}]


def test_a_hidden_field_is_neither_drawn_nor_read() -> None:
    asked = {"type": "textfield", "id": "a", "key": "a", "conditional": {"hide": "=true"}}
    form = form_of(asked, component("number"))

    pieces = pieces_of(form, {})

    assert [piece.name for piece in pieces] == ["f/number"]
    assert answers_of(form, posted(pieces), HANOI, "vi") == {"number": None}
