"""The clerk's pages without a browser: strangers, two clerks, double posts, paging, statements."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bench.statements import counting
from engine.bootstrap import build_engine
from engine.commands.manage_accounts import CreateAccount
from engine.packages.seed import SEEDER, seed_demo
from engine.settings import Settings
from tests.databases import Databases
from web import create_app
from web.desk import PAGE

HTTPS = "https://motcua.example.vn"
CLERK = frozenset({"clerk"})
# A second clerk of the same counter, and one of a commune that has no part in its dossiers.
MORE = (
    ("dong.nghiep", ("reception@ubnd-20242",), "48/20242/"),
    ("nguoi.la", ("reception@ubnd-20341",), "48/20341/"),
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def app(databases: Databases, request: pytest.FixtureRequest) -> Iterator[Flask]:
    with databases.fresh(request.param) as url:
        engine = build_engine(Settings(database_url=url, demo=True))
        list(seed_demo(engine))
        for name, groups, unit in MORE:
            account = CreateAccount(
                name=name, password=name, roles=CLERK, groups=groups, unit_id=unit
            )
            engine.execute(account, SEEDER)
        yield create_app(engine)
        engine.close()


def receive(app: Flask, name: str = "Hồ Thị Hạnh") -> tuple[str, str]:
    """A new dossier: its code, and the path of its first task."""
    body = {
        "procedureCode": "2.000815",
        "receptionPoint": "rp-20242",
        "applicant": {"name": name},
        "answers": {"applicant": {"name": name}},
    }
    client, pair = app.test_client(), ("tiepnhan", "tiepnhan")
    made = client.post("/api/dossiers", json=body, auth=pair, base_url=HTTPS)
    assert made.status_code == 201
    code = made.get_json()["code"]
    tasks = client.get(f"/api/dossiers/{code}/tasks", auth=pair, base_url=HTTPS).get_json()
    return code, f"/tasks/{tasks['items'][0]['userTaskKey']}"


def sign_in(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    form = {"csrf_token": hidden(get(client, "/sign-in"), "csrf_token"), "name": name}
    answer = client.post("/sign-in", data={**form, "password": name}, base_url=HTTPS)
    assert answer.status_code == 303
    return client


def get(client: FlaskClient, path: str) -> str:
    answer = client.get(path, base_url=HTTPS)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found.group(1)


def post(client: FlaskClient, path: str, page: str, **fields: str) -> TestResponse:
    form = {name: hidden(page, name) for name in ("csrf_token", "revision")}
    return client.post(path, data={**form, **fields}, base_url=HTTPS)


ANSWERS = {
    "rows/documents": "1",
    "f/applicant/name": "Hồ Thị Hạnh",
    "f/documents/0/name": "Giấy khai sinh",
    "f/documents/0/kind": "civil-status",
    "f/documents/0/pages": "1",
    "f/documents/0/copies": "3",
    "f/documents/0/original": "good",
    "f/reception/outcome": "accept",
}


@pytest.mark.parametrize("path", ["/desk", "/tasks/1", "/dossiers/H17.02-261123-0001"])
def test_nobody_works_without_signing_in(app: Flask, path: str) -> None:
    answer = app.test_client().get(path, base_url=HTTPS)

    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/sign-in?notice=first&next={path}"


def test_a_stranger_sees_no_task_no_dossier_and_no_count(app: Flask) -> None:
    code, task = receive(app)
    stranger = sign_in(app, "nguoi.la")

    for path in (task, f"/dossiers/{code}", "/tasks/99999999999999999999", "/dossiers/x"):
        assert stranger.get(path, base_url=HTTPS).status_code == 404
    desk = get(stranger, "/desk")
    posted = {"csrf_token": hidden(get(stranger, "/"), "csrf_token"), **ANSWERS}
    assert stranger.post(task, data=posted, base_url=HTTPS).status_code == 404
    for tab in ("mine", "group", "soon", "overdue", "others"):
        assert f"/dossiers/{code}" not in get(stranger, f"/desk?tab={tab}&q={code}")
    assert re.findall(r'app-count[^>]*">(\d+)', desk) == ["0"] * 5


def test_opening_takes_the_task_and_a_second_clerk_is_told(app: Flask) -> None:
    _, task = receive(app)
    first, second = sign_in(app, "tiepnhan"), sign_in(app, "dong.nghiep")
    page = get(first, task)

    other = get(second, task)

    assert "Hoàn thành" in page
    assert "tiepnhan đang giữ việc này." in other
    assert 'value="release"' not in other
    answer = post(second, task, other, **ANSWERS)
    assert answer.status_code == 409
    assert "tiepnhan đang giữ việc này." in answer.get_data(as_text=True)
    assert 'value="Giấy khai sinh"' in answer.get_data(as_text=True)


def test_another_site_cannot_make_a_clerk_take_a_task(app: Flask) -> None:
    _, task = receive(app)
    client = sign_in(app, "tiepnhan")

    page = client.get(task, headers={"Sec-Fetch-Site": "cross-site"}, base_url=HTTPS)

    assert "Chưa ai nhận việc này." in page.get_data(as_text=True)
    taken = post(client, task, page.get_data(as_text=True), do="take")
    assert 'value="release"' in taken.get_data(as_text=True)


def test_a_second_click_and_the_back_button_complete_nothing_twice(app: Flask) -> None:
    code, task = receive(app)
    client = sign_in(app, "tiepnhan")
    page = get(client, task)

    first = post(client, task, page, **ANSWERS)
    second = post(client, task, page, **ANSWERS)

    assert first.status_code == 303
    assert second.status_code == 409
    assert "Việc này đã kết thúc." in second.get_data(as_text=True)
    assert "Việc này đã kết thúc." in get(client, task)
    assert get(client, f"/dossiers/{code}").count("Thu phí, in giấy hẹn</a>") == 1


def test_a_page_that_is_out_of_date_completes_nothing_and_keeps_what_was_typed(app: Flask) -> None:
    _, task = receive(app)
    client = sign_in(app, "tiepnhan")
    old = get(client, task)
    post(client, task, old, do="release")
    get(client, task)

    answer = post(client, task, old, **ANSWERS)

    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Việc này vừa được thay đổi ở nơi khác." in page
    assert 'value="Giấy khai sinh"' in page
    assert post(client, task, page, **ANSWERS).status_code == 303


def test_given_back_a_task_waits_for_the_group_again(app: Flask) -> None:
    code, task = receive(app)
    client = sign_in(app, "tiepnhan")
    page = get(client, task)
    assert f"/dossiers/{code}" in get(client, f"/desk?tab=mine&q={code}")

    answer = post(client, task, page, do="release", desk="tab=group&q=x")

    assert answer.headers["Location"] == "/desk?tab=group&q=x"
    assert f"/dossiers/{code}" not in get(client, f"/desk?tab=mine&q={code}")
    assert f"/dossiers/{code}" in get(sign_in(app, "dong.nghiep"), f"/desk?tab=group&q={code}")


def test_the_desk_finds_names_without_diacritics(app: Flask) -> None:
    code, _ = receive(app, "Đặng Thị Ngọc Ưu")
    client = sign_in(app, "tiepnhan")

    assert f"/dossiers/{code}" in get(client, "/desk?tab=group&q=dang thi ngoc uu")
    assert f"/dossiers/{code}" in get(client, f"/desk?tab=group&q={code.lower()}")
    assert "Không có việc nào khớp" in get(client, "/desk?tab=group&q=khong co ai ten the")
    assert get(client, "/desk?tab=group&after=nonsense")


def test_pages_of_the_desk_show_every_task_once_in_few_statements(app: Flask) -> None:
    codes = {receive(app, "Người Trang Sau")[0] for _ in range(PAGE + 2)}
    client = sign_in(app, "dong.nghiep")
    few = statements(client, "/desk?tab=group&q=khong co ai ten the")

    path, seen, back = "/desk?tab=group&q=nguoi+trang+sau", [], ""
    page = get(client, path)
    seen += re.findall(r'href="/dossiers/([^"]+)"', page)
    following = re.search(r'href="([^"]+)" rel="next"', page)
    assert following
    page = get(client, following.group(1).replace("&amp;", "&"))
    seen += re.findall(r'href="/dossiers/([^"]+)"', page)
    back = re.findall(r'href="([^"]+)" rel="prev"', page)[0].replace("&amp;", "&")

    assert sorted(seen) == sorted(codes)
    assert 'rel="next"' not in page
    assert re.findall(r'href="/dossiers/([^"]+)"', get(client, back)) == seen[:PAGE]
    assert statements(client, path) <= few + 4


def statements(client: FlaskClient, path: str) -> int:
    """SQL statements that one page takes."""
    with counting() as count:
        get(client, path)
    return count.statements
