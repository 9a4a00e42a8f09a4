"""``motcua feel`` and the inspection behind it."""

from __future__ import annotations

import io
import json
import sys

import pytest

from cli.main import main
from engine.feel import inspect_expression, inspect_tests


@pytest.fixture
def context_file(tmp_path):
    path = tmp_path / "context.json"
    path.write_text('{"lệ phí": 150000, "khẩn": true, "tỉ-lệ": 1.5}', encoding="utf-8")
    return str(path)


def test_a_value_is_shown_with_its_parts(capsys, context_file):
    code = main(["feel", "= if khẩn then lệ phí * tỉ-lệ else lệ phí", "--context", context_file])
    shown = capsys.readouterr().out

    assert code == 0
    assert shown.startswith("225000    (number)\n")
    assert "lệ phí * tỉ-lệ  225000" in shown


def test_what_became_null_is_told(capsys, context_file):
    assert main(["feel", "lệ phi + 1", "--context", context_file]) == 0

    shown = capsys.readouterr().out
    assert shown.startswith("null    (Null)")
    assert "column 1: nothing is called 'lệ phi'; did you mean 'lệ phí'?" in shown


def test_a_wrong_text_is_marked(capsys):
    assert main(["feel", "1 +\n  * 2"]) == 1

    shown = capsys.readouterr().err
    assert shown.splitlines()[0].startswith("error: Line 2, column 3: Expected a value")
    assert shown.splitlines()[1:] == ["    * 2", "    ^"]


def test_the_clock_and_the_zone_are_arguments(capsys):
    pinned = ["--now", "2026-03-02T23:30:00Z", "--zone", "Asia/Ho_Chi_Minh"]

    assert main(["feel", "today()", *pinned]) == 0
    assert capsys.readouterr().out.startswith('@"2026-03-03"')
    assert main(["feel", "now()", "--now", "2026-03-02T09:00:00"]) == 0
    assert capsys.readouterr().out.startswith('@"2026-03-02T09:00:00@Asia/Ho_Chi_Minh"')


def test_a_cell_is_tried_on_a_value(capsys, context_file):
    assert main(["feel", "> lệ phí", "--context", context_file, "--test", "200000"]) == 0

    assert capsys.readouterr().out.startswith("true")


def test_json_has_the_same(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"a": 1.5, "b": 0.1234567890123456789}'))

    assert main(["feel", "[a, a * 2, b, x]", "--context", "-", "--json"]) == 0

    document = json.loads(capsys.readouterr().out)
    assert document["value"] == [1.5, 3, "0.1234567890123456789", None]
    assert document["type"] == "list"
    assert document["warnings"][0]["code"] == "unknown-name"
    assert {"start": 4, "end": 9, "text": "a * 2", "feel": "3"} in document["parts"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--context", "/nowhere/at/all.json"], "cannot be read"),
        (["--zone", "Moon/Base"], "no time zone"),
        (["--now", "tomorrow"], "write a date and time"),
    ],
)
def test_wrong_arguments_are_explained(capsys, arguments, sentence):
    assert main(["feel", "1", *arguments]) == 1

    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("text", ["[1]", "{", "1"])
def test_a_context_must_be_a_json_object(capsys, tmp_path, text):
    path = tmp_path / "wrong.json"
    path.write_text(text)

    assert main(["feel", "1", "--context", str(path)]) == 1
    assert "JSON" in capsys.readouterr().err


def test_an_inspection_holds_values_json_has_no_word_for():
    assert inspect_expression("[1..2]", {}).as_json()["value"] is None
    assert inspect_expression("[1..2]", {}).as_json()["feel"] == "[1..2]"
    assert inspect_expression("function(x) x", {}).as_json()["feel"] == "function(x)"


def test_an_inspection_of_a_wrong_text_is_a_result():
    inspection = inspect_expression("1 +", {})

    assert inspection.failed
    assert inspection.as_json()["error"] == {
        "code": "feel-syntax-error",
        "message": str(inspection.error),
        "position": 3,
        "line": 1,
        "column": 4,
        "explanation": (
            "Expected a value (a name, number, text, list or function), but the text ends."
        ),
        "explanationVi": (
            "Cần một giá trị (tên, số, chuỗi, danh sách hoặc hàm), nhưng biểu thức đã hết."
        ),
    }
    assert inspect_tests("> ", 1, {}).failed


def test_a_value_too_large_to_show_is_named():
    text = "for x in 1..10000 return for y in 1..20 return x"

    assert inspect_expression(text, {}).as_json()["feel"] == "a list too large to be shown"
