"""What becomes of the rules that match."""

from __future__ import annotations

from decimal import Decimal

import pytest

RISK = ("> 10 => 1", "> 20 => 2", "> 30 => 1")


def table(dmn, policy, *rules, **columns):
    return dmn.table("a:number", "r", *rules, attributes=f'hitPolicy="{policy}"', **columns)


def test_unique_gives_the_one_match(dmn):
    assert dmn.value(dmn.table("a", "r", "< 5 => 1", ">= 5 => 2"), a=Decimal(7)) == 2


def test_unique_with_two_matches_is_null_and_says_so(dmn):
    result = dmn.evaluate(table(dmn, "UNIQUE", *RISK), a=Decimal(25))

    assert result.value is None
    assert [warning.code for warning in result.warnings] == ["hit-policy"]


def test_any_gives_the_common_result(dmn):
    rules = ("> 10 => 1", "> 20 => 1", "> 30 => 2")

    assert dmn.value(table(dmn, "ANY", *rules), a=Decimal(25)) == 1


def test_any_with_different_results_is_null(dmn):
    assert dmn.value(table(dmn, "ANY", *RISK), a=Decimal(35)) is None


def test_first_gives_the_first_rule(dmn):
    assert dmn.value(table(dmn, "FIRST", "> 20 => 2", "> 10 => 1"), a=Decimal(25)) == 2


def test_rule_order_gives_all_in_the_order_of_the_rules(dmn):
    assert dmn.value(table(dmn, "RULE ORDER", *RISK), a=Decimal(35)) == [1, 2, 1]


@pytest.mark.parametrize(("policy", "expected"), [("PRIORITY", 2), ("OUTPUT ORDER", [2, 1, 1])])
def test_output_values_give_the_priority(dmn, policy, expected):
    values = "<outputValues><text>2, 1</text></outputValues>"

    assert dmn.value(table(dmn, policy, *RISK, out1=values), a=Decimal(35)) == expected


def test_priority_of_several_outputs_goes_column_by_column(dmn):
    values = '<outputValues><text>"high", "low"</text></outputValues>'
    logic = dmn.table(
        "",
        "risk | rate",
        '=> "low" | 1',
        '=> "high" | 2',
        '=> "high" | 1',
        attributes='hitPolicy="OUTPUT ORDER"',
        out1=values,
        out2="<outputValues><text>1, 2</text></outputValues>",
    )

    result = dmn.value(logic)

    assert [(one["risk"], one["rate"]) for one in result] == [("high", 1), ("high", 2), ("low", 1)]


@pytest.mark.parametrize(
    ("aggregation", "expected"), [("SUM", 4), ("MIN", 1), ("MAX", 2), ("COUNT", 3)]
)
def test_collect_aggregates(dmn, aggregation, expected):
    logic = dmn.table(
        "a", "r", *RISK, attributes=f'hitPolicy="COLLECT" aggregation="{aggregation}"'
    )

    assert dmn.value(logic, a=Decimal(35)) == expected


@pytest.mark.parametrize(("aggregation", "expected"), [("SUM", None), ("COUNT", 0)])
def test_collect_of_nothing(dmn, aggregation, expected):
    logic = dmn.table(
        "a", "r", *RISK, attributes=f'hitPolicy="COLLECT" aggregation="{aggregation}"'
    )

    assert dmn.value(logic, a=Decimal(1)) == expected


def test_collect_without_aggregation_is_a_list_even_of_nothing(dmn):
    assert dmn.value(table(dmn, "COLLECT", *RISK), a=Decimal(35)) == [1, 2, 1]
    assert dmn.value(table(dmn, "COLLECT", *RISK), a=Decimal(1)) == []


def test_no_match_gives_the_default_output(dmn):
    default = "<defaultOutputEntry><text>99</text></defaultOutputEntry>"

    assert dmn.value(table(dmn, "UNIQUE", "> 10 => 1", out1=default), a=Decimal(1)) == 99


def test_no_match_without_default_is_null(dmn):
    assert dmn.value(table(dmn, "UNIQUE", "> 10 => 1"), a=Decimal(1)) is None


def test_a_default_of_one_column_leaves_the_others_null(dmn):
    default = "<defaultOutputEntry><text>99</text></defaultOutputEntry>"
    logic = dmn.table("a", "r | s", "> 10 => 1 | 2", out1=default)

    assert dmn.value(logic, a=Decimal(1)) == {"r": 99, "s": None}
