"""Decisions over plain HTTP: warnings, who may, and bad input with its place."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api.conftest import MODELS, deploy, start

EVALUATION = "/v2/decision-definitions/evaluation"


def _evaluate(client: httpx.Client, **members: Any) -> httpx.Response:
    deploy(client, "fees.dmn")
    return client.post(EVALUATION, json=members)


def test_findings_of_a_table_are_warnings_of_the_deployment(admin: httpx.Client) -> None:
    warnings = deploy(admin, "fees.dmn", "charge.bpmn")["warnings"]

    assert {found["rule"] for found in warnings} >= {"rules-overlap", "rules-gap"}
    overlap = next(found for found in warnings if found["rule"] == "rules-overlap")
    assert (overlap["elementId"], overlap["resource"]) == ("high", "fees.dmn")
    assert overlap["line"] > 1
    assert "2" in overlap["message"]["en"]
    assert not overlap["message"]["vi"].isascii()


def test_what_became_null_is_told(admin: httpx.Client) -> None:
    answer = _evaluate(admin, decisionDefinitionId="base_fee", variables={"pages": 2})

    found = answer.json()
    assert (answer.status_code, found["output"]) == (200, "null")
    assert [each["elementId"] for each in found["warnings"]] == ["base"]
    assert not found["warnings"][0]["message"]["vi"].isascii()
    kept = admin.get(f"/v2/decision-instances/{found['decisionEvaluationKey']}-1").json()
    assert kept["warnings"] == found["warnings"]


def test_an_evaluation_is_looked_up_by_its_name(admin: httpx.Client) -> None:
    found = _evaluate(admin, decisionDefinitionId="base_fee", variables={"pages": 4}).json()
    name = f"{found['decisionEvaluationKey']}-1"
    other = f"0{name}"

    def search(wanted: object) -> list[str]:
        body = {"filter": {"decisionEvaluationInstanceKey": wanted}}
        items = admin.post("/v2/decision-instances/search", json=body).json()["items"]
        return [item["decisionEvaluationInstanceKey"] for item in items]

    assert search(name) == search({"$in": [name, "x", other]}) == [name]
    assert search(other) == search("x") == search("9" * 19 + "-1") == []
    assert search({"$like": f"{name[:-2]}*"}) == [name]


def test_a_value_of_another_type_is_null_and_told(admin: httpx.Client) -> None:
    found = _evaluate(admin, decisionDefinitionId="base_fee", variables={"pages": "bốn"}).json()

    assert found["output"] == "null"
    assert "pages" in {each["elementId"] for each in found["warnings"]}


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({"decisionDefinitionKey": "9"}, 404, None),
        ({"decisionDefinitionId": "nobody"}, 404, None),
        ({}, 400, ""),
        ({"decisionDefinitionKey": "9", "decisionDefinitionId": "base_fee"}, 400, ""),
        ({"decisionDefinitionKey": "x9"}, 400, "/decisionDefinitionKey"),
        ({"decisionDefinitionId": 7}, 400, "/decisionDefinitionId"),
        ({"decisionDefinitionId": "base_fee", "variables": [1]}, 400, "/variables"),
        ({"decisionDefinitionId": "base_fee", "variables": "x"}, 400, "/variables"),
        ({"decisionDefinitionId": "base_fee", "vars": {}}, 400, "/vars"),
        ({"decisionDefinitionId": "base_fee", "tenantId": "other"}, 400, "/tenantId"),
    ],
)
def test_bad_evaluations(
    admin: httpx.Client, body: dict[str, Any], status: int, pointer: str | None
) -> None:
    answer = _evaluate(admin, **body)

    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    if pointer is not None:
        assert pointer in {error["pointer"] for error in answer.json()["errors"]}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("decision-definitions/1x", 400),
        ("decision-definitions/1", 404),
        ("decision-definitions/1/xml", 404),
        ("decision-requirements/1x", 400),
        ("decision-requirements/9999999999999999999", 404),
        ("decision-requirements/1/xml", 404),
        ("decision-instances/1-0", 404),
        ("decision-instances/9999999999999999999-999999999", 404),
        ("decision-instances/1-", 400),
        ("decision-instances/1-x", 400),
    ],
)
def test_paths_to_nothing(admin: httpx.Client, path: str, status: int) -> None:
    assert admin.get(f"/v2/{path}").status_code == status


def test_searches_refuse_what_they_do_not_know(admin: httpx.Client) -> None:
    for noun in ("decision-definitions", "decision-requirements", "decision-instances"):
        for body in ({"filter": {"colour": "red"}}, {"sort": [{"field": "colour"}]}):
            assert admin.post(f"/v2/{noun}/search", json=body).status_code == 400


def test_instances_in_pages(admin: httpx.Client) -> None:
    for pages in range(3):
        _evaluate(admin, decisionDefinitionId="base_fee", variables={"pages": pages})
    sort = [{"field": "decisionEvaluationInstanceKey", "order": "DESC"}]
    search = "/v2/decision-instances/search"
    all_rows = admin.post(search, json={"sort": sort}).json()["items"]

    first = admin.post(search, json={"sort": sort, "page": {"limit": 1}}).json()
    after = {"limit": 1, "after": first["page"]["endCursor"]}
    second = admin.post(search, json={"sort": sort, "page": after}).json()

    assert [*first["items"], *second["items"]] == all_rows[:2]


def test_who_may_decide(admin: httpx.Client, lan: httpx.Client) -> None:
    """A clerk may neither evaluate by hand nor see what others evaluated."""
    body = {"decisionDefinitionId": "base_fee", "variables": {"pages": 1}}
    key = _evaluate(admin, **body).json()["decisionEvaluationKey"]

    assert lan.post(EVALUATION, json=body).status_code == 403
    assert lan.get(f"/v2/decision-instances/{key}-1").status_code == 404
    assert lan.post("/v2/decision-instances/search").json()["items"] == []


def test_an_evaluation_repeated_with_its_key_is_one(admin: httpx.Client) -> None:
    deploy(admin, "fees.dmn")
    body = {"decisionDefinitionId": "base_fee", "variables": {"pages": 1.5}}
    headers = {"Idempotency-Key": "decide-once"}

    first, second = (admin.post(EVALUATION, json=body, headers=headers) for _ in range(2))

    assert first.json() == second.json()
    assert first.json()["output"] == "3000.0"
    assert second.headers["Idempotency-Replayed"] == "true"


def test_the_same_decision_in_two_files_is_refused(admin: httpx.Client) -> None:
    content = (MODELS / "fees.dmn").read_bytes()
    files = [
        ("resources", (name, content, "text/xml")) for name in ("one-fee.dmn", "other-fee.dmn")
    ]

    answer = admin.post("/v2/deployments", files=files)

    assert (answer.status_code, answer.json()["code"]) == (400, "duplicate-decision")


def _tolls(tag: str, amount: int) -> bytes:
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="tolls" name="tolls"'
        ' namespace="urn:tolls"><decision id="toll" name="toll"><extensionElements>'
        f'<z:versionTag xmlns:z="http://camunda.org/schema/zeebe/1.0" value="{tag}"/>'
        '</extensionElements><variable name="toll"/><literalExpression>'
        f"<text>{amount}</text></literalExpression></decision></definitions>"
    ).encode()


@pytest.mark.parametrize(
    ("binding", "amount"),
    [
        ('bindingType="versionTag" versionTag="luật-2025"', 1),
        ('bindingType="latest"', 2),
        ('bindingType="deployment"', 2),
    ],
)
def test_a_process_asks_the_version_it_is_bound_to(
    admin: httpx.Client, binding: str, amount: int
) -> None:
    model = (MODELS / "charge.bpmn").read_text(encoding="utf-8")
    name = f"bound_{amount}_{len(binding)}"
    model = model.replace('id="charge"', f'id="{name}"')
    model = model.replace('decisionId="total_fee"', f'decisionId="toll" {binding}')
    older = {"resources": ("tolls.dmn", _tolls("luật-2025", 1), "text/xml")}
    assert admin.post("/v2/deployments", files=older).is_success
    newer = [
        ("resources", ("tolls.dmn", _tolls("luật-2026", 2), "text/xml")),
        ("resources", (f"{name}.bpmn", model.encode(), "text/xml")),
    ]
    assert admin.post("/v2/deployments", files=newer).is_success

    key = start(admin, name)

    wanted = {"filter": {"processInstanceKey": key, "decisionDefinitionId": "toll"}}
    (made,) = admin.post("/v2/decision-instances/search", json=wanted).json()["items"]
    assert made["result"] == str(amount)
