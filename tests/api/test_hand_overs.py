"""Hand-overs over HTTP: what the route checks and answers."""

from __future__ import annotations

import httpx


def test_an_unknown_dossier_and_an_unknown_offer(admin: httpx.Client) -> None:
    body = {"toAgency": "ubnd-20242", "reason": "x"}
    offer = admin.post("/api/dossiers/H17.02-000000-0000/hand-over", json=body)
    answer = admin.post("/api/hand-overs/1/acceptance")
    other = admin.post("/api/hand-overs/1/dance")

    assert (offer.status_code, answer.status_code, other.status_code) == (404, 404, 404)


def test_a_reason_is_asked_for(admin: httpx.Client) -> None:
    refused = admin.post("/api/dossiers/x/hand-over", json={"toAgency": "ubnd-20242"})

    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"].startswith("/reason")


def test_the_list_is_a_page(admin: httpx.Client) -> None:
    found = admin.get("/api/hand-overs", params={"state": "offered", "limit": "5"})

    assert found.status_code == 200
    assert found.json()["page"]["totalItems"] == len(found.json()["items"])
