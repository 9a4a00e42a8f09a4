"""Overlaps and gaps of UNIQUE tables."""

from __future__ import annotations

import pytest


def findings(dmn, *parts, **columns):
    return dmn.load(dmn.decision("d", dmn.table(*parts, **columns))).findings


def examples(dmn, *parts, **columns):
    return [(one.code, one.rules, dict(one.example)) for one in findings(dmn, *parts, **columns)]


@pytest.mark.parametrize(
    "cells",
    [
        ("< 18", ">= 18"),
        ("[0..10)", "[10..20]", "< 0", "> 20"),
        ("true", "false"),
        ("not(5)", "5"),
        ('"A"', '"B", "C"', 'not("A", "B", "C")'),
        ('< date("2026-01-01")', '>= date("2026-01-01")'),
        ('<= @"2026-01-01"', '>= @"2026-01-02"'),
        ('< duration("P1Y")', '>= duration("P12M")'),
        ('< duration("PT1H")', '>= duration("PT60M")'),
        ("<= 5", "> 5"),
        ("-",),
    ],
)
def test_complete_tables_have_no_findings(dmn, cells):
    assert findings(dmn, "a", "r", *(f"{cell} => 1" for cell in cells)) == ()


@pytest.mark.parametrize(
    ("cells", "example"),
    [
        (("<= 18", ">= 18"), "18"),
        (("[1..5]", "(4..9)", "< 1", ">= 9"), "4.5"),
        (("true, false", "true"), "true"),
        (("-", '"A"'), '"A"'),
        (('<= date("2026-01-31")', '> date("2026-01-30")'), 'date("2026-01-31")'),
    ],
)
def test_an_overlap_is_told_with_rules_and_example(dmn, cells, example):
    found = examples(dmn, "a", "r", *(f"{cell} => 1" for cell in cells))

    assert found == [("rules-overlap", (1, 2), {"a": example})]


@pytest.mark.parametrize(
    ("cells", "example"),
    [
        (("< 18", "> 18"), "18"),
        (("<= 9", ">= 10"), "9.5"),
        (("true",), "false"),
        (('"A"', '"B"'), '"?"'),
        (('< date("2026-01-01")', '> date("2026-01-01")'), 'date("2026-01-01")'),
    ],
)
def test_a_gap_is_told_with_an_example(dmn, cells, example):
    found = examples(dmn, "a", "r", *(f"{cell} => 1" for cell in cells))

    assert found == [("rules-gap", (), {"a": example})]


def test_columns_are_looked_at_together(dmn):
    rules = ("< 18 | - => 1", ">= 18 | true => 2", ">= 20 | false => 3")

    assert examples(dmn, "tuổi | cư trú", "r", *rules) == [
        ("rules-gap", (), {"tuổi": "18", "cư trú": "false"})
    ]


def test_the_sentence_says_what_to_look_at(dmn):
    (finding,) = findings(dmn, "tuổi", "r", "< 19 => 1", "> 17 => 1")

    assert finding.sentence == (
        "rules 1 and 2 both match tuổi = 18; a UNIQUE table has no result there"
    )
    assert finding.where.element == "rule2"


def test_a_default_output_fills_gaps(dmn):
    default = "<defaultOutputEntry><text>0</text></defaultOutputEntry>"

    assert findings(dmn, "a", "r", "< 18 => 1", out1=default) == ()


@pytest.mark.parametrize("policy", ["FIRST", "COLLECT", "ANY", "PRIORITY", "RULE ORDER"])
def test_only_unique_tables_are_looked_at(dmn, policy):
    assert findings(dmn, "a", "r", "> 1 => 1", "> 2 => 1", attributes=f'hitPolicy="{policy}"') == ()


@pytest.mark.parametrize("cell", ["> b", 'starts with(?, "x")', "? > 3", "b"])
def test_a_cell_that_is_not_simple_leads_to_no_guess(dmn, cell):
    assert findings(dmn, "a", "r", "< 1 => 1", f"{cell} => 2") == ()


def test_values_of_two_kinds_lead_to_no_guess(dmn):
    assert findings(dmn, "a", "r", '"x" => 1', "5 => 2") == ()


def test_allowed_values_limit_the_domain(dmn):
    values = '<inputValues><text>"A", "B"</text></inputValues>'

    assert findings(dmn, "a", "r", '"A" => 1', '"B" => 2', in1=values) == ()
    assert examples(dmn, "a", "r", '"A" => 1', in1=values) == [("rules-gap", (), {"a": '"B"'})]


def test_allowed_values_come_from_the_type_of_the_input(dmn):
    content = "<typeRef>string</typeRef>" + dmn.allowed('"A", "B"')
    person = dmn.component("hạng", "tHạng")
    model = dmn.load(
        dmn.item("tHạng", content),
        dmn.item("tNgười", person),
        dmn.input("người", "tNgười"),
        dmn.decision("d", dmn.table("người.hạng", "r", '"A" => 1', '"B" => 2'), "i:người"),
        dmn.decision("e", dmn.table("người.hạng", "r", '"A" => 1'), "i:người"),
    )

    assert [dict(one.example) for one in model.findings] == [{"người.hạng": '"B"'}]


def test_tables_deep_inside_are_looked_at(dmn):
    inner = dmn.context(x=dmn.table("a", "r", "< 1 => 1"), _=dmn.literal("x"))
    model = dmn.load(dmn.knowledge("f", "a", inner))

    assert [one.code for one in model.findings] == ["rules-gap"]


def test_large_tables_are_checked_in_time(dmn):
    rules = [f"[{i}..{i + 1}) | - => {i}" for i in range(600)]
    (gap_below, gap_above) = examples(dmn, "a | b", "r", *rules)

    assert [gap_below[2]["a"], gap_above[2]["a"]] == ["-1", "600"]
