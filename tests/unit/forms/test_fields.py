"""Each kind of field: what it takes, what it refuses and with which code."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine.feel import Environment


def codes(form, answers, context=None, **kwargs):
    result = form.validate(answers, context or {}, **kwargs)
    return [(fault.pointer, fault.code) for fault in result.faults]


FIELDS = {
    "text": {"type": "textfield", "key": "x", "validate": {"minLength": 2, "maxLength": 4}},
    "area": {"type": "textarea", "key": "x", "validate": {"maxLength": 3}},
    "pattern": {"type": "textfield", "key": "x", "validate": {"pattern": "^[A-Z]{2}$"}},
    "email": {"type": "textfield", "key": "x", "validate": {"validationType": "email"}},
    "phone": {"type": "textfield", "key": "x", "validate": {"validationType": "phone"}},
    "number": {"type": "number", "key": "x", "validate": {"min": 1, "max": "10"}},
    "digits": {"type": "number", "key": "x", "decimalDigits": 2},
    "whole": {"type": "number", "key": "x", "decimalDigits": 0},
    "step": {"type": "number", "key": "x", "increment": "0.5"},
    "as text": {
        "type": "number",
        "key": "x",
        "serializeToString": True,
        "validate": {"min": 0, "max": 100},
    },
    "checkbox": {"type": "checkbox", "key": "x"},
    "radio": {"type": "radio", "key": "x", "values": [{"label": "A", "value": "a"}]},
    "checklist": {
        "type": "checklist",
        "key": "x",
        "values": [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}],
    },
    "date": {"type": "datetime", "key": "x", "subtype": "date"},
    "time": {"type": "datetime", "key": "x", "subtype": "time"},
    "moment": {
        "type": "datetime",
        "key": "x",
        "subtype": "datetime",
        "timeSerializingFormat": "no_timezone",
    },
    "files": {"type": "filepicker", "key": "x", "multiple": True},
    "file": {"type": "filepicker", "key": "x"},
}

GOOD = [
    ("text", "đủ"),
    ("text", ""),
    ("text", None),
    ("area", "abc"),
    ("pattern", "AB"),
    ("email", "van.lam@hai-chau.example.vn"),
    ("phone", "0912 345 678"),
    ("phone", "+84912345678"),
    ("phone", "0084-236-3822-222"),
    ("number", 10),
    ("number", Decimal("1.5")),
    ("digits", Decimal("1.25")),
    ("digits", 1.25),
    ("whole", 3),
    ("step", 2.5),
    ("as text", "99.50"),
    ("checkbox", False),
    ("radio", "a"),
    ("radio", ""),
    ("checklist", ["a", "b"]),
    ("date", "2026-11-23"),
    ("time", "15:00+07:00"),
    ("moment", "2026-11-23T15:00"),
    ("files", ["9007199254740993", "2"]),
    ("file", []),
]
BAD = [
    ("text", "ă", "too-short"),
    ("text", "quá dài", "too-long"),
    ("text", 5, "wrong-type"),
    ("text", ["a"], "wrong-type"),
    ("area", "abcd", "too-long"),
    ("pattern", "ab", "pattern"),
    ("email", "lam@", "email"),
    ("phone", "12", "phone"),
    ("phone", "0912 345 67a", "phone"),
    ("number", 0, "minimum"),
    ("number", Decimal("10.0001"), "maximum"),
    ("number", "5", "wrong-type"),
    ("number", True, "wrong-type"),
    ("digits", Decimal("1.255"), "decimal-digits"),
    ("whole", 1.5, "wrong-type"),
    ("step", Decimal("2.3"), "increment"),
    ("as text", "101", "maximum"),
    ("as text", "1e3", "wrong-type"),
    ("as text", 5, "wrong-type"),
    ("checkbox", "true", "wrong-type"),
    ("radio", "b", "not-an-option"),
    ("checklist", ["a", "c"], "not-an-option"),
    ("checklist", ["a", "a"], "duplicate-item"),
    ("date", "23/11/2026", "date"),
    ("date", "2026-02-30", "date"),
    ("time", "15:00", "time"),
    ("time", "25:00+07:00", "time"),
    ("moment", "2026-11-23T15:00Z", "datetime"),
    ("files", ["../../etc/passwd"], "file"),
    ("file", ["1", "2"], "too-many-rows"),
    ("text", "a\x00b", "control-character"),
]


@pytest.mark.parametrize(("field", "value"), GOOD)
def test_a_good_value_is_taken(form, field, value):
    result = form(FIELDS[field]).validate({"x": value}, {})

    assert result.faults == ()
    assert "x" in result.values


@pytest.mark.parametrize(("field", "value", "code"), BAD)
def test_a_bad_value_is_refused_with_place_and_code(form, field, value, code):
    result = form(FIELDS[field]).validate({"x": value}, {})

    assert {fault.code for fault in result.faults} == {code}
    assert all(fault.pointer.startswith("/x") for fault in result.faults)


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_a_required_field_wants_an_answer(form, field):
    base = FIELDS[field]
    must = form({**base, "validate": {**base.get("validate", {}), "required": True}})

    assert codes(must, {}) == [("/x", "required")]
    assert codes(must, {"x": None}) == [("/x", "required")]


def test_an_unticked_required_checkbox_is_no_answer(form):
    box = form({"type": "checkbox", "key": "x", "validate": {"required": True}})

    assert codes(box, {"x": False}) == [("/x", "required")]
    assert codes(box, {"x": True}) == []


def test_blank_text_is_no_answer_and_text_is_trimmed_and_composed(form):
    field = form({"type": "textfield", "key": "x", "validate": {"required": True}})

    assert codes(field, {"x": " \t "}) == [("/x", "required")]
    decomposed = "  Đa\u0300 Nă\u0303ng "
    assert field.validate({"x": decomposed}, {}).values == {"x": "Đà Nẵng"}


def test_a_key_in_nfd_is_the_same_key(form):
    field = form({"type": "textfield", "key": "họ_tên"})

    assert field.validate({"ho\u0323_te\u0302n": "Lâm"}, {}).values == {"họ_tên": "Lâm"}


def test_the_author_s_own_sentence_is_said(form):
    field = form(
        {
            "type": "textfield",
            "key": "x",
            "label": "Số định danh",
            "validate": {"pattern": "^[0-9]{12}$", "patternErrorMessage": "cần đúng 12 chữ số"},
        }
    )

    fault = field.validate({"x": "12"}, {}).faults[0]

    assert fault.sentence == "Số định danh: cần đúng 12 chữ số"
    assert fault.texts["en"].startswith("Số định danh: ")


def test_sentences_never_repeat_the_value(form):
    secret = "bí-mật-của-công-dân"
    field = form({"type": "number", "key": "x"}, {"type": "textfield", "key": "y"})

    result = field.validate({"x": secret, "y": {"z": secret}, "w": secret}, {})

    assert len(result.faults) == 3
    assert secret not in repr(result.faults)


def test_limits_may_be_feel(form):
    field = form(
        {"type": "number", "key": "x", "validate": {"max": "=limit * 2"}},
        {"type": "textfield", "key": "t", "validate": {"minLength": "=limit"}},
    )

    assert codes(field, {"x": 6, "t": "abc"}, {"limit": 3}) == []
    assert codes(field, {"x": 7, "t": "ab"}, {"limit": 3}) == [
        ("/x", "maximum"),
        ("/t", "too-short"),
    ]
    assert codes(field, {"x": 7, "t": "ab"}, {}) == []


def test_the_past_is_measured_where_the_installation_is(form):
    field = form({"type": "datetime", "key": "x", "subtype": "date", "disallowPassedDates": True})
    env = Environment(
        now=lambda: datetime(2026, 11, 22, 18, 0, tzinfo=UTC), zone=ZoneInfo("Asia/Ho_Chi_Minh")
    )

    assert codes(field, {"x": "2026-11-23"}, env=env) == []
    assert codes(field, {"x": "2026-11-22"}, env=env) == [("/x", "past-date")]


def test_named_files_are_told_for_the_permission_check(form):
    files = form({"type": "filepicker", "key": "x", "multiple": True})

    assert files.validate({"x": ["7", "8"]}, {}).files == ("7", "8")


@pytest.mark.parametrize("answers", [None, [], "x", 5])
def test_answers_must_be_an_object(form, answers):
    assert codes(form(), answers) == [("", "not-an-object")]


def test_unknown_keys_are_refused_at_every_depth(form):
    nested = form({"type": "group", "path": "a", "components": [{"type": "number", "key": "b.c"}]})

    found = codes(nested, {"a": {"b": {"c": 1, "d": 2}, "e": 3}, "typename": 4})

    assert found == [
        ("/typename", "unknown-key"),
        ("/a/e", "unknown-key"),
        ("/a/b/d", "unknown-key"),
    ] or set(found) == {
        ("/typename", "unknown-key"),
        ("/a/e", "unknown-key"),
        ("/a/b/d", "unknown-key"),
    }


def test_too_deep_answers_are_refused(form):
    deep: object = 1
    for _ in range(40):
        deep = {"a": deep}

    assert ("too-deep") in [code for _, code in codes(form({"type": "number", "key": "a.b"}), deep)]
