"""Looking at a page: sizes, accessibility rules and pictures to keep."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.tiers.plan import OUT

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, NARROW = (1280, 800), (360, 740)


def require_accessible(page: Page) -> None:
    """Axe finds nothing: WCAG 2.2 AA and the best practices it knows."""
    options = {"runOnly": {"type": "tag", "values": RULES}}
    found = Axe().run(page, options=options)
    assert found.violations_count == 0, found.generate_report()


def shoot(page: Page, name: str) -> None:
    """Keep a picture of the whole page under ``out/screenshots``."""
    size = page.viewport_size
    width = size["width"] if size else 0
    page.screenshot(path=OUT / "screenshots" / f"{name}-{width}.png", full_page=True)
