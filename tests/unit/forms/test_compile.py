"""Reading a ``.form`` file: what is accepted as exported, and what is refused with its place."""

from __future__ import annotations

import json

import pytest

from engine.errors import InvalidInput
from engine.forms import compile_form
from engine.forms.catalogue import KINDS


def refusals(source):
    with pytest.raises(InvalidInput) as caught:
        compile_form(source, "thu.form")
    return [(fault.pointer, fault.code) for fault in caught.value.faults]


EVERY = [
    {"type": "textfield", "key": "a", "label": "Họ tên", "appearance": {"prefixAdorner": "@"}},
    {"type": "textarea", "key": "b", "description": "={{a}}" and "Ghi rõ"},
    {"type": "number", "key": "c", "increment": "0.1", "decimalDigits": 1},
    {"type": "checkbox", "key": "d", "defaultValue": True},
    {"type": "checklist", "key": "e", "valuesExpression": "=units"},
    {"type": "radio", "key": "f", "values": [{"label": "A", "value": "a"}]},
    {"type": "select", "key": "g", "valuesKey": "units", "searchable": True},
    {"type": "taglist", "key": "h", "values": [{"label": "A", "value": "a"}]},
    {"type": "datetime", "key": "i", "subtype": "datetime", "dateLabel": "Ngày", "use24h": True},
    {"type": "filepicker", "key": "j", "multiple": "=true", "accept": ".pdf"},
    {"type": "expression", "key": "k", "expression": "=c * 2", "computeOn": "change"},
    {"type": "group", "label": "Nhóm", "components": [{"type": "textfield", "key": "l"}]},
    {
        "type": "dynamiclist",
        "path": "m",
        "isRepeating": True,
        "allowAddRemove": True,
        "components": [],
    },
    {
        "type": "table",
        "dataSource": "=m",
        "columns": [{"label": "Tên", "key": "name"}],
        "rowCount": 5,
    },
    {"type": "text", "text": "Xin chào {{a}}, {{#if d}}đã **tích**{{/if}}"},
    {"type": "html", "content": "<p>{{#loop m}}{{this.name}}{{/loop}}</p>"},
    {"type": "image", "source": "/files/quoc-huy.svg", "alt": "Quốc huy"},
    {"type": "iframe", "url": "/huong-dan", "height": 60, "security": {"allowForms": False}},
    {"type": "separator"},
    {"type": "spacer", "height": 60},
    {"type": "documentPreview", "dataSource": "=j", "title": "Bản quét", "maxHeight": 300},
    {"type": "button", "label": "Gửi", "action": "submit"},
]


def test_every_component_type_of_form_js_compiles_as_exported(text):
    exported = text(
        *(
            {**one, "id": f"Field_{n}", "layout": {"row": f"Row_{n}", "columns": None}}
            for n, one in enumerate(EVERY)
        ),
        exporter={"name": "Camunda Modeler", "version": "5.41.0"},
        executionPlatform="Camunda Cloud",
        executionPlatformVersion="8.8.0",
        versionTag="1.0",
    )

    form = compile_form(exported, "thu.form")

    assert {one.type for one in form.walk()} == set(KINDS)
    assert form.warnings == ()
    assert (form.id, form.version_tag) == ("thu", "1.0")


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("không phải JSON", ("", "form-json")),
        ("[]", ("", "form-json")),
        ('{"type": "default", "type": "x"}', ("", "form-json")),
        ('{"type": "default", "id": "x", "components": NaN}', ("", "form-json")),
        ("[" * 100_000, ("", "form-json")),
        (b"\xff\xfe", ("", "form-json")),
        ('{"type": "default", "id": "x"}', ("/components", "form-components")),
        ('{"type": "process", "id": "x", "components": []}', ("/type", "form-type")),
        ('{"type": "default", "components": []}', ("/id", "form-id")),
        (
            '{"type": "default", "id": "x", "components": [], "schemaVersion": "a"}',
            ("/schemaVersion", "form-schema-version"),
        ),
    ],
)
def test_what_is_no_form_is_refused(source, fault):
    assert fault in refusals(source)


@pytest.mark.parametrize(
    ("component", "fault"),
    [
        ({"type": "map"}, ("/components/0/type", "form-component-type")),
        ({"type": "textfield"}, ("/components/0/key", "form-property")),
        ({"type": "textfield", "key": "1a"}, ("/components/0/key", "form-property")),
        ({"type": "textfield", "key": "a..b"}, ("/components/0/key", "form-property")),
        (
            {"type": "number", "key": "a", "decimalDigits": -1},
            ("/components/0/decimalDigits", "form-property"),
        ),
        (
            {"type": "textfield", "key": "a", "validate": {"pattern": "(a"}},
            ("/components/0/validate/pattern", "form-pattern"),
        ),
        (
            {"type": "textfield", "key": "a", "validate": {"pattern": r"(a)\1"}},
            ("/components/0/validate/pattern", "form-pattern"),
        ),
        (
            {"type": "textfield", "key": "a", "validate": {"minLength": "=1 +"}},
            ("/components/0/validate/minLength", "form-property"),
        ),
        (
            {"type": "textfield", "key": "a", "conditional": {"hide": "=if"}},
            ("/components/0/conditional/hide", "form-expression"),
        ),
        (
            {"type": "textfield", "key": "a", "conditional": {"hide": "a = 1"}},
            ("/components/0/conditional/hide", "form-expression"),
        ),
        (
            {"type": "textfield", "key": "a", "readonly": "=)"},
            ("/components/0/readonly", "form-property"),
        ),
        (
            {"type": "expression", "key": "a", "expression": "a"},
            ("/components/0/expression", "form-property"),
        ),
        ({"type": "select", "key": "a"}, ("/components/0/values", "form-options")),
        (
            {"type": "select", "key": "a", "values": [], "valuesKey": "b"},
            ("/components/0/values", "form-options"),
        ),
        ({"type": "table", "dataSource": "=a"}, ("/components/0/columns", "form-property")),
        (
            {"type": "image", "source": "https://example.org/a.png"},
            ("/components/0/source", "form-property"),
        ),
        (
            {"type": "image", "source": "//example.org/a.png"},
            ("/components/0/source", "form-property"),
        ),
        ({"type": "iframe", "url": "javascript:alert(1)"}, ("/components/0/url", "form-property")),
        ({"type": "text", "text": "{{#if a}}x"}, ("/components/0/text", "form-property")),
        ({"type": "text", "text": "{{a +}}"}, ("/components/0/text", "form-property")),
        (
            {"type": "dynamiclist", "path": "a", "components": []},
            ("/components/0/isRepeating", "form-property"),
        ),
        (
            {"type": "group", "components": [{"type": "x"}]},
            ("/components/0/components/0/type", "form-component-type"),
        ),
        ("x", ("/components/0", "form-component")),
    ],
)
def test_a_wrong_component_is_refused_where_it_stands(text, component, fault):
    assert refusals(text(component)) == [fault]


def test_all_faults_are_told_at_once(text):
    found = refusals(text({"type": "textfield"}, {"type": "number", "key": "a", "increment": "x"}))

    assert [pointer for pointer, _ in found] == ["/components/0/key", "/components/1/increment"]


@pytest.mark.parametrize(
    ("first", "second"), [("a", "a"), ("a", "a.b"), ("a.b", "a"), ("a.b.c", "a.b")]
)
def test_one_place_holds_one_field(text, first, second):
    found = refusals(text({"type": "number", "key": first}, {"type": "number", "key": second}))

    assert found == [("/components/1/key", "form-duplicate-key")]


def test_two_groups_may_share_an_object(form):
    made = form(
        {"type": "group", "path": "a", "components": [{"type": "number", "key": "x"}]},
        {"type": "group", "path": "a", "components": [{"type": "number", "key": "y"}]},
    )

    assert made.validate({"a": {"x": 1, "y": 2}}, {}).values == {"a": {"x": 1, "y": 2}}


def test_ids_are_unique(text):
    found = refusals(text({"type": "separator", "id": "s"}, {"type": "spacer", "id": "s"}))

    assert found == [("/components/1/id", "form-duplicate-id")]


def test_a_property_without_effect_is_a_warning(form):
    made = form({"type": "separator", "key": "a"}, colour="red", schemaVersion=99)

    assert {fault.pointer for fault in made.warnings} == {
        "/components/0/key",
        "/colour",
        "/schemaVersion",
    }


def test_text_in_nfd_is_composed(text):
    made = compile_form(
        text({"type": "number", "key": "a", "label": "Số tra\u0323ng"}).encode(), "x"
    )

    assert next(made.walk()).label == "Số trạng"


def test_a_pattern_cannot_hang_the_server(form):
    made = form({"type": "textfield", "key": "x", "validate": {"pattern": "^(a+)+$"}})

    assert made.validate({"x": "a" * 50_000 + "!"}, {}).faults[0].code == "pattern"


def test_the_schema_is_json_schema_2020_12(form):
    import jsonschema

    made = form(*(one for one in EVERY if one["type"] != "iframe"))

    jsonschema.Draft202012Validator.check_schema(json.loads(json.dumps(made.schema)))
    assert made.schema["additionalProperties"] is False
