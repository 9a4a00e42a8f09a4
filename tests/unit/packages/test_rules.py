"""Each lint rule: an edit that breaks it, and the finding with element and line."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from engine.packages import load
from engine.packages.rules import RULES
from engine.packages.rules.document import page

ROOT = Path(__file__).parents[3]

BPMN, PROC = "chung-thuc-ban-sao.bpmn", "procedure.yml"
DMN = "chung-thuc-ban-sao.dmn"


def test_the_shipped_package_is_clean(copy):
    assert copy.lint() == []


EDITS = [
    ("process-missing", "process: chung-thuc-ban-sao", "process: chung-thuc", PROC),
    ("lane-unmapped", "  van-thu: records\n", "", PROC),
    ("lane-unknown", "  van-thu: records\n", "  van-thu: records\n  kho: archive\n", PROC),
    ("result-unmapped", "  khong-nop-phi: stopped\n", "", PROC),
    ("element-unknown", "  khong-nop-phi: stopped\n", "  khong-co: stopped\n", PROC),
    ("portal-illegal", "  khong-tiep-nhan: 8\n", "  khong-tiep-nhan: 3\n", PROC),
    ("portal-illegal", "  doi-chieu: 4\n", "  doi-chieu: 9\n", PROC),
    ("exclusion-borderless", "exclusion: none", "exclusion: land", PROC),
    ("law-unverified", "status: example", "status: approved", PROC),
    ("approval-missing", "status: example", "status: approved", PROC),
    ("basis-unknown", "basis: nd-23-2015", "basis: nd-99-2015", PROC),
    (
        "law-expired",
        "effective_from: 2025-07-01",
        "effective_from: 2025-07-01\n    effective_to: 2025-08-01",
        PROC,
    ),
    (
        "paper-in-register",
        "    form: original",
        "    form: original\n    register: sổ hộ tịch",
        PROC,
    ),
    (
        "deadline-undefined",
        '        <zeebe:taskSchedule dueDate="=deadline(now(), &#34;4h&#34;)" />\n',
        "",
        BPMN,
    ),
    ("deadline-term", "now(), &#34;4h&#34;", "now(), &#34;4 giờ&#34;", BPMN),
    ("decision-example", "total: 18000", "total: 18001", PROC),
    ("decision-missing", "id: phi-chung-thuc", "id: phi-khac", PROC),
    ("decision-missing", 'decisionId="phi-chung-thuc"', 'decisionId="phi-khac"', BPMN),
    ("decision-example", "<text>2000</text>", "<text>2500</text>", DMN),
    ("decision-invalid", "<text>2000</text>", "<text>2000 +</text>", DMN),
    ("decision-invalid", "</definitions>", "", DMN),
    ("form-missing", 'formId="chung-thuc-ban-sao-vao-so"', 'formId="khac"', BPMN),
    ("form-unused", 'formId="chung-thuc-ban-sao-vao-so"', 'formId="khac"', BPMN),
    ("form-invalid", '"type": "select"', '"type": "combo"', "kiem-tra-giay-to.form"),
    ("form-property", '"rowCount": 10', '"colour": 10', "thu-phi.form"),
    ("form-field-unused", '"key": "payment.method"', '"key": "payment.colour"', "thu-phi.form"),
    ("scenario-invalid", "steps:", "stages:", "scenarios/05-khong-quay-lai.yml"),
    ("texts-invalid", "elements:", "element:", "i18n/en.yml"),
    ("text-missing", "  vao-so: Number, seal, enter in the book\n", "", "i18n/en.yml"),
    ("text-unknown", "  vao-so: Number", "  vao-kho: Number", "i18n/en.yml"),
    (
        "start-example",
        "  applicant:\n    required: false",
        "  agent:\n    required: true\n    description: {vi: a, en: b}\n"
        "  applicant:\n    required: false",
        PROC,
    ),
    ("form-latest", ' bindingType="deployment"', "", BPMN),
]


@pytest.mark.parametrize(("rule", "old", "new", "name"), EDITS)
def test_a_broken_rule_is_told_with_its_place(spoilt, rule, old, new, name):
    found = [one for one in spoilt(name, old, new) if one.rule == rule]

    assert found, f"{rule} was not found"
    first = found[0]
    assert first.message["vi"] and first.message["en"]
    assert first.message["vi"] != first.message["en"] or rule in (
        "form-invalid",
        "decision-invalid",
    )
    assert not re.search(r"{[a-z_]+}", first.message["vi"] + first.message["en"])
    assert first.resource
    if rule in RULES:
        assert first.severity == RULES[rule].severity


def test_a_task_without_group_needs_a_lane(copy):
    path = copy.folder / BPMN
    text = path.read_text("utf-8")
    text = re.sub(r"\s*<zeebe:assignmentDefinition[^>]*/>", "", text)
    path.write_text(text, "utf-8")
    assert not [one for one in copy.lint() if one.rule == "task-unassigned"]

    copy.edit(BPMN, "<bpmn:flowNodeRef>vao-so</bpmn:flowNodeRef>", "")

    assert [one.element_id for one in copy.lint() if one.rule == "task-unassigned"] == ["vao-so"]


def test_a_skill_without_a_way_out_is_told(copy):
    group = "[&#34;specialist@ubnd-&#34; + dossier.unit]"
    copy.edit(BPMN, group, group.replace("specialist@", "specialist+radiation@"))

    found = [one for one in copy.lint() if one.rule == "skill-without-escalation"]

    assert [(one.severity, one.element_id) for one in found] == [("warning", "doi-chieu")]
    assert "radiation" in found[0].message["en"]


def test_a_form_is_found_by_convention(copy):
    copy.edit(
        BPMN,
        '<zeebe:formDefinition formId="chung-thuc-ban-sao-vao-so" bindingType="deployment" />',
        "",
    )
    copy.edit("vao-so.form", "chung-thuc-ban-sao-vao-so", "vao-so")
    copy.edit("i18n/en.yml", "chung-thuc-ban-sao-vao-so", "vao-so")

    assert copy.lint() == []


def test_what_is_missing_altogether(copy):
    shutil.rmtree(copy.folder / "scenarios")
    shutil.rmtree(copy.folder / "i18n")

    assert {one.rule for one in copy.lint()} == {"scenario-missing", "texts-missing"}


def test_one_id_twice(copy):
    path = copy.forms / "vao-so.form"
    shutil.copy(path, copy.forms / "vao-so-2.form")

    assert "package-duplicate-id" in {one.rule for one in copy.lint()}


def test_the_validator_s_findings_are_among_them(spoilt):
    found = spoilt(BPMN, 'targetRef="ket-qua-kiem-tra"', 'targetRef="khong-co"')

    assert any(one.severity == "error" and one.resource == BPMN for one in found)


def test_a_bad_slug(copy):
    folder = copy.folder.parent
    folder.rename(folder.with_name("Chứng thực"))

    (package,) = load(copy.root / "processes", copy.root / "forms")

    assert "package-slug" in {one.rule for one in package.findings}


def test_every_rule_has_both_languages_and_a_way_to_mend():
    for rule in RULES.values():
        assert rule.vi and rule.en and rule.mend_vi and rule.mend_en
        assert set(re.findall(r"{(\w+)}", rule.vi)) == set(re.findall(r"{(\w+)}", rule.en))


def test_the_page_of_rules_is_current():
    written = (ROOT / "docs" / "packages-rules.md").read_text("utf-8")

    assert written == page(), "run: python -m engine.packages.rules.document"


def test_every_shipped_form_is_as_the_editor_writes_it(copy):
    for path in copy.forms.glob("*.form"):
        tree = json.loads(path.read_text("utf-8"))
        assert tree["schemaVersion"] == 19
        assert path.stem in tree["id"]
