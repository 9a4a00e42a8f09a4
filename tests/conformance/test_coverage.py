"""The cases cover the support table and the rules, and no two of them say the same."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache

import pytest

from engine.runtime.lint import RULES
from engine.runtime.lint.support import ROWS, Row
from tests.conformance.ablation import Unchecked, without
from tests.conformance.case import Case, every_case
from tests.conformance.inprocess import InProcess
from tests.conformance.play import play
from tests.conformance.signature import signature, used

# Too big for a folder of files; tests/unit/lint has them.
MADE_IN_TESTS = {"xml-too-large", "too-large", "too-deep"}


@cache
def cases() -> dict[str, Case]:
    return {case.name: case for case in every_case()}


def holds(case: Case, runtime: Unchecked | None = None) -> bool:
    try:
        play(case, InProcess(restore=False, runtime=runtime))
    except Exception:  # whatever goes wrong, the case does not hold
        return False
    return True


def test_there_are_hundreds() -> None:
    assert len(cases()) >= 200


def test_no_two_cases_use_the_same_constructs_with_the_same_outcome() -> None:
    found = defaultdict(list)
    for case in cases().values():
        found[signature(case)].append(case.name)

    assert [names for names in found.values() if len(names) > 1] == []


def test_every_rule_has_a_case() -> None:
    named = {case.refused for case in cases().values()}
    named |= {rule for case in cases().values() for rule in case.warns}

    assert sorted(RULES.keys() - named - MADE_IN_TESTS) == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_every_row_names_cases_that_use_it(row: Row) -> None:
    assert row.cases

    for name in row.cases:
        case = cases()[name]
        by_refusal = row.status == "refused" and case.refused == row.rule
        assert by_refusal or row.key in used(case), name


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.status != "refused"], ids=lambda row: row.key
)
def test_a_rows_cases_fail_without_its_code(row: Row) -> None:
    for name in row.cases:
        case = cases()[name]
        files = {
            file: without(row, source) if file.endswith(".bpmn") else source
            for file, source in case.files.items()
        }
        survived = holds(replace(case, files=files, warns=()), Unchecked())

        assert survived == (row.status == "metadata"), name


@pytest.mark.parametrize(
    "name", [name for name, case in cases().items() if case.refused is not None]
)
def test_a_refusal_is_gone_without_the_validator(name: str) -> None:
    assert not holds(cases()[name], Unchecked())
