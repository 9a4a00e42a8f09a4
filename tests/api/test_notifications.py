"""Notifications and connectors over HTTP."""

from __future__ import annotations

import httpx

from tests.api.conftest import Server


def test_notifications_are_listed_and_unknown_ones_are_none(admin: httpx.Client) -> None:
    assert admin.get("/api/notifications").json() == {"items": []}
    assert admin.post("/api/notifications/1/reading").status_code == 404
    assert admin.post("/api/notifications/x/reading").status_code == 400


def test_connectors_are_for_operators(server: Server, admin: httpx.Client) -> None:
    listed = admin.get("/api/connectors")

    assert listed.status_code == 200, listed.text
    assert all(row["state"] in {"unknown", "maintenance"} for row in listed.json()["items"])
    with server.client("integrator") as other:
        assert other.get("/api/connectors").status_code == 403
