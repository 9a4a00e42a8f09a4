"""Boxed expressions: contexts, lists, relations, conditionals, iterators, filters."""

from __future__ import annotations

from decimal import Decimal

import pytest


def test_context_entries_see_those_before_them(dmn):
    logic = dmn.context(a=dmn.literal("1"), b=dmn.literal("a + 1"), c=dmn.literal("a + b"))

    assert dmn.value(logic) == {"a": 1, "b": 2, "c": 3}


def test_a_result_entry_is_the_value_of_its_context(dmn):
    assert dmn.value(dmn.context(a=dmn.literal("20"), _=dmn.literal("a + 1"))) == 21


def test_a_typed_entry_that_does_not_fit_is_null(dmn):
    logic = f"<context>{dmn.entry('a', dmn.literal('1'), 'string')}</context>"
    result = dmn.evaluate(logic)

    assert result.value == {"a": None}
    assert result.warnings[0].sentence == "entry 'a' is no string"


def test_contexts_nest(dmn):
    inner = dmn.context(b=dmn.literal("x + 1"))

    assert dmn.value(dmn.context(x=dmn.literal("1"), y=inner)) == {"x": 1, "y": {"b": 2}}


def test_a_list_keeps_order_and_nulls(dmn):
    logic = f"<list>{dmn.literal('1')}{dmn.literal('null')}{dmn.literal('x')}</list>"

    assert dmn.value(logic, x="đ") == [1, None, "đ"]


def test_a_relation_is_a_list_of_contexts(dmn):
    cells = [dmn.literal(cell) for cell in ('"An"', "2", '"Bình"', '"x"')]
    logic = (
        '<relation><column name="tên"/><column name="số con" typeRef="number"/>'
        f"<row>{cells[0]}{cells[1]}</row><row>{cells[2]}{cells[3]}</row></relation>"
    )

    assert dmn.value(logic) == [{"tên": "An", "số con": 2}, {"tên": "Bình", "số con": None}]


@pytest.mark.parametrize(
    ("condition", "expected"), [("true", 1), ("false", 2), ("null", 2), ('"x"', None)]
)
def test_conditional(dmn, condition, expected):
    logic = (
        f"<conditional><if>{dmn.literal(condition)}</if><then>{dmn.literal('1')}</then>"
        f"<else>{dmn.literal('2')}</else></conditional>"
    )

    assert dmn.value(logic) == expected


def iteration(dmn, kind, source, tag, body):
    return (
        f'<{kind} iteratorVariable="x"><in>{dmn.literal(source)}</in>'
        f"<{tag}>{dmn.literal(body)}</{tag}></{kind}>"
    )


@pytest.mark.parametrize(
    ("source", "body", "expected"),
    [
        ("[1, 2, 3]", "x * 2", [2, 4, 6]),
        ("[1, 2, 3]", "x + count(partial)", [1, 3, 5]),
        ("[]", "x", []),
        ("5", "x + 1", [6]),
        ("null", "x", None),
    ],
)
def test_for(dmn, source, body, expected):
    assert dmn.value(iteration(dmn, "for", source, "return", body)) == expected


@pytest.mark.parametrize(
    ("kind", "source", "body", "expected"),
    [
        ("some", "[1, 2]", "x > 1", True),
        ("some", "[1, 2]", "x > 2", False),
        ("some", "[]", "true", False),
        ("some", "[1, null]", "x > 1", None),
        ("some", "[1, 2]", "x", None),
        ("every", "[1, 2]", "x > 0", True),
        ("every", "[1, 2]", "x > 1", False),
        ("every", "[]", "false", True),
        ("every", "[1, null]", "x > 0", None),
        ("every", "[1, 2]", "x", None),
    ],
)
def test_quantified(dmn, kind, source, body, expected):
    assert dmn.value(iteration(dmn, kind, source, "satisfies", body)) is expected


@pytest.mark.parametrize(
    ("source", "match", "expected"),
    [
        ("[1, 2, 3]", "item >= 2", [2, 3]),
        ('[{"số con": 1}, {"số con": 3}]', "số con > 2", [{"số con": Decimal(3)}]),
        ("[1, 2]", "item > 9", []),
        ("[1, 2]", "item", None),
        ("null", "true", None),
    ],
)
def test_filter(dmn, source, match, expected):
    logic = f"<filter><in>{dmn.literal(source)}</in><match>{dmn.literal(match)}</match></filter>"

    assert dmn.value(logic) == expected


def test_a_declared_type_converts_or_nulls(dmn):
    assert dmn.value(dmn.literal("[1]", 'typeRef="number"')) == 1
    assert dmn.value(dmn.literal('"1"', 'typeRef="number"')) is None


def test_names_with_signs_and_blanks_are_known_from_the_context(dmn):
    logic = (
        f"<context>{dmn.entry('lãi-suất năm', dmn.literal('6'))}"
        f"{dmn.entry('_', dmn.literal('lãi-suất năm / 12'))}</context>"
    )

    assert dmn.value(logic) == Decimal("0.5")
