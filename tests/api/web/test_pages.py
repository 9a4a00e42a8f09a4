"""Pages as a client without a browser sees them: headers, forged posts, bad sessions, errors."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.bootstrap import build_engine
from engine.commands.manage_accounts import ChangeAccount, CreateAccount
from engine.packages.seed import SEEDER
from engine.ports.engine import Engine
from engine.settings import Settings
from tests.databases import Databases
from web import create_app

HTTPS = "https://motcua.example.vn"
NAME, PASSWORD = "anh.nguyen", "đủ dài và đúng"


@pytest.fixture(scope="module")
def engine(databases: Databases) -> Iterator[Engine]:
    with databases.fresh("sqlite") as url:
        made = build_engine(Settings(database_url=url))
        roles, groups = frozenset({"clerk"}), ("reception@ubnd-20242",)
        account = CreateAccount(name=NAME, password=PASSWORD, roles=roles, groups=groups)
        made.execute(account, SEEDER)
        yield made
        made.close()


@pytest.fixture(scope="module")
def app(engine: Engine) -> Flask:
    return create_app(engine)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def form_token(client: FlaskClient, base: str = HTTPS) -> str:
    page = client.get("/sign-in", base_url=base).get_data(as_text=True)
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found.group(1)


def sign_in(client: FlaskClient, base: str = HTTPS, **fields: str) -> TestResponse:
    token = form_token(client, base)
    form = {"csrf_token": token, "name": NAME, "password": PASSWORD, **fields}
    return client.post("/sign-in", data=form, base_url=base)


def greets(client: FlaskClient) -> bool:
    return "Xin chào" in client.get("/", base_url=HTTPS).get_data(as_text=True)


@pytest.mark.parametrize("path", ["/", "/sign-in", "/no-such-page"])
def test_every_page_is_protected(client: FlaskClient, path: str) -> None:
    headers = client.get(path, base_url=HTTPS).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Strict-Transport-Security"].startswith("max-age=")


def test_the_nonce_is_in_page_and_policy_and_new_each_time(client: FlaskClient) -> None:
    answers = [client.get("/") for _ in range(2)]
    nonces = [re.findall("'nonce-([^']+)'", a.headers["Content-Security-Policy"]) for a in answers]

    assert nonces[0] != nonces[1]
    for answer, nonce in zip(answers, nonces, strict=True):
        page = answer.get_data(as_text=True)
        assert set(re.findall(r'<script[^>]* nonce="([^"]+)"', page)) <= set(nonce)
        assert page.count("<script") == page.count(" nonce=")


def test_pages_without_https_promise_nothing(client: FlaskClient) -> None:
    headers = client.get("/", base_url="http://127.0.0.1:8000").headers

    assert "Strict-Transport-Security" not in headers


def test_signing_in_opens_a_session_in_a_host_cookie(client: FlaskClient) -> None:
    answer = sign_in(client)

    assert answer.status_code == 303
    cookies = answer.headers.getlist("Set-Cookie")
    session = next(cookie for cookie in cookies if cookie.startswith("__Host-motcua_session="))
    assert "Secure" in session
    assert greets(client)
    page = client.get("/", base_url=HTTPS).get_data(as_text=True)
    assert "reception@ubnd-20242" in page


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
    ],
)
def test_a_post_from_elsewhere_is_refused_with_a_right_token(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    form = {"csrf_token": form_token(client), "name": NAME, "password": PASSWORD}

    answer = client.post("/sign-in", data=form, headers=headers, base_url=HTTPS)

    assert answer.status_code == 400
    assert "Biểu mẫu đã hết hiệu lực" in answer.get_data(as_text=True)
    assert not greets(client)


def test_a_post_without_a_token_of_this_visitor_is_refused(app: Flask, client: FlaskClient) -> None:
    strangers_token = form_token(app.test_client())
    form_token(client)

    for token in ("", "x", strangers_token):
        form = {"csrf_token": token, "name": NAME, "password": PASSWORD}
        assert client.post("/sign-in", data=form, base_url=HTTPS).status_code == 400
    assert not greets(client)


def test_a_token_from_before_signing_in_does_not_sign_out(client: FlaskClient) -> None:
    before = form_token(client)
    sign_in(client)

    answer = client.post("/sign-out", data={"csrf_token": before}, base_url=HTTPS)

    assert answer.status_code == 400
    assert greets(client)


def test_nobody_signs_in_over_plain_http_from_elsewhere(client: FlaskClient) -> None:
    answer = sign_in(client, base="http://motcua.example.vn")

    assert answer.status_code == 400
    assert "Kết nối này không được mã hóa" in answer.get_data(as_text=True)
    # A browser would not even keep the Secure cookie that came over http.
    assert all("Secure" in cookie for cookie in answer.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_signing_in_never_leads_away(client: FlaskClient, target: str) -> None:
    assert sign_in(client, next=target).headers["Location"] == "/"


def test_signing_in_leads_back_to_where_one_wanted_to_be(client: FlaskClient) -> None:
    assert sign_in(client, next="/tasks?page=2").headers["Location"] == "/tasks?page=2"


def test_a_name_typed_with_loose_accents_is_the_same_name(engine: Engine, app: Flask) -> None:
    made = CreateAccount(name="ánh", password=PASSWORD)
    engine.execute(made, SEEDER)

    assert sign_in(app.test_client(), name="a\u0301nh").status_code == 303


def test_a_block_ends_the_session_at_once(engine: Engine, client: FlaskClient) -> None:
    engine.execute(CreateAccount(name="blocked", password=PASSWORD), SEEDER)
    sign_in(client, name="blocked")
    assert greets(client)

    engine.execute(ChangeAccount(name="blocked", disabled=True), SEEDER)

    assert not greets(client)


def test_many_wrong_passwords_close_the_door_for_a_while(app: Flask, client: FlaskClient) -> None:
    for _ in range(10):
        assert sign_in(client, name="guessed", password="wrong").status_code == 400

    answer = sign_in(client, name="guessed", password="wrong")

    assert "quá nhiều lần thử" in answer.get_data(as_text=True)
    # Another account is not touched by it.
    assert sign_in(app.test_client()).status_code == 303


def test_what_was_typed_comes_back_escaped(client: FlaskClient) -> None:
    answer = sign_in(client, name='"><script>alert(1)</script>', password="x")

    page = answer.get_data(as_text=True)
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_nonsense_cookie_is_a_stranger(client: FlaskClient) -> None:
    client.set_cookie("__Host-motcua_session", "đ" * 200, domain="motcua.example.vn")

    assert not greets(client)


def test_unknown_addresses_of_the_api_stay_problem_documents(client: FlaskClient) -> None:
    answer = client.get("/v2/no-such-thing", base_url=HTTPS)

    assert answer.status_code == 404
    assert answer.content_type.startswith("application/problem+json")
    page = client.get("/no-such-thing", base_url=HTTPS)
    assert page.status_code == 404
    assert page.content_type.startswith("text/html")


def test_a_wrong_method_on_a_page_is_a_page(client: FlaskClient) -> None:
    answer = client.get("/sign-out", base_url=HTTPS)

    assert answer.status_code == 405
    assert "Không mở được trang theo cách này" in answer.get_data(as_text=True)


def test_assets_are_kept_for_good_and_come_compressed(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    style = re.search(r'href="(/static/dist/main-[^"]+\.css)"', page)
    assert style, "run `make web` first"

    with client.get(style.group(1), headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.content_type.startswith("text/css")
    assert client.get(f"{style.group(1)}.gz").status_code == 404
    assert client.get("/static/dist/../../setup.cfg").status_code == 404
