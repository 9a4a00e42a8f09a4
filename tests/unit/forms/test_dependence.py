"""What depends on other values: conditions, computed values, locks, options, lists."""

from __future__ import annotations

from decimal import Decimal

import pytest

OUTCOME = {
    "type": "radio",
    "key": "outcome",
    "values": [{"label": "Nhận", "value": "accept"}, {"label": "Từ chối", "value": "refuse"}],
    "validate": {"required": True},
}
REASON = {
    "type": "textarea",
    "key": "reason",
    "label": "Lý do",
    "conditional": {"hide": '=outcome != "refuse"'},
    "validate": {"required": True},
}


def codes(form, answers, context=None):
    faults = form.validate(answers, context or {}).faults
    return [(fault.pointer, fault.code) for fault in faults]


def test_a_hidden_field_is_neither_required_nor_kept(form):
    made = form(OUTCOME, REASON)

    result = made.validate({"outcome": "accept", "reason": 5}, {})

    assert result.faults == ()
    assert result.values == {"outcome": "accept"}


def test_a_shown_conditional_field_is_required(form):
    assert codes(form(OUTCOME, REASON), {"outcome": "refuse"}) == [("/reason", "required")]


def test_a_hidden_group_hides_what_is_in_it(form):
    group = {
        "type": "group",
        "path": "agent",
        "conditional": {"hide": "=not(hasAgent)"},
        "components": [{"type": "textfield", "key": "name", "validate": {"required": True}}],
    }
    made = form({"type": "checkbox", "key": "hasAgent"}, group)

    assert codes(made, {"hasAgent": False, "agent": {"name": 7}}) == []
    assert codes(made, {"hasAgent": True}) == [("/agent/name", "required")]


def test_hiding_one_field_hides_those_that_depend_on_it(form):
    made = form(
        {"type": "textfield", "key": "a"},
        {"type": "textfield", "key": "b", "conditional": {"hide": '=a != "1"'}},
        {"type": "textfield", "key": "c", "conditional": {"hide": '=b != "2"'}},
    )

    assert made.validate({"a": "1", "b": "2", "c": "3"}, {}).values == {
        "a": "1",
        "b": "2",
        "c": "3",
    }
    assert made.validate({"a": "0", "b": "2", "c": "3"}, {}).values == {"a": "0"}


def test_conditions_in_a_circle_are_refused(form):
    made = form(
        {"type": "textfield", "key": "a", "conditional": {"hide": "=b = null"}},
        {"type": "textfield", "key": "b", "conditional": {"hide": "=a != null"}},
    )

    assert ("", "form-unstable") in codes(made, {"a": "1", "b": "2"})


def test_a_computed_value_is_computed_here_whatever_was_sent(form):
    made = form(
        {"type": "number", "key": "pages"},
        {"type": "expression", "key": "fee", "expression": "=pages * rate", "computeOn": "change"},
        {"type": "expression", "key": "twice", "expression": "=fee * 2", "computeOn": "presubmit"},
    )

    result = made.validate({"pages": 3, "fee": 1, "twice": "free"}, {"rate": 2000})

    assert result.faults == ()
    assert result.values == {"pages": 3, "fee": Decimal(6000), "twice": Decimal(12000)}


def test_a_computed_date_becomes_iso_text(form):
    made = form({"type": "expression", "key": "d", "expression": '=date("2026-11-23")'})

    assert made.validate({}, {}).values == {"d": "2026-11-23"}


def test_an_expression_that_runs_away_is_a_fault_not_a_crash(form):
    text = "=count(for a in 1..2000, b in 1..2000 return a)"
    made = form({"type": "expression", "key": "x", "expression": text})

    assert codes(made, {}) == [("/x", "form-expression")]


@pytest.mark.parametrize("lock", ["readonly", "disabled"])
def test_a_locked_field_keeps_the_process_s_value(form, lock):
    made = form({"type": "textfield", "key": "who", lock: True, "validate": {"required": True}})

    assert made.validate({"who": "Lâm"}, {"who": "Lâm"}).values == {}
    assert codes(made, {}, {"who": "Lâm"}) == []
    assert codes(made, {"who": "Hạnh"}, {"who": "Lâm"}) == [("/who", "read-only")]
    assert codes(made, {"who": "Hạnh"}) == [("/who", "read-only")]


def test_a_lock_may_be_feel(form):
    made = form({"type": "number", "key": "x", "readonly": "=verified"})

    assert codes(made, {"x": 2}, {"x": 1, "verified": False}) == []
    assert codes(made, {"x": 2}, {"x": 1, "verified": True}) == [("/x", "read-only")]
    assert codes(made, {"x": Decimal("1.0")}, {"x": 1, "verified": True}) == []


def test_a_group_shown_in_part_keeps_its_other_members(form):
    made = form({"type": "textfield", "key": "applicant.phone"})

    result = made.validate(
        {"applicant": {"phone": "0912 345 678"}}, {"applicant": {"name": "Lâm", "phone": ""}}
    )

    assert result.values == {"applicant": {"name": "Lâm", "phone": "0912 345 678"}}


@pytest.mark.parametrize("kind", ["select", "radio"])
def test_one_choice_from_data(form, kind):
    made = form({"type": kind, "key": "x", "valuesKey": "units"})
    context = {"units": [{"label": "Hải Châu", "value": "20242"}, "20950", 7, None]}

    assert codes(made, {"x": "20242"}, context) == []
    assert codes(made, {"x": "20950"}, context) == []
    assert codes(made, {"x": 7.0}, context) == []
    assert codes(made, {"x": "00000"}, context) == [("/x", "not-an-option")]
    assert codes(made, {"x": "20242"}, {}) == [("/x", "no-options")]


@pytest.mark.parametrize("kind", ["checklist", "taglist"])
def test_many_choices_from_an_expression(form, kind):
    made = form({"type": kind, "key": "x", "valuesExpression": "=all[item > 1]"})

    assert codes(made, {"x": [2, 3]}, {"all": [1, 2, 3]}) == []
    assert codes(made, {"x": [1]}, {"all": [1, 2, 3]}) == [("/x", "not-an-option")]


ROWS = {
    "type": "dynamiclist",
    "path": "documents",
    "label": "Giấy tờ",
    "isRepeating": True,
    "allowAddRemove": True,
    "properties": {"minItems": "1", "maxItems": "3"},
    "components": [
        {"type": "textfield", "key": "name", "validate": {"required": True}},
        {"type": "number", "key": "pages", "validate": {"max": "=maximum"}},
        {"type": "expression", "key": "long", "expression": "=this.pages > 2"},
        {
            "type": "textfield",
            "key": "note",
            "conditional": {"hide": "=not(this.long)"},
            "validate": {"required": True},
        },
        {"type": "expression", "key": "number", "expression": "=i[1]"},
        {"type": "expression", "key": "of", "expression": "=count(parent.documents)"},
    ],
}


def test_rows_see_themselves_their_number_and_the_form(form):
    answers = {"documents": [{"name": "a", "pages": 1}, {"name": "b", "pages": 3, "note": "n"}]}

    result = form(ROWS).validate(answers, {"maximum": 9})

    assert result.faults == ()
    assert result.values["documents"] == [
        {"name": "a", "pages": 1, "long": False, "number": 1, "of": 2},
        {"name": "b", "pages": 3, "long": True, "note": "n", "number": 2, "of": 2},
    ]


def test_faults_in_rows_name_the_row(form):
    answers = {"documents": [{"name": "a", "pages": 10}, {"pages": 3, "x": 1}]}

    assert sorted(codes(form(ROWS), answers, {"maximum": 5})) == [
        ("/documents/0/note", "required"),
        ("/documents/0/pages", "maximum"),
        ("/documents/1/name", "required"),
        ("/documents/1/note", "required"),
        ("/documents/1/x", "unknown-key"),
    ]


@pytest.mark.parametrize(
    ("rows", "code"),
    [([], "too-few-rows"), ([{"name": "a", "pages": 1}] * 4, "too-many-rows"), ("x", "wrong-type")],
)
def test_the_number_of_rows_is_bounded(form, rows, code):
    assert codes(form(ROWS), {"documents": rows}) == [("/documents", code)]


def test_a_missing_list_that_needs_rows_is_required(form):
    assert codes(form(ROWS), {}) == [("/documents", "required")]


FIXED = {
    "type": "dynamiclist",
    "path": "certified",
    "isRepeating": True,
    "allowAddRemove": False,
    "components": [
        {"type": "textfield", "key": "name", "readonly": True},
        {"type": "textfield", "key": "number", "validate": {"required": True}},
    ],
}
CERTIFIED = {"certified": [{"name": "a", "id": 1}, {"name": "b", "id": 2}]}


def test_fixed_rows_keep_what_the_form_does_not_show(form):
    result = form(FIXED).validate({"certified": [{"number": "12"}, {"number": "13"}]}, CERTIFIED)

    assert result.faults == ()
    assert result.values["certified"] == [
        {"name": "a", "id": 1, "number": "12"},
        {"name": "b", "id": 2, "number": "13"},
    ]


def test_fixed_rows_cannot_be_added_removed_or_renamed(form):
    made = form(FIXED)

    assert codes(made, {"certified": [{"number": "12"}]}, CERTIFIED) == [
        ("/certified", "fixed-rows")
    ]
    assert codes(made, {}, CERTIFIED) == [
        ("/certified/0/number", "required"),
        ("/certified/1/number", "required"),
    ]
    swapped = [{"name": "b", "number": "1"}, {"name": "b", "number": "2"}]
    assert codes(made, {"certified": swapped}, CERTIFIED) == [("/certified/0/name", "read-only")]


def test_a_locked_value_moves_with_its_row_but_cannot_be_made_up(form):
    movable = form({**FIXED, "allowAddRemove": True})

    kept = movable.validate({"certified": [{"name": "b", "number": "13"}]}, CERTIFIED)
    assert kept.faults == ()
    assert kept.values["certified"] == [{"name": "b", "number": "13"}]
    invented = {"certified": [{"name": "c", "number": "1"}]}
    assert codes(movable, invented, CERTIFIED) == [("/certified/0/name", "read-only")]


def test_lists_in_lists(form):
    inner = {
        "type": "dynamiclist",
        "path": "copies",
        "isRepeating": True,
        "allowAddRemove": True,
        "components": [
            {"type": "number", "key": "n", "validate": {"required": True}},
            {"type": "expression", "key": "label", "expression": "=parent.name"},
        ],
    }
    outer = {**ROWS, "components": [{"type": "textfield", "key": "name"}, inner]}

    result = form(outer).validate({"documents": [{"name": "a", "copies": [{"n": 1}, {}]}]}, {})

    assert [fault.pointer for fault in result.faults] == ["/documents/0/copies/1/n"]
    assert result.values["documents"] == [
        {"name": "a", "copies": [{"n": 1, "label": "a"}, {"label": "a"}]}
    ]
