"""Files in the shape today's editors write: they deploy, or are refused precisely."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.ports.runtime import Finding
from engine.runtime import SpiffRuntime
from engine.runtime.lint import check

FILES = Path(__file__).parent / "editors"


def findings(name: str) -> tuple[Finding, ...]:
    return check((FILES / name).read_bytes(), name)


def rules(name: str, severity: str) -> set[tuple[str, str]]:
    return {(item.rule, item.element_id) for item in findings(name) if item.severity == severity}


@pytest.mark.parametrize(
    "name", ["bpmn-js-coloured.bpmn", "modeler-8.bpmn", "signavio.bpmn", "adonis.bpmn"]
)
def test_files_of_these_editors_deploy(name: str) -> None:
    assert rules(name, "error") == set()

    compiled = SpiffRuntime().compile((FILES / name).read_bytes(), name)

    assert len(compiled.processes) == 1


def test_colours_and_drawing_raise_no_warning() -> None:
    assert rules("bpmn-js-coloured.bpmn", "warning") <= {
        ("user-task-without-due", "Activity_1"),
        ("user-task-without-due", "Activity_2"),
    }


def test_a_foreign_namespace_is_one_warning() -> None:
    found = [item for item in findings("adonis.bpmn") if item.rule == "foreign-extension"]

    assert len(found) == 1
    assert "boc-group" in found[0].message["en"]


def test_camunda_7_is_refused_by_name_with_what_to_write_instead() -> None:
    errors = [item for item in findings("modeler-7.bpmn") if item.severity == "error"]
    named = {
        (item.element_id, item.message["en"].split("'")[1]): item.hint["en"]
        for item in errors
        if item.rule == "foreign-engine"
    }

    assert named.keys() == {
        ("xet-duyet", "camunda:historyTimeToLive"),
        ("bat-dau", "camunda:formKey"),
        ("duyet", "camunda:candidateGroups"),
        ("duyet", "camunda:dueDate"),
        ("duyet", "camunda:formData"),
        ("duyet", "camunda:taskListener"),
        ("goi", "camunda:type"),
        ("goi", "camunda:topic"),
        ("goi", "camunda:asyncBefore"),
    }
    assert named["duyet", "camunda:candidateGroups"] == (
        "Use zeebe:assignmentDefinition candidateGroups."
    )
    assert ("juel-expression", "f3") in {(item.rule, item.element_id) for item in errors}


def test_jbpm_is_refused_by_name_and_java_is_not_run() -> None:
    errors = rules("jbpm.bpmn", "error")

    assert {
        ("foreign-engine", "duyet"),
        ("foreign-engine", "sc"),
        ("script-format", "sc"),
    } == errors


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_other_encodings_are_read(encoding: str) -> None:
    text = (FILES / "adonis.bpmn").read_text("utf-8")
    declared = text.replace("UTF-8", "UTF-16") if encoding == "utf-16" else text

    found = check(declared.encode(encoding), "x.bpmn")

    assert not [item for item in found if item.severity == "error"]


def test_an_extension_that_must_be_understood_is_refused() -> None:
    text = (FILES / "adonis.bpmn").read_text("utf-8").replace('stand="false"', 'stand="true"')

    found = check(text.encode(), "x.bpmn")

    assert [item.rule for item in found if item.severity == "error"] == [
        "extension-must-be-understood"
    ]
