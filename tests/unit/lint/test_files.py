"""Files that are no BPMN, or no XML, or a bomb."""

from __future__ import annotations

import time

import pytest

from engine.runtime.lint import RULES, check

LINE = (
    '<startEvent id="bắt_đầu"/><sequenceFlow id="f0" sourceRef="bắt_đầu" targetRef="t0"/>'
    '<task id="t0"/><sequenceFlow id="f1" sourceRef="t0" targetRef="e"/><endEvent id="e"/>'
)


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        (b"", "xml-syntax"),
        (b"hello", "xml-syntax"),
        (b"<a><b></a>", "xml-syntax"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "xml-doctype"),
        (b"<a/>", "not-bpmn"),
        (b'<definitions xmlns="http://www.omg.org/spec/DMN/20191111/MODEL/"/>', "not-bpmn"),
        (b"<a>" * 5000 + b"</a>" * 5000, "xml-syntax"),
    ],
)
def test_what_is_no_bpmn_is_one_finding(source: bytes, rule: str) -> None:
    found = check(source, "x.bpmn")

    assert [item.rule for item in found] == [rule]
    assert found[0].resource == "x.bpmn"


def test_an_empty_file_of_definitions_has_no_process() -> None:
    source = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'

    assert "no-process" in {item.rule for item in check(source, "x")}


def test_a_plain_process_has_no_error(errors) -> None:
    assert errors(LINE) == set()


def test_ids_are_shown_as_written(errors) -> None:
    twice = LINE + '<task id="bắt_đầu"/>'

    assert ("duplicate-id", "bắt_đầu") in errors(twice)


def test_every_rule_speaks_both_languages() -> None:
    for name, rule in RULES.items():
        assert rule.vi and rule.en, name
        assert bool(rule.hint_vi) == bool(rule.hint_en), name


def test_thousands_of_nodes_are_checked_quickly(findings) -> None:
    count = 4000
    nodes = "".join(f'<task id="t{index}"/>' for index in range(count))
    flows = "".join(
        f'<sequenceFlow id="f{index}" sourceRef="t{index}" targetRef="t{index + 1}"/>'
        for index in range(count - 1)
    )
    ends = (
        '<startEvent id="s"/><endEvent id="e"/><sequenceFlow id="a" sourceRef="s" targetRef="t0"/>'
        f'<sequenceFlow id="b" sourceRef="t{count - 1}" targetRef="e"/>'
    )
    begin = time.perf_counter()
    found = findings(nodes + flows + ends)
    spent = time.perf_counter() - begin

    assert not [item for item in found if item.severity == "error"]
    assert spent < 20
