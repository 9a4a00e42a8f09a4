"""A killed server never leaves a slip without a code, nor a code without a dossier."""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.live.client import Client, Cut, Refused
from tests.live.server import LiveServer
from tests.tiers.seeds import FIXED

KILLS = 3
CLIENTS = 8
BODY: dict[str, Any] = {
    "procedureCode": "2.000815",
    "receptionPoint": "rp-20242",
    "applicant": {"name": "Hồ Thị Hạnh"},
}


@pytest.fixture(params=["sqlite", "postgres"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LiveServer]:
    """A server that has law, packages and accounts from a first start as a demonstration."""
    running = LiveServer(tmp_path, database_url=request.getfixturevalue(f"{request.param}_url"))
    running.start()
    running.stop()
    running.demo = False
    yield running
    running.kill()


def test_slips_and_dossiers_agree_after_kills(server: LiveServer) -> None:
    slips: list[str] = []
    chance = random.Random(FIXED)
    for _ in range(KILLS):
        server.start()
        crew = [threading.Thread(target=receive, args=(server.url, slips)) for _ in range(CLIENTS)]
        before = len(slips)
        for thread in crew:
            thread.start()
        end = time.monotonic() + 60
        while len(slips) < before + chance.randint(3, 20) and time.monotonic() < end:
            time.sleep(0.002)
        server.kill()
        for thread in crew:
            thread.join(60)
            assert not thread.is_alive()
        assert len(slips) > before
    server.start()

    with Client(server.url) as client:
        dossiers = all_dossiers(client)
        instances = client.search_all("/v2/process-instances/search", {})
    server.stop()

    codes = [dossier["code"] for dossier in dossiers]
    assert set(slips) <= set(codes), "a slip whose dossier is gone"
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"H17\.02-\d{6}-\d{4}", code) for code in codes)
    for day in {code[:13] for code in codes}:
        numbers = sorted(int(code[-4:]) for code in codes if code.startswith(day))
        assert numbers == list(range(1, len(numbers) + 1)), "a gap or a double"
    roots = {one["processInstanceKey"]: one["dossierCode"] for one in instances}
    assert roots == {one["processInstanceKey"]: one["code"] for one in dossiers}


def receive(url: str, slips: list[str]) -> None:
    """Receive dossiers until the server is gone; a slip is an answer that arrived."""
    with Client(url) as client:
        try:
            while True:
                made = client.post("/api/dossiers", BODY)
                assert made["lookupSecret"]
                slips.append(made["code"])
        except (Cut, Refused):
            return


def all_dossiers(client: Client) -> list[dict[str, Any]]:
    """Page by page."""
    found: list[dict[str, Any]] = []
    path = "/api/dossiers?limit=500"
    while items := (page := client.get(path))["items"]:
        found += items
        path = f"/api/dossiers?limit=500&after={page['page']['endCursor']}"
    return found
