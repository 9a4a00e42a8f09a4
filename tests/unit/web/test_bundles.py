"""A first visit stays light, and nothing in it comes from elsewhere."""

from __future__ import annotations

import re

from web import bundles

FIRST_LOAD_LIMIT = 200_000
# The document itself, which the server does not compress, is a few kilobytes.
DOCUMENT = 12_000


def test_the_first_load_stays_under_200_kb() -> None:
    names = bundles.manifest()
    packed = [f"{names[name]}.gz" for name in ("main.css", "app.js")]
    fonts = [path.name for path in bundles.DIST.glob("*.woff2")]

    size = sum((bundles.DIST / name).stat().st_size for name in [*packed, *fonts])

    assert size + DOCUMENT < FIRST_LOAD_LIMIT
    assert len(fonts) == 4


def test_style_and_scripts_name_no_other_host() -> None:
    for name in bundles.manifest().values():
        text = (bundles.DIST / name).read_text("utf-8")
        assert re.findall(r"url\(\s*[\"']?(?:https?:)?//", text) == []
        assert "GDS Transport" not in text


def test_licences_of_what_is_shipped_lie_beside_it() -> None:
    text = (bundles.DIST / "licences.txt").read_text("utf-8")

    for name in ("@fontsource/be-vietnam-pro", "govuk-frontend", "htmx.org"):
        assert name in text
    assert "SIL OPEN FONT LICENSE" in text.upper()
