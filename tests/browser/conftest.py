"""A real Chromium on a real server: one server per run, a fresh browser profile per test.

Every page fails its test on a script error or a refused resource, whatever the
test itself asks; what the test provokes on purpose it takes from ``page_errors``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.browser.seeing import WIDE
from tests.live.server import LiveServer, live_server
from tests.tiers.needs import chromium_path

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The demo on a database of this run."""
    with live_server(tmp_path_factory.mktemp("browser")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium from the system's packages, without its background traffic."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def page_errors() -> list[str]:
    """What went wrong in the page; a test that provokes an error takes it out."""
    return []


@pytest.fixture
def open_page(
    browser: Browser, server: LiveServer, page_errors: list[str]
) -> Iterator[Callable[..., Page]]:
    """``open_page(size=..., scripts=...)``: a page in a profile of its own."""
    contexts = []

    def make(size: tuple[int, int] = WIDE, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=server.url,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: page_errors.append(str(error)))
        page.on("console", lambda message: _note(message, page_errors))
        page.on("request", lambda request: _stay_here(request.url, server.url, page_errors))
        return page

    yield make
    for context in contexts:
        context.close()
    assert page_errors == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A wide page with scripts."""
    return open_page()


def _note(message: ConsoleMessage, errors: list[str]) -> None:
    # A status of 400 on a form that is shown again is no fault of the page.
    expected = re.search(r"the server responded with a status of 4\d\d", message.text)
    if message.type in {"error", "warning"} and not expected:
        errors.append(message.text)


def _stay_here(url: str, own: str, errors: list[str]) -> None:
    if not url.startswith((own, "data:", "blob:")):
        errors.append(f"the page asked for {url}")
