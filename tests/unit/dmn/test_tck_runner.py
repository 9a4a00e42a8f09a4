"""The runner of the test kit, on a small kit of our own."""

from __future__ import annotations

import csv

import pytest

from engine.dmn.tck.__main__ import main

CASES = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <modelName>{model}</modelName>
  {cases}
</testCases>"""


def node(name, value, kind="decimal", tag="resultNode"):
    inner = value if value.startswith("<") else f'<value xsi:type="xsd:{kind}">{value}</value>'
    inner = f"<expected>{inner}</expected>" if tag == "resultNode" else inner
    return f'<{tag} name="{name}">{inner}</{tag}>'


@pytest.fixture
def kit(tmp_path, dmn):
    """Writes one suite and runs it; returns the printed lines."""
    suite = tmp_path / "compliance-level-2" / "0001-suite"
    suite.mkdir(parents=True)

    def run(model, *cases, arguments=(), kind=""):
        (suite / "m.dmn").write_bytes(dmn.file(*model))
        body = "".join(
            f'<testCase id="{i}" {kind}>{case}</testCase>' for i, case in enumerate(cases)
        )
        (suite / "m-test-01.xml").write_text(CASES.format(model="m.dmn", cases=body), "utf-8")
        lines = []
        report = ["--csv", str(tmp_path / "var" / "results.csv")]
        assert main(["--dir", str(tmp_path), *report, *arguments], say=lines.append) == 0
        return [line for line in lines if not line.startswith("every result: ")]

    return run


def test_counts_one_result_per_node_and_ends_with_the_level(kit, dmn):
    model = (dmn.decision("d", dmn.literal("1")), dmn.decision("e", dmn.literal("2")))
    lines = kit(model, node("d", "1") + node("e", "3"))

    assert lines == ["suite compliance-level-2/0001-suite: 1/2", "level 2: 1/2"]


@pytest.mark.parametrize(
    ("feel", "value", "kind"),
    [
        ("1/3", "0.33333333", "decimal"),
        ('"1"', "1", "string"),
        ("1 = 1", "true", "boolean"),
        ('date("2026-01-31")', "2026-01-31", "date"),
        ('time("08:00:00Z")', "08:00:00Z", "time"),
        ('date and time("2026-01-31T08:00:00")', "2026-01-31T08:00:00", "dateTime"),
        ('duration("P1DT2H")', "P1DT2H", "duration"),
        ('duration("P1Y")', "P12M", "duration"),
        ("null", '<value xsi:nil="true"/>', ""),
        (
            "[1, 2]",
            "<list>" + '<item><value xsi:type="xsd:int">{}</value></item>' * 2 + "</list>",
            "",
        ),
        ('{"a b": 1}', '<component name="a b"><value xsi:type="xsd:int">1</value></component>', ""),
    ],
)
def test_values_of_every_type_compare(kit, dmn, feel, value, kind):
    assert kit([dmn.decision("d", dmn.literal(feel))], node("d", value.format(1, 2), kind)) == [
        "level 2: 1/1"
    ]


@pytest.mark.parametrize(
    ("feel", "value", "kind"),
    [
        ("1.1", "1", "decimal"),
        ("1", "1", "string"),
        ('"true"', "true", "boolean"),
        ('date and time("2026-01-31T00:00:00")', "2026-01-31", "date"),
        ("null", "1", "decimal"),
        ("[1]", "1", "decimal"),
        ("{a: 1, b: 2}", '<component name="a"><value xsi:type="xsd:int">1</value></component>', ""),
    ],
)
def test_values_of_another_type_or_size_do_not(kit, dmn, feel, value, kind):
    lines = kit([dmn.decision("d", dmn.literal(feel))], node("d", value, kind))

    assert lines[-1] == "level 2: 0/1"


def test_inputs_are_given(kit, dmn):
    model = (dmn.input("a", "number"), dmn.decision("d", dmn.literal("a + 1"), "i:a"))

    assert kit(model, node("a", "4", tag="inputNode") + node("d", "5")) == ["level 2: 1/1"]


def test_services_are_called(kit, dmn):
    model = (
        dmn.input("a", "number"),
        dmn.decision("d", dmn.literal("a + 1"), "i:a"),
        dmn.service("s", outputDecision="d", inputData="a"),
    )
    kind = 'type="decisionService" invocableName="s"'

    assert kit(model, node("a", "4", tag="inputNode") + node("d", "5"), kind=kind) == [
        "level 2: 1/1"
    ]


def test_a_refused_model_fails_its_results_and_the_run_goes_on(kit, dmn, tmp_path):
    report = tmp_path / "report.csv"
    lines = kit(
        [dmn.decision("d", "<hocusPocus/>")],
        node("d", "1"),
        arguments=["--csv", str(report), "--failures"],
    )

    assert lines[-1] == "level 2: 0/1"
    rows = list(csv.DictReader(report.read_text("utf-8").splitlines()))
    assert rows[0]["result"] == "ERROR"
    assert "hocusPocus" in rows[0]["problem"]


def test_without_a_kit_it_says_where_to_get_one(tmp_path):
    lines = []

    assert main(["--dir", str(tmp_path)], say=lines.append) == 2
    assert lines[0].startswith("not run, get it from github dmn-tck/tck")
