"""Clocks and papers of a dossier over HTTP: a slip as PDF, a pause, an extension, what-if."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pypdf import PdfReader

from engine.commands.deploy_resources import DeployResources
from engine.domain.actors import Actor
from engine.packages.law.load import load_files
from tests.api.conftest import Server
from tests.contract.dossier.counter import procedure
from tests.contract.engine.models import end, process, start, user_task

LOADER = Actor(name="loader", roles=frozenset({"admin", "system"}))
MODEL = process(
    "simple", [start(), user_task("appraise"), end()], ["start appraise", "appraise end"]
)
RULE = "bo-sung-ho-so"


@pytest.fixture(scope="module")
def counter(server: Server) -> Iterator[httpx.Client]:
    """An installation with law and one procedure, asked by its administrator."""
    list(load_files(server.engine, LOADER, Path("processes/_law")))
    deploy = DeployResources(
        resources=(MODEL,),
        procedure_code="9.000001",
        applies_from="2025-07-01",
        procedure=procedure("9.000001", "simple"),
    )
    server.engine.execute(deploy, LOADER)
    with server.client("admin") as client:
        yield client


@pytest.fixture
def code(counter: httpx.Client) -> str:
    """A dossier received."""
    body = {
        "procedureCode": "9.000001",
        "receptionPoint": "rp-20242",
        "applicant": {"name": "Hồ Thị Hạnh"},
        "facts": {"residence": "20242"},
        "separate": True,
    }
    answer = counter.post("/api/dossiers", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


def test_a_slip_as_pdf(counter: httpx.Client, code: str) -> None:
    answer = counter.post(f"/api/dossiers/{code}/papers/01")

    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "application/pdf"
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert code in text
    assert counter.get(f"/api/dossiers/{code}/papers/02").json()["code"] == "paper-not-due"
    assert counter.get(f"/api/dossiers/{code}/papers/99").json()["code"] == "no-form"


def test_pause_resume_extend_and_explain(counter: httpx.Client, code: str) -> None:
    path = f"/api/dossiers/{code}"
    assert counter.post(f"{path}/pause", json={"rule": RULE}).json() == {"moved": []}
    assert counter.get(f"{path}/deadline").json()["clocks"][0]["state"] == "paused"
    assert counter.post(f"{path}/resume", json={"rule": RULE}).status_code == 200
    moved = counter.post(f"{path}/extend", json={"term": "2WD", "document": "1/VB"}).json()

    assert {each["name"] for each in moved["moved"]} == {"statutory", "committed"}
    told = counter.get(f"{path}/deadline").json()
    assert told["extensions"] == [{"term": "2WD", "document": "1/VB"}]
    assert all(clock["due"] == clock["kept"] for clock in told["clocks"])
    refused = counter.post(f"{path}/pause", json={"rule": "mat-mang"})
    assert (refused.status_code, refused.json()["code"]) == (404, "pause-rule-unknown")


def test_what_if_over_http(counter: httpx.Client, code: str) -> None:
    due = counter.get(f"/api/dossiers/{code}/deadline").json()["clocks"][0]["due"][:10]
    row = {"unit": "48/", "date": due, "kind": "off", "name": {"vi": "bão", "en": "storm"}}
    body = {"kind": "unit-day", "decision": "9/QĐ", "source": "UBND", "rows": [row]}

    answer = counter.post("/api/clock/what-if", json=body)

    assert answer.status_code == 200, answer.text
    assert code in {each["code"] for each in answer.json()["moved"]}
    assert counter.get(f"/api/dossiers/{code}/deadline").json()["clocks"][0]["due"][:10] == due


def test_numbers_and_their_book(counter: httpx.Client, code: str) -> None:
    path = f"/api/dossiers/{code}/numbers"
    answer = counter.post(path, json={"register": "chung-thuc-ban-sao"})

    assert answer.status_code == 201, answer.text
    written = answer.json()["text"]
    assert written.endswith("/SCT/BS")
    book = counter.get("/api/papers/books/chung-thuc-ban-sao", params={"unit": "48/20242/"})
    assert written in PdfReader(io.BytesIO(book.content)).pages[0].extract_text()
    register = counter.get("/api/papers/07")
    assert register.headers["Content-Type"] == "application/pdf"
    assert counter.get("/api/papers/07", params={"from": "x"}).status_code == 400
