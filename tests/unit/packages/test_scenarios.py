"""Playing scenarios: what passes, and what a scenario that differs says."""

from __future__ import annotations

import pytest

from engine.packages import run_scenarios
from engine.packages.driver import NotPlayable
from engine.runtime import SpiffRuntime

ONE = "scenarios/01-tra-ket-qua.yml"


def played(copy):
    return run_scenarios(copy.load(), SpiffRuntime(), SpiffRuntime)


def keep_only(copy, name):
    for path in (copy.folder / "scenarios").glob("*.yml"):
        if path.name != name:
            path.unlink()


def test_all_shipped_scenarios_pass_and_cover_everything(copy):
    report = played(copy)

    assert [one.difference for one in report.outcomes] == [None] * 11
    assert report.passed
    assert (report.coverage.missed_elements, report.coverage.missed_flows) == ((), ())


def test_six_ends_are_reached_five_of_them_without_delivery(copy):
    trails = [one.trail.elements for one in played(copy).outcomes]
    results = copy.load().facts["results"]

    reached = {results[element] for trail in trails for element in trail if element in results}

    assert reached == {"delivered", "not-accepted", "expired", "stopped", "refused", "withdrawn"}


@pytest.mark.parametrize(
    ("old", "new", "words", "step"),
    [
        ("fee.total: 18000", "fee.total: 17000", "fee.total", 5),
        ("tasks: [thu-phi]", "tasks: [thu-phi, vao-so]", "vao-so", 5),
        ("task: thu-phi", "task: thu-tien", "thu-tien", 6),
        ("verdict: match", "verdict: same", "not-an-option", 8),
        ("code: pattern", "code: required", "required", 13),
        ("at: /certified/0/number", "at: /certified/1/number", "/certified/1/number", 13),
        ("due: {doi-chieu: 2026-11-23T17", "due: {doi-chieu: 2026-11-24T17", "2026-11-24", 7),
        ('["reception@ubnd-20242"]', '["reception@1"]', "reception@1", 1),
        ("at: da-tra-ket-qua", "at: khong-tiep-nhan", "khong-tiep-nhan", 0),
        ("result: delivered", "result: refused", "refused", 0),
        ("copies: 2\n    refund", "copies: 9\n    refund", "certified.1.copies", 0),
        (
            "role: records\n      answers: {}\n      code: forbidden",
            "answers: {}\n      code: forbidden",
            "forbidden",
            3,
        ),
    ],
)
def test_a_scenario_that_differs_says_where_and_what(copy, old, new, words, step):
    keep_only(copy, "01-tra-ket-qua.yml")
    copy.edit(ONE, old, new)

    (outcome,) = played(copy).outcomes

    assert outcome.difference is not None
    assert outcome.difference.step == step
    assert words in outcome.difference.en
    assert words in outcome.difference.vi
    lines = (copy.folder / ONE).read_text("utf-8").splitlines()
    assert lines[outcome.difference.line - 1].strip(" -") != ""


def test_a_completion_that_should_be_refused_but_is_taken(copy):
    keep_only(copy, "05-khong-quay-lai.yml")
    copy.edit("scenarios/05-khong-quay-lai.yml", "- complete:", "- refuse:")
    copy.edit(
        "scenarios/05-khong-quay-lai.yml", "      answers:", "      code: required\n      answers:"
    )

    (outcome,) = played(copy).outcomes

    assert outcome.difference is not None
    assert "was taken" in outcome.difference.en


def test_a_dossier_that_does_not_end(copy):
    keep_only(copy, "05-khong-quay-lai.yml")
    copy.edit("scenarios/05-khong-quay-lai.yml", "  - wait: PT1H\n", "")

    (outcome,) = played(copy).outcomes

    assert outcome.difference is not None
    assert "cho-hoan-thien" in outcome.difference.en


def test_an_incident_fails_the_scenario(copy):
    keep_only(copy, "01-tra-ket-qua.yml")
    copy.edit("chung-thuc-ban-sao.bpmn", '=reception.outcome = "accept"', "=reception.outcome")

    (outcome,) = played(copy).outcomes

    assert outcome.difference is not None
    assert "ket-qua-kiem-tra" in outcome.difference.en


def test_a_package_with_errors_is_not_played(copy):
    copy.edit("vao-so.form", '"type": "default"', '"type": "other"')

    with pytest.raises(NotPlayable) as caught:
        played(copy)

    assert caught.value.findings[0].rule == "form-invalid"


def test_an_unreadable_scenario_fails_the_report_and_names_the_line(copy):
    copy.edit(ONE, "steps:", "stages:")

    report = played(copy)

    assert not report.passed
    assert {one.resource for one in report.findings} == {ONE}
    assert len(report.outcomes) == 10
