"""Every scenario of every shipped procedure, over HTTP against a real server, on both databases.

The same files are played in memory by ``motcua test``; here people in different
roles complete the tasks through ``/v2``, from receipt to hand-over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.packages import Package, load, run_scenarios
from engine.packages.compiled import compile_package
from engine.packages.diagram import read_diagrams
from engine.packages.run import covered, play, read_scenarios
from engine.packages.scenario import Scenario
from engine.packages.seed import DEMO_ACCOUNTS
from engine.runtime import SpiffRuntime
from tests.live.client import Client, Refused
from tests.live.server import live_server
from tests.scenarios.http_driver import HttpDriver

ROOT = Path(__file__).parents[2]
PACKAGES = load(ROOT / "processes", ROOT / "forms")
STORIES = [
    pytest.param(package, scenario, id=f"{package.id}/{Path(scenario.resource).stem}")
    for package in PACKAGES
    for scenario in read_scenarios(package)[0]
]


@pytest.fixture(scope="module")
def server(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demonstration server with the shipped procedures deployed."""
    folder = tmp_path_factory.mktemp("server")
    with live_server(folder, database_url=database_url) as running:
        yield running.url


@pytest.fixture(scope="module")
def people(server: str) -> Iterator[dict[str, Client]]:
    """One logged-in client per group of the demonstration counter."""
    clients = {
        group: Client(server, account.name, account.name)
        for account in DEMO_ACCOUNTS
        for group in account.groups
    }
    yield clients
    for client in clients.values():
        client.close()


@pytest.fixture(scope="module")
def operator(server: str) -> Iterator[Client]:
    with Client(server) as client:
        yield client


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.id)
def test_in_memory(package: Package) -> None:
    report = run_scenarios(package, SpiffRuntime(), SpiffRuntime)

    assert [(one.resource, one.difference) for one in report.outcomes if one.difference] == []
    assert report.findings == ()
    assert (report.coverage.missed_elements, report.coverage.missed_flows) == ((), ())


@pytest.mark.parametrize(("package", "scenario"), STORIES)
def test_over_http(
    package: Package, scenario: Scenario, operator: Client, people: dict[str, Client]
) -> None:
    ready = compile_package(package, SpiffRuntime())
    diagrams = read_diagrams(package)

    driver = HttpDriver(operator, people, package.code)
    outcome = play(scenario, package, diagrams, ready, driver)

    assert outcome.difference is None
    assert driver.status() == (10 if scenario.ends["result"] == "delivered" else 8)
    in_memory = run_scenarios(package, SpiffRuntime(), SpiffRuntime).outcomes
    told = next(one for one in in_memory if one.resource == scenario.resource)
    assert covered((outcome,), diagrams) == covered((told,), diagrams)


def test_a_stranger_completes_nothing(
    operator: Client, server: str, people: dict[str, Client]
) -> None:
    body = {
        "procedureCode": "2.000815",
        "receptionPoint": "rp-20242",
        "applicant": {"name": "Hồ Thị Hạnh"},
    }
    operator.close()
    instance = operator.post("/api/dossiers", body)["processInstanceKey"]
    where = {"filter": {"processInstanceKey": instance}}
    (task,) = operator.post("/v2/user-tasks/search", where)["items"]
    path = f"/v2/user-tasks/{task['userTaskKey']}/completion"

    refused = []
    with Client(server, "admin", "wrong") as nobody:
        for client in (people["records@ubnd-20242"], nobody):
            client.close()
            with pytest.raises(Refused) as caught:
                client.post(path, {"variables": {}})
            refused.append(caught.value.status)
    people["reception@ubnd-20242"].close()
    with pytest.raises(Refused) as caught:
        people["reception@ubnd-20242"].post(path, {"variables": {"typename": 1, "documents": "x"}})

    assert refused == [404, 401]
    assert caught.value.status == 400
    errors = {(one["pointer"], one["code"]) for one in json.loads(caught.value.body)["errors"]}
    assert {("/typename", "unknown-key"), ("/documents", "wrong-type")} <= errors
    operator.post(f"/v2/process-instances/{instance}/cancellation", {})
