"""A clerk's work in a real browser: a dossier received, its task done, the dossier looked at."""

from __future__ import annotations

import base64
import json
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.seeing import NARROW, WIDE, require_accessible, shoot
from tests.live.server import LiveServer

OpenPage = Callable[..., Page]
FIRST_TASK = "Kiểm tra bản chính và bản sao"


def receive(server: LiveServer, name: str) -> str:
    """A certified-copy dossier over the counter's API; its code."""
    body = {
        "procedureCode": "2.000815",
        "receptionPoint": "rp-20242",
        "applicant": {"name": name, "phone": "0912345678"},
        "answers": {"applicant": {"name": name}},
    }
    made = call(server, "tiepnhan", "/api/dossiers", body)
    return str(made["code"])


def call(server: LiveServer, name: str, path: str, body: object = None) -> dict[str, Any]:
    pair = base64.b64encode(f"{name}:{name}".encode()).decode()
    asked = urllib.request.Request(
        server.url + path,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Basic {pair}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(asked, timeout=30) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def sign_in(page: Page, name: str) -> None:
    page.goto("/desk")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu", exact=True).fill(name)
    page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bàn làm việc")


def open_task(page: Page, words: str) -> None:
    page.get_by_label("Tìm theo mã hồ sơ").fill(words)
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Nhóm tôi").click()
    page.get_by_role("main").get_by_role("row").get_by_role("link").first.click()
    expect(page.get_by_role("button", name="Trả lại cho nhóm")).to_be_visible()


def fits(page: Page) -> bool:
    found: bool = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return found


@pytest.mark.parametrize(
    ("size", "scripts"),
    [(WIDE, True), (NARROW, True), (WIDE, False)],
    ids=["wide", "narrow", "without scripts"],
)
def test_a_clerk_finds_takes_and_completes_the_first_task(
    open_page: OpenPage, server: LiveServer, size: tuple[int, int], scripts: bool
) -> None:
    code = receive(server, "Hồ Thị Hạnh")
    page = open_page(size, scripts)
    sign_in(page, "tiepnhan")
    assert fits(page)
    page.goto("/desk?tab=group")
    look(page, "desk", scripts)
    open_task(page, code)
    expect(page.get_by_label("Họ và tên")).to_have_value("Hồ Thị Hạnh")
    look(page, "task", scripts)

    page.get_by_role("button", name="Hoàn thành").last.click()

    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Tên giấy tờ: bắt buộc phải nhập")
    expect(page.get_by_label("Họ và tên")).to_have_value("Hồ Thị Hạnh")
    look(page, "task-refused", scripts)
    fill_first_row(page)
    page.get_by_role("button", name="Thêm dòng").click()
    expect(page.get_by_role("group", name="Dòng 2")).to_be_visible()
    expect(page.get_by_label("Tên giấy tờ").first).to_have_value("Giấy khai sinh")
    page.get_by_role("button", name="Xóa dòng 2").click()
    expect(page.get_by_role("group", name="Dòng 2")).to_have_count(0)
    page.get_by_label("Tiếp nhận các giấy tờ đủ điều kiện").check()
    page.get_by_role("button", name="Hoàn thành").last.click()

    expect(page.get_by_role("alert")).to_contain_text(f"Đã hoàn thành: {FIRST_TASK}")
    page.goto(f"/dossiers/{code}")
    expect(page.get_by_role("main")).to_contain_text("Hồ Thị Hạnh")
    expect(page.locator(".is-active").first).to_be_visible()
    expect(page.locator("[data-element='kiem-tra-giay-to'].is-done")).to_have_count(1)
    page.locator("summary").click()
    expect(page.get_by_role("row", name=f"{FIRST_TASK} Đã xong")).to_be_visible()
    look(page, "dossier", scripts)


def fill_first_row(page: Page) -> None:
    page.get_by_label("Tên giấy tờ").fill("Giấy khai sinh")
    page.get_by_label("Loại", exact=True).select_option("Giấy tờ hộ tịch")
    page.get_by_label("Số trang bản chính").fill("1")
    page.get_by_label("Số bản sao").fill("3")
    page.get_by_label("Đủ điều kiện", exact=True).check()
    update = page.get_by_role("button", name="Cập nhật biểu mẫu")
    update.click()


def look(page: Page, name: str, scripts: bool) -> None:
    assert fits(page)
    if scripts:
        shoot(page, name)
        require_accessible(page)
