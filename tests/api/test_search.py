"""Searching over HTTP: operators, groups, order, stable pages, and what clients write."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api.conftest import deploy, open_task, start

SEARCH = "/v2/process-instances/search"


@pytest.fixture
def three(admin: httpx.Client) -> list[str]:
    """Three instances of one kind: fee 1, 2, 3, business ids a, b, c."""
    deploy(admin, "review.bpmn")
    return [
        start(
            admin,
            "review",
            businessId=name,
            tags=["mine", name],
            variables={"fee": fee, "name": f"hồ sơ {name}"},
        )
        for fee, name in enumerate("abc", start=1)
    ]


def _found(client: httpx.Client, keys: list[str], **filters: Any) -> list[int]:
    """Which of the three a filter finds, by number."""
    body = {"filter": {"processInstanceKey": {"$in": keys}, **filters}}
    answer = client.post(SEARCH, json=body)
    assert answer.status_code == 200, answer.text
    return sorted(keys.index(item["processInstanceKey"]) for item in answer.json()["items"])


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"businessId": "a"}, [0]),
        ({"businessId": {"$neq": "a"}}, [1, 2]),
        ({"businessId": {"$in": ["a", "c"]}}, [0, 2]),
        ({"businessId": {"$notIn": ["a", "c"]}}, [1]),
        ({"businessId": {"$like": "?"}}, [0, 1, 2]),
        ({"businessId": {"$exists": False}}, []),
        ({"state": {"$eq": "ACTIVE", "$in": []}}, [0, 1, 2]),
        ({"state": None, "businessId": {"$eq": "b", "$neq": None, "$notIn": []}}, [1]),
        ({"tags": ["mine", "b"]}, [1]),
        ({"variables": [{"name": "fee", "value": "2"}]}, [1]),
        ({"variables": [{"name": "name", "value": '"hồ sơ c"'}]}, [2]),
        ({"variables": [{"name": "name", "value": {"$like": "*hồ sơ*"}}]}, [0, 1, 2]),
        ({"$or": [{"businessId": "a"}, {"businessId": "b"}]}, [0, 1]),
        ({"startDate": {"$gt": "2020-01-01T00:00:00+07:00"}}, [0, 1, 2]),
        ({"endDate": {"$exists": True}}, []),
        ({"processDefinitionVersion": {"$gte": 1, "$lte": 1}}, [0, 1, 2]),
        ({"elementId": "check", "elementInstanceState": "ACTIVE"}, [0, 1, 2]),
        ({"hasIncident": True}, []),
    ],
)
def test_filters(
    admin: httpx.Client, three: list[str], filters: dict[str, Any], expected: list[int]
) -> None:
    assert _found(admin, three, **filters) == expected


def test_cursors_do_not_drift_while_others_write(admin: httpx.Client, three: list[str]) -> None:
    wanted = {"processInstanceKey": {"$in": three}}
    sort = [{"field": "businessId", "order": "DESC"}]
    first = admin.post(SEARCH, json={"filter": wanted, "sort": sort, "page": {"limit": 2}}).json()
    start(admin, "review", businessId="zz")

    page = {"limit": 2, "after": first["page"]["endCursor"]}
    second = admin.post(SEARCH, json={"filter": wanted, "sort": sort, "page": page}).json()
    page = {"limit": 2, "before": second["page"]["startCursor"]}
    back = admin.post(SEARCH, json={"filter": wanted, "sort": sort, "page": page}).json()

    assert [item["businessId"] for item in first["items"]] == ["c", "b"]
    assert [item["businessId"] for item in second["items"]] == ["a"]
    assert back["items"] == first["items"]
    assert first["page"]["totalItems"] == 3
    assert first["page"]["hasMoreTotalItems"] is False


def test_a_task_list_needs_no_second_call(admin: httpx.Client, three: list[str]) -> None:
    body = {
        "filter": {"processInstanceKey": {"$in": three}, "candidateGroup": "specialist@48"},
        "sort": [{"field": "creationDate"}],
        "fetchVariables": ["fee", "missing"],
    }

    items = admin.post("/v2/user-tasks/search", json=body).json()["items"]

    assert [item["variables"] for item in items] == [{"fee": 1}, {"fee": 2}, {"fee": 3}]
    assert {item["processName"] for item in items} == {"Thẩm tra hồ sơ"}
    assert [item["businessId"] for item in items] == ["a", "b", "c"]


def test_variables_of_a_task_are_paged_and_cut(admin: httpx.Client) -> None:
    deploy(admin, "review.bpmn")
    long = "đ" * 9000
    key = open_task(admin, start(admin, "review", variables={"b": 1, "a": 2, "long": long}))
    path = f"/v2/user-tasks/{key['userTaskKey']}/effective-variables/search"

    sort = [{"field": "name", "order": "DESC"}]
    found = admin.post(path, json={"sort": sort, "page": {"limit": 2}}).json()
    rest = {"sort": sort, "page": {"after": found["page"]["endCursor"]}}
    whole = admin.post(path, params={"truncateValues": "false"}, json={}).json()["items"]
    like = {"filter": {"name": {"$like": "l*", "$in": []}}}

    assert [item["name"] for item in found["items"]] == ["long", "b"]
    assert [item["name"] for item in admin.post(path, json=rest).json()["items"]] == ["a"]
    cut = found["items"][0]
    assert (len(cut["value"]), cut["isTruncated"]) == (8191, True)
    assert [item["value"] for item in whole if item["name"] == "long"] == [f'"{long}"']
    assert [item["name"] for item in admin.post(path, json=like).json()["items"]] == ["long"]
    one = admin.get(f"/v2/variables/{cut['variableKey']}").json()
    assert one["value"] == f'"{long}"'


def test_bodies_as_clients_in_java_write_them(admin: httpx.Client) -> None:
    """Every optional member is there, null or empty."""
    deploy(admin, "review.bpmn")
    created = admin.post(
        "/v2/process-instances",
        json={
            "processDefinitionId": "review",
            "processDefinitionVersion": -1,
            "variables": None,
            "tenantId": "<default>",
            "operationReference": None,
            "startInstructions": [],
            "runtimeInstructions": [],
            "awaitCompletion": False,
            "fetchVariables": [],
            "requestTimeout": None,
            "tags": [],
            "businessId": None,
        },
    )
    assert created.status_code == 200, created.text
    key = open_task(admin, created.json()["processInstanceKey"])["userTaskKey"]
    path = f"/v2/user-tasks/{key}"
    dated = {"changeset": {"dueDate": "2027-01-01T00:00:00Z", "priority": 70}}
    assert admin.patch(path, json=dated).status_code == 204

    undated = {"changeset": {"dueDate": None, "priority": None}, "action": None}
    assert admin.patch(path, json=undated).status_code == 204

    task = admin.get(path).json()
    assert (task["dueDate"], task["priority"]) == (None, 70)
    done = {"variables": None, "action": None}
    assert admin.post(f"{path}/completion", json=done).status_code == 204
