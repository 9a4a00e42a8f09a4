"""The frame of every page in a real browser: sign-in, language, weight, accessibility."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.seeing import NARROW, WIDE, require_accessible, shoot
from tests.live.server import LiveServer

FIRST_LOAD_LIMIT = 200_000
OpenPage = Callable[..., Page]


def sign_in(page: Page, name: str = "admin", password: str = "admin") -> None:
    page.goto("/sign-in")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu", exact=True).fill(password)
    page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()


def signed_in(page: Page) -> None:
    """Sign in and wait for the page behind it: a click alone does not wait."""
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Xin chào")


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/sign-in?notice=signed-out")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize(
    ("path", "name"), [("/", "home"), ("/sign-in", "sign-in"), ("/no-such-page", "not-found")]
)
def test_pages_of_strangers(
    open_page: OpenPage, size: tuple[int, int], path: str, name: str
) -> None:
    page = open_page(size)
    page.goto(path)

    expect(page.locator("html")).to_have_attribute("lang", "vi")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shoot(page, name)
    require_accessible(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_signing_in_and_out(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(WIDE, scripts)
    signed_in(page)
    expect(page.get_by_role("main")).to_contain_text("Quản trị")

    sign_out(page)
    expect(page.get_by_role("main")).to_contain_text("Bạn đã đăng xuất.")
    page.goto("/")
    expect(page.get_by_role("main").get_by_role("button", name="Đăng nhập")).to_be_visible()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_start_page_of_who_is_signed_in(open_page: OpenPage, size: tuple[int, int]) -> None:
    page = open_page(size)
    signed_in(page)

    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shoot(page, "home-signed-in")
    require_accessible(page)


def test_a_wrong_password_is_told_at_the_field_and_on_top(page: Page) -> None:
    sign_in(page, password="wrong-password")

    expect(page).to_have_title(re.compile("^Lỗi:"))
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Tên đăng nhập hoặc mật khẩu không đúng")
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("admin")
    expect(page.get_by_label("Mật khẩu", exact=True)).to_have_value("")
    shoot(page, "sign-in-refused")
    require_accessible(page)
    summary.get_by_role("link").first.click()
    expect(page.get_by_label("Tên đăng nhập")).to_be_focused()


def test_empty_fields_are_named_one_by_one(page: Page) -> None:
    sign_in(page, name="", password="")

    expect(page.get_by_role("alert").get_by_role("link")).to_have_text(
        ["Hãy nhập tên đăng nhập", "Hãy nhập mật khẩu"]
    )


def test_the_password_can_be_shown(page: Page) -> None:
    page.goto("/sign-in")
    field = page.get_by_label("Mật khẩu", exact=True)
    field.fill("bí mật")

    page.get_by_role("button", name="Hiện mật khẩu").click()

    expect(field).to_have_attribute("type", "text")
    expect(page.get_by_role("button", name="Ẩn mật khẩu")).to_be_visible()


def test_the_keyboard_is_enough(page: Page) -> None:
    page.goto("/sign-in")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("admin")
    page.keyboard.press("Tab")
    page.keyboard.type("admin")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Xin chào")


def test_english_is_one_click_away_and_stays(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_role("link", name="English").click()

    expect(page).to_have_url(re.compile("/sign-in$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "One-stop counters, run by the diagram"
    )
    shoot(page, "home-english")


def test_a_session_closed_elsewhere_is_closed_here(open_page: OpenPage) -> None:
    page = open_page()
    signed_in(page)
    stolen = page.context.cookies()
    sign_out(page)

    thief = open_page()
    thief.context.add_cookies(stolen)
    thief.goto("/")

    expect(thief.get_by_role("heading", level=1)).not_to_contain_text("Xin chào")


def test_signing_in_makes_a_new_session_that_no_script_can_read(page: Page) -> None:
    signed_in(page)
    first = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert first["motcua_session"]["httpOnly"] is True
    assert first["motcua_session"]["sameSite"] == "Lax"
    assert page.evaluate("document.cookie") == ""

    sign_out(page)
    signed_in(page)

    second = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert second["motcua_session"]["value"] != first["motcua_session"]["value"]


def test_a_form_of_another_site_signs_nobody_out(
    page: Page, page_errors: list[str], server: LiveServer
) -> None:
    signed_in(page)
    forgery = FORGERY.format(url=server.url)
    page.route(
        "http://evil.test/", lambda route: route.fulfill(body=forgery, content_type="text/html")
    )
    page.goto("http://evil.test/")
    with page.expect_response("**/sign-out") as answered:
        page.get_by_role("button").click()
    assert answered.value.status == 400
    page.wait_for_load_state()

    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Xin chào")
    page_errors[:] = [error for error in page_errors if "evil.test" not in error]


def test_the_first_load_is_light_on_the_wire(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto("/sign-in", wait_until="networkidle")

    assert len(received) >= 6
    assert sum(received) < FIRST_LOAD_LIMIT


FORGERY = """
<!doctype html><title>evil</title>
<form method="post" action="{url}/sign-out"><button>Win</button></form>
"""
