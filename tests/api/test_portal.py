"""The portal's list compared over HTTP."""

from __future__ import annotations

import httpx


def test_what_is_missing_here_and_a_bad_status(admin: httpx.Client) -> None:
    url = "/api/portal/reconciliations"
    found = admin.post(url, json={"dossiers": [{"code": "unknown-1", "status": 4}]})
    kept = admin.get(url, params={"limit": "1"}).json()
    bad = admin.post(url, json={"dossiers": [{"code": "x", "status": 11}]})

    assert found.status_code == 200
    assert {"kind": "missing_here", "code": "unknown-1", "ours": None, "theirs": 4,
            "lateSeconds": None} in found.json()["differences"]  # fmt: skip
    assert bad.status_code == 400
    assert bad.json()["errors"][0]["pointer"] == "/dossiers/0/status"
    assert kept["items"][0]["differences"] == found.json()["differences"]
    assert kept["items"][0]["checked"] == found.json()["checked"]
