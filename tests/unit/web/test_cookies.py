"""Cookies are Secure and host-only, but for plain http on this machine."""

from __future__ import annotations

import pytest
from flask import Flask, Response, request

from web import cookies
from web.render import local_path

APP = Flask(__name__)


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("localhost", True),
        ("localhost:8000", True),
        ("127.0.0.1:8000", True),
        ("127.1.2.3", True),
        ("[::1]:8000", True),
        ("[::1]", True),
        ("10.0.0.1:8000", False),
        ("localhost.example.vn", False),
        ("127.0.0.1.example.vn:80", False),
    ],
)
def test_loopback_is_recognised(host: str, loopback: bool) -> None:
    assert cookies.is_loopback(host) is loopback


@pytest.mark.parametrize(
    ("url", "name", "secure"),
    [
        ("https://motcua.example.vn/", "__Host-motcua_session", True),
        ("http://127.0.0.1:8000/", "motcua_session", False),
        ("http://motcua.example.vn/", "__Host-motcua_session", True),
    ],
)
def test_the_session_cookie(url: str, name: str, secure: bool) -> None:
    with APP.test_request_context("/", base_url=url):
        answer = Response()
        cookies.put(request, answer, cookies.SESSION, "secret")

    header = answer.headers["Set-Cookie"]
    assert header.startswith(f"{name}=secret;")
    assert ("Secure" in header) is secure
    for attribute in ("HttpOnly", "SameSite=Lax", "Path=/"):
        assert attribute in header
    assert "Domain" not in header
    assert "Max-Age" not in header


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://motcua.example.vn/", True),
        ("http://localhost:8000/", True),
        ("http://motcua.example.vn/", False),
    ],
)
def test_a_password_travels_encrypted_or_not_at_all(url: str, allowed: bool) -> None:
    with APP.test_request_context("/", base_url=url):
        assert cookies.may_sign_in(request) is allowed


@pytest.mark.parametrize("path", ["/", "/tasks?page=2", "/đăng-nhập"])
def test_paths_of_this_site_are_followed(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "target",
    [
        "",
        "tasks",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/a\r\nX: y",
        "/\t/x",
    ],
)
def test_other_targets_lead_to_the_start_page(target: str) -> None:
    assert local_path(target) == "/"
