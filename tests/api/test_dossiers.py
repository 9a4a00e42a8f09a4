"""A counter's day by REST alone: receive, pay, work, hand over, track; what others cannot see."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from werkzeug.serving import make_server

from api import create_app
from engine.bootstrap import build_engine
from engine.commands.deploy_resources import DeployResources
from engine.commands.manage_accounts import CreateAccount
from engine.packages.law.load import load_own
from engine.settings import Settings
from engine.testing import TESTER
from tests.api.conftest import PASSWORD, Server, populate
from tests.contract.dossier.counter import HOME, OTHER, procedure
from tests.contract.engine.models import end, process, start, user_task

SECRET = "shared with the payment portal"
MODEL = process(
    "simple",
    [start(), user_task("appraise", "specialist@ubnd-20242"), end()],
    ["start appraise", "appraise end"],
)
PEOPLE = {
    "mai": ("reception@ubnd-20242", f"48/{HOME}/"),
    "duc": ("specialist@ubnd-20242", f"48/{HOME}/"),
    "phuoc": ("signer@ubnd-20242", f"48/{HOME}/"),
    "noi-khac": (f"reception@ubnd-{OTHER}", f"48/{OTHER}/"),
    "ha-noi": ("reception@ubnd-00070", "01/00070/"),
}


@pytest.fixture(scope="module")
def server(database_url: str) -> Iterator[Server]:
    """A server with the law, one procedure and people of three units."""
    settings = Settings(database_url=database_url, test=True, payment_secret=SECRET)
    engine = build_engine(settings)
    populate(engine)
    list(load_own(engine, TESTER))
    facts = procedure("9.000001", "simple")
    engine.execute(
        DeployResources(
            resources=(MODEL,),
            procedure_code="9.000001",
            applies_from="2025-07-01",
            procedure=facts,
        ),
        TESTER,
    )
    for name, (group, unit) in PEOPLE.items():
        engine.execute(
            CreateAccount(
                name=name,
                password=PASSWORD,
                roles=frozenset({"clerk"}),
                groups=(group,),
                unit_id=unit,
            ),
            TESTER,
        )
    listening = make_server("127.0.0.1", 0, create_app(engine), threaded=True)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    yield Server(url=f"http://127.0.0.1:{listening.server_port}", engine=engine)
    listening.shutdown()
    thread.join(timeout=10)
    listening.server_close()
    engine.close()


@pytest.fixture
def people(server: Server) -> Iterator[dict[str, httpx.Client]]:
    clients = {name: server.client(name) for name in (*PEOPLE, "admin", "integrator")}
    yield clients
    for client in clients.values():
        client.close()


BODY = {
    "procedureCode": "9.000001",
    "receptionPoint": f"rp-{HOME}",
    "applicant": {"name": "Hồ Thị Hạnh", "idNumber": "048190001234"},
    "facts": {"residence": HOME},
}


def receive(client: httpx.Client, **more: Any) -> dict[str, Any]:
    answer = client.post("/api/dossiers", json=BODY | more)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_the_whole_day(server: Server, people: dict[str, httpx.Client]) -> None:
    mai, duc, phuoc = people["mai"], people["duc"], people["phuoc"]
    made = receive(mai, channel="post")
    code = made["code"]
    path = f"/api/dossiers/{code}"

    duty = mai.post(f"{path}/duties", json={"lines": [{"text": "Lệ phí", "amount": 20000}]}).json()
    assert mai.get(path).json()["status"] == 6
    paid = mai.post(f"{path}/payments", json={"paymentCode": duty["paymentCode"], "amount": 20000})
    assert (paid.status_code, paid.json()["state"]) == (201, "paid")
    (task,) = duc.get(f"{path}/tasks").json()["items"]
    assert task["dossierCode"] == code
    assert duc.post(f"{path}/begin").json()["status"] == 4
    done = duc.post(f"/v2/user-tasks/{task['userTaskKey']}/completion", json={})
    assert done.status_code == 204, done.text
    assert phuoc.post(f"{path}/finish", json={}).json()["status"] == 9
    given = {"method": "post", "evidence": "VNPost 123"}
    assert mai.post(f"{path}/deliver", json=given).json()["status"] == 10

    whole = mai.get(path).json()
    assert [step["status"] for step in whole["steps"]] == [6, 2, 4, 9, 10]
    assert (whole["channel"], whole["meaning"]) == ("post", "Đã trả kết quả")
    money = mai.get(f"{path}/payments").json()
    assert money["duties"][0]["lines"] == [{"text": "Lệ phí", "amount": 20000}]
    assert money["receipts"][0]["amount"] == 20000
    day = phuoc.get("/api/statistics/day").json()
    assert code in day["received"]["byChannel"]["post"]["codes"]
    assert code in day["solved"]["codes"]
    tracked = httpx.get(
        f"{server.url}/api/tracking/{code}", headers={"X-Lookup-Secret": made["lookupSecret"]}
    )
    assert tracked.json()["status"] == 10
    assert "Hạnh" not in tracked.text


def test_repeating_a_reception_is_one_dossier(people: dict[str, httpx.Client]) -> None:
    headers = {"Idempotency-Key": f"slip-{id(people)}"}
    first = people["mai"].post("/api/dossiers", json=BODY, headers=headers)
    again = people["mai"].post("/api/dossiers", json=BODY, headers=headers)

    assert first.json()["code"] == again.json()["code"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "lookupSecret" not in again.json()


def test_what_a_third_unit_cannot_see(people: dict[str, httpx.Client]) -> None:
    made = receive(people["mai"])
    code, key = made["code"], made["processInstanceKey"]
    for name in ("noi-khac", "ha-noi"):
        other = people[name]
        listed = other.get("/api/dossiers").json()
        assert (listed["items"], listed["page"]["totalItems"]) == ([], 0)
        for path in ("", "/tasks", "/payments", "/deadline"):
            hidden = other.get(f"/api/dossiers/{code}{path}")
            guessed = other.get(f"/api/dossiers/H17.02-990101-0001{path}")
            assert hidden.status_code == guessed.status_code == 404
            assert hidden.json()["detail"] == guessed.json()["detail"]
        for step in ("begin", "stop", "secret", "return-channel", "payments", "duties"):
            assert other.post(f"/api/dossiers/{code}/{step}", json={}).status_code in {400, 404}
        assert other.get(f"/v2/process-instances/{key}").status_code == 404
        assert other.post("/v2/user-tasks/search", json={}).json()["items"] == []
        assert other.get("/api/statistics/day?unit=48/").json()["received"]["count"] == 0
        assert other.get("/api/intake").json()["items"] == []


def test_a_feed_of_changes_passes_by_nothing(people: dict[str, httpx.Client]) -> None:
    mai = people["mai"]
    since = receive(mai)["dossier"]["updatedAt"]
    codes = {receive(mai)["code"] for _ in range(5)}
    seen, path = set(), "/api/dossiers?limit=2&updated_since=" + since
    while items := (page := mai.get(path).json())["items"]:
        seen |= {item["code"] for item in items}
        path = f"/api/dossiers?limit=2&updated_since={since}&after=" + page["page"]["endCursor"]

    assert codes <= seen


def test_the_portals_confirmation_is_signed(
    server: Server, people: dict[str, httpx.Client]
) -> None:
    code = receive(people["mai"])["code"]
    lines = {"lines": [{"text": "Phí", "amount": 5000}]}
    duty = people["mai"].post(f"/api/dossiers/{code}/duties", json=lines).json()
    body = json.dumps(
        {"paymentCode": duty["paymentCode"], "amount": 5000, "transactionId": f"T-{code}"}
    ).encode()
    mark = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()

    def call(signature: str) -> httpx.Response:
        headers = {"X-Signature": signature, "Content-Type": "application/json"}
        return httpx.post(f"{server.url}/api/payments/callback", content=body, headers=headers)

    assert call("sha256=" + "0" * 64).status_code == 401
    assert call(f"sha256={mark}").json()["known"] is False
    assert call(f"sha256={mark}").json()["known"] is True
    assert people["mai"].get(f"/api/dossiers/{code}").json()["finance"] == "paid"


def test_the_inbox_over_http(people: dict[str, httpx.Client]) -> None:
    filing = BODY | {
        "portalCode": f"P-{id(people)}",
        "submittedAt": "2026-01-05T22:00:00+07:00",
        "applicant": {"name": "Lê Văn Nộp", "idNumber": f"{id(people)}"},
    }
    first = people["integrator"].post("/api/intake", json=filing)
    second = people["integrator"].post("/api/intake", json=filing)
    assert (first.status_code, second.status_code) == (201, 200)
    inbox = people["mai"].get("/api/intake").json()["items"]
    assert filing["portalCode"] in {item["portalCode"] for item in inbox}

    made = people["mai"].post(f"/api/intake/{filing['portalCode']}/acceptance")

    assert made.status_code == 201, made.text
    assert made.json()["dossier"]["submittedAt"] == "2026-01-05T15:00:00.000Z"
    assert made.json()["lookupSecret"]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"facts": {}}, 400, "fact-missing"),
        ({"procedureCode": "9.999999"}, 404, "procedure-unknown"),
        ({"receptionPoint": "rp-99999"}, 404, "reception-point-unknown"),
        ({"receptionPoint": f"rp-{OTHER}"}, 403, "not-your-counter"),
        ({"applicant": {}}, 400, "invalid-input"),
        ({"term": "9WD"}, 400, "term-unknown"),
        ({"linkedDossier": "H17.02-990101-0009"}, 404, "not-found"),
    ],
)
def test_bad_receptions(
    people: dict[str, httpx.Client], change: dict[str, Any], status: int, code: str
) -> None:
    answer = people["mai"].post("/api/dossiers", json=BODY | change)

    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert "Hạnh" not in answer.text


@pytest.mark.parametrize(
    "query",
    ["?limit=x", "?limit=99999", "?updated_since=now", "?after=%00", "?status=4x"],
)
def test_bad_lists(people: dict[str, httpx.Client], query: str) -> None:
    assert people["mai"].get(f"/api/dossiers{query}").status_code == 400
