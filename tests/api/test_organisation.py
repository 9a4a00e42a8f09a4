"""Who decides, the catalogue, units, agencies, points and a province's own rows over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from engine.domain.actors import Actor
from engine.packages.law.load import load_files
from tests.api.conftest import Server

LOADER = Actor(name="loader", roles=frozenset({"admin", "system"}))
ASKED = {"procedure": "1.004873", "at": "20242", "facts": {"residence": "20950"}}
LAND = {"procedure": "1.013949", "at": "20242", "facts": {"place": "20950"}}


@pytest.fixture(scope="module")
def country(server: Server) -> Server:
    list(load_files(server.engine, LOADER, Path("processes/_law/jurisdiction")))
    list(load_files(server.engine, LOADER, Path("processes/_law/organisation")))
    return server


@pytest.fixture
def clerk(country: Server, lan: httpx.Client) -> Iterator[httpx.Client]:
    assert country
    yield lan


def test_where_tells_agency_and_reason(clerk: httpx.Client) -> None:
    posted = clerk.post("/api/where", json=ASKED).json()
    query = {"procedure": "1.004873", "at": "rp-20242", "residence": "20950"}
    got = clerk.get("/api/where", params=query).json()

    assert posted == got
    assert posted["accepted"] is True
    assert posted["competent_agency"]["unit_code"] == "20950"
    assert posted["explanation"][0] == "UBND xã Trà Linh, vì nơi thường trú"


def test_excluded_class_is_refused_with_a_hint(clerk: httpx.Client) -> None:
    found = clerk.post("/api/where", json={**LAND, "language": "en"})

    assert found.status_code == 200
    assert found.json() == {
        "accepted": False,
        "code": "excluded-land",
        "hint": "Hand in at UBND xã Trà Linh.",
    }


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"facts": {}}, 400, "fact-missing"),
        ({"at": "99999"}, 404, "reception-point-unknown"),
        ({"procedure": "1.999999"}, 404, "procedure-unknown"),
        ({"on": "2025-13-01"}, 400, "invalid-input"),
        ({"where": 1}, 400, "invalid-input"),
    ],
)
def test_questions_nobody_can_answer(
    clerk: httpx.Client, change: dict[str, object], status: int, code: str
) -> None:
    found = clerk.post("/api/where", json=ASKED | change)

    assert (found.status_code, found.json()["code"]) == (status, code)


@pytest.mark.parametrize("words", ["tinh trang hon nhan", "tình trạng hôn nhân", "1.004873"])
def test_procedures_are_found_by_words(clerk: httpx.Client, words: str) -> None:
    found = clerk.get("/api/procedures", params={"q": words}).json()

    assert [row["code"] for row in found["items"]] == ["1.004873"]
    assert (found["items"][0]["term"], found["items"][0]["level"]) == ("3WD", "commune")


def test_catalogue_is_paged_without_gap_or_double(clerk: httpx.Client) -> None:
    codes: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = clerk.get("/api/procedures", params={"limit": 300, **after}).json()
        if not page["items"]:
            break
        codes += [row["code"] for row in page["items"]]
        after = {"after": page["page"]["endCursor"]}

    assert len(codes) == len(set(codes)) == page["page"]["totalItems"] == 1160
    excluded = clerk.get("/api/procedures", params={"field": "dat-dai", "limit": 1}).json()
    assert excluded["items"][0]["exclusion"] == "land"


@pytest.mark.parametrize(
    "path",
    [
        "/api/procedures?level=district",
        "/api/procedures?on=yesterday",
        "/api/procedures/1.004873/facts?language=fr",
        "/api/where?at=20242",
        "/api/units",
    ],
)
def test_parameters_that_cannot_be_meant(clerk: httpx.Client, path: str) -> None:
    found = clerk.get(path)

    assert (found.status_code, found.json()["code"]) == (400, "invalid-input")


def test_facts_of_a_procedure(clerk: httpx.Client) -> None:
    found = clerk.get("/api/procedures/2.000908/facts").json()

    assert [fact["name"] for fact in found["facts"]] == ["register_keeper"]


@pytest.mark.parametrize(
    ("path", "total", "word"),
    [("agencies", 34 + 3321 + 34 * 13 + 13, "khcn"), ("reception-points", 3356, "chi nhanh")],
)
def test_lists_with_limit(clerk: httpx.Client, path: str, total: int, word: str) -> None:
    found = clerk.get(f"/api/{path}", params={"limit": 5}).json()

    assert len(found["items"]) == 5
    assert found["page"]["totalItems"] == total
    some = clerk.get(f"/api/{path}", params={"q": word}).json()
    assert 0 < some["page"]["totalItems"] < 100
    assert clerk.get(f"/api/{path}", params={"limit": "many"}).status_code == 400


@pytest.mark.parametrize(("words", "label"), [("20347", "Phường An Xuân, Quảng Nam")])
def test_old_code_leads_to_the_present_unit(clerk: httpx.Client, words: str, label: str) -> None:
    (unit,) = clerk.get("/api/units", params={"q": words}).json()["items"]

    assert (unit["label"], unit["effectiveTo"]) == (label, "2025-07-01")
    assert [each["label"] for each in unit["present"]] == ["Phường Tam Kỳ, Thành phố Đà Nẵng"]
    assert unit["decisions"] == ["1659/NQ-UBTVQH15"]


def scope(reach: str, procedure: str = "1.001776", **more: object) -> dict[str, object]:
    row = {"procedure": procedure, "province": "48", "reach": reach}
    about = {"kind": "scope", "decision": "12/QĐ-UBND", "source": "Đà Nẵng"}
    return {**about, "effective_from": "2026-01-01", "rows": [row], **more}


def test_province_writes_its_own_rows_with_a_decision(
    country: Server, clerk: httpx.Client, admin: httpx.Client
) -> None:
    question = {"procedure": "1.001776", "at": "20242", "facts": {"residence": "20950"}}
    assert clerk.post("/api/where", json=question).json()["accepted"] is True

    made = admin.post("/api/law", json=scope("none"))

    assert made.json() == {"kind": "scope", "added": 1}
    assert admin.post("/api/law", json=scope("none")).json() == {"kind": "scope", "same": 1}
    assert clerk.post("/api/where", json=question).json()["code"] == "not-borderless"
    rows = clerk.get("/api/law/scope", params={"limit": 100}).json()["items"]
    (own,) = [row for row in rows if row["id"] == "1.001776/48"]
    assert (own["decision"], own["effectiveFrom"]) == ("12/QĐ-UBND", "2026-01-01")
    list(load_files(country.engine, LOADER, Path("processes/_law/jurisdiction")))
    assert clerk.post("/api/where", json=question).json()["code"] == "not-borderless"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (scope("everywhere"), 400, "law-refused"),
        (scope("province", "1.013949"), 400, "catalogue-refused"),
        (scope("none", kind="magic"), 404, "law-kind"),
        (scope("none", decision=""), 400, "invalid-input"),
    ],
)
def test_rows_that_cannot_be(
    country: Server, admin: httpx.Client, body: dict[str, object], status: int, code: str
) -> None:
    assert country
    found = admin.post("/api/law", json=body)

    assert (found.status_code, found.json()["code"]) == (status, code)


def test_clerk_may_not_write_law(clerk: httpx.Client) -> None:
    assert clerk.post("/api/law", json=scope("none")).status_code == 403
