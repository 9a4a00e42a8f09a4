"""Webhooks over HTTP: made, listed, changed, rotated, replayed, removed; secrets shown once."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api.conftest import PASSWORD, Server, deploy, start

URL = "https://hooks.example/motcua?x=1"


def create(client: httpx.Client, **members: Any) -> Any:
    answer = client.post(
        "/api/webhooks", json={"label": "Cổng dịch vụ công", "url": URL, **members}
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_webhook_from_its_first_to_its_last_day(server: Server) -> None:
    with server.client("integrator") as client:
        made = create(client, types=["motcua.task.*"], units=["48/20242/"])
        path = f"/api/webhooks/{made['webhookKey']}"
        assert made["secret"].startswith("whsec_")

        shown = client.get(path).json()
        assert shown["label"] == "Cổng dịch vụ công"
        assert (shown["types"], shown["units"], shown["state"]) == (
            ["motcua.task.*"],
            ["48/20242/"],
            "ACTIVE",
        )
        assert made["secret"] not in client.get(path).text
        listed = client.get("/api/webhooks").json()
        assert made["webhookKey"] in {item["webhookKey"] for item in listed["items"]}

        assert client.patch(path, json={"state": "PAUSED", "types": []}).status_code == 204
        assert client.get(path).json()["state"] == "PAUSED"
        assert client.get(path).json()["types"] == []
        rotated = client.post(f"{path}/secret", json={"overlapSeconds": 60}).json()
        assert rotated["secret"] not in {made["secret"], ""}
        assert client.delete(path).status_code == 204
        assert client.get(path).status_code == 404


def test_deliveries_are_listed_and_replayed(server: Server, admin: httpx.Client) -> None:
    deploy(admin, "review.bpmn")
    made = create(admin, types=["motcua.instance.started.v1"], processes=["review"])
    path = f"/api/webhooks/{made['webhookKey']}"
    instance = start(admin, "review")
    while server.engine.relay():
        continue

    page = admin.get(f"{path}/deliveries", params={"state": "PENDING"}).json()

    assert [item["subject"] for item in page["items"]] == [instance]
    assert admin.get(path).json()["pending"] == 1
    assert admin.get(f"{path}/deliveries", params={"state": "DEAD"}).json()["items"] == []
    dead = admin.post(f"{path}/replay", json={"dead": True})
    assert (dead.status_code, dead.json()["events"]) == (202, 0)
    since = admin.post(f"{path}/replay", json={"since": "2026-01-01T00:00:00+07:00"})
    assert since.json()["events"] > 0
    cursor = admin.get("/api/events", params={"after": "now"}).json()["page"]["endCursor"]
    assert admin.post(f"{path}/replay", json={"after": cursor}).json()["events"] == 0
    admin.delete(path)


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"url": "http://hooks.example/"}, "url-scheme"),
        ({"url": "https://127.0.0.1/"}, "url-private"),
        ({"url": "https://u:p@hooks.example/"}, "url-user"),
        ({"types": ["motcua.nothing.v1"]}, "event-type-unknown"),
        ({"types": ["task*"]}, "event-type-unknown"),
        ({"label": "  "}, "label"),
        ({"units": ["no slash"]}, "invalid-input"),
        ({"secret": "mine"}, "invalid-input"),
    ],
)
def test_a_webhook_that_cannot_work_is_refused_with_the_reason(
    admin: httpx.Client, members: dict[str, Any], code: str
) -> None:
    answer = admin.post("/api/webhooks", json={"label": "x", "url": URL} | members)

    assert answer.status_code == 400, answer.text
    problem = answer.json()
    assert code in {problem["code"], *(fault["code"] for fault in problem.get("errors", ()))}


@pytest.mark.parametrize(
    "body", [{}, {"dead": False}, {"dead": True, "since": "2026-01-01T00:00:00Z"}]
)
def test_a_replay_says_one_thing(admin: httpx.Client, body: dict[str, Any]) -> None:
    made = create(admin)

    answer = admin.post(f"/api/webhooks/{made['webhookKey']}/replay", json=body)

    assert (answer.status_code, answer.json()["code"]) == (400, "replay-what")


def test_units_bound_who_manages_what(server: Server, admin: httpx.Client) -> None:
    account = {
        "username": "huế",
        "password": PASSWORD,
        "roles": ["integrator"],
        "unitId": "46/",
    }
    admin.post("/v2/users", json=account)
    made = create(admin)
    with server.client("huế") as hue:
        own = create(hue)
        assert hue.get(f"/api/webhooks/{own['webhookKey']}").json()["unitId"] == "46/"
        items = hue.get("/api/webhooks").json()["items"]
        assert [item["webhookKey"] for item in items] == [own["webhookKey"]]
        assert hue.get(f"/api/webhooks/{made['webhookKey']}").status_code == 404
        assert hue.delete(f"/api/webhooks/{made['webhookKey']}").status_code == 404
        body = {"label": "x", "url": URL}
        outside = hue.post("/api/webhooks", json=body | {"unitId": "48/"})
        assert (outside.status_code, outside.json()["code"]) == (403, "unit-outside")
        inside = hue.post("/api/webhooks", json=body | {"unitId": "46/19753/"})
        assert inside.status_code == 201
        lost = hue.post("/api/webhooks", json=body | {"units": ["48/"]})
        assert lost.json()["errors"][0]["code"] == "unit-outside"
