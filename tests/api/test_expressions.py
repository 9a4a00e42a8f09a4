"""FEEL over HTTP: exact, bounded, with the place of a mistake."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api.conftest import deploy, start


def _evaluate(client: httpx.Client, expression: str, **members: Any) -> httpx.Response:
    body = {"expression": expression, **members}
    return client.post("/v2/expression/evaluation", json=body)


def test_with_variables_of_the_body(admin: httpx.Client) -> None:
    found = _evaluate(admin, "=lệ phí * 1.10", variables={"lệ phí": 20000})

    assert found.text.startswith('{"expression":"=lệ phí * 1.10","result":22000')


def test_with_what_an_instance_sees(admin: httpx.Client) -> None:
    deploy(admin, "review.bpmn")
    key = start(admin, "review", variables={"copies": 3})

    assert _evaluate(admin, "copies + 1", scopeKey=key).json()["result"] == 4
    assert _evaluate(admin, "copies + 1", scopeKey="1").status_code == 404


def test_what_became_null_is_told(admin: httpx.Client) -> None:
    found = _evaluate(admin, '1 - ("a" + 1)').json()

    warning, _ = found["warnings"]
    assert (found["result"], found["type"], found["feel"]) == (None, "Null", "null")
    assert (warning["code"], warning["position"], warning["line"]) == ("operands", 5, 1)
    assert warning["column"] == 6
    assert not warning["explanation"]["vi"].isascii()
    assert warning["explanation"]["en"].isascii()


def test_parts_are_explained(admin: httpx.Client) -> None:
    found = _evaluate(admin, "= a * 2 > 5", variables={"a": 3}).json()

    parts = [(part["text"], part["feel"], part["times"]) for part in found["parts"]]
    assert parts == [("a", "3", 1), ("a * 2", "6", 1), ("a * 2 > 5", "true", 1)]
    assert found["parts"][1]["start"] == 0


def test_a_mistake_is_told_in_vietnamese(admin: httpx.Client) -> None:
    body = {"expression": 'fee > "Nguyễn Thị Ánh" "x"'}
    told = {
        language: admin.post(
            "/v2/expression/evaluation", json=body, headers={"Accept-Language": language}
        )
        for language in ("vi", "en")
    }

    sentences = {name: answer.json()["errors"][0]["sentence"] for name, answer in told.items()}
    assert sentences["vi"].startswith("Dòng 1, cột 24: Cần một phép toán")
    assert sentences["en"].startswith("Line 1, column 24: Expected an operator")
    assert "Nguyễn" not in told["en"].text


def test_an_assertion_quotes_no_value(admin: httpx.Client) -> None:
    cause = 'assert(a, false, "thiếu " + a)'
    found = _evaluate(admin, cause, variables={"a": "079158001234"})

    assert found.json()["errors"][0]["code"] == "feel-assertion"
    assert "0791" not in found.text


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("1 +", "feel-syntax"),
        ("(", "feel-syntax"),
        ("for a in 1..1000, b in 1..1000, c in 1..1000 return a", "feel-limit"),
        ("[1..3]", "feel-error"),
        ("__import__('os')", "feel-syntax"),
    ],
)
def test_what_cannot_be_evaluated(admin: httpx.Client, expression: str, code: str) -> None:
    answer = _evaluate(admin, expression)

    assert answer.status_code == 400, answer.text
    assert answer.json()["errors"][0]["code"] == code


def test_the_counters_door_says_the_same(admin: httpx.Client) -> None:
    body = {"expression": 'upper case("đ")'}

    assert admin.post("/api/feel", json=body).json()["result"] == "Đ"
