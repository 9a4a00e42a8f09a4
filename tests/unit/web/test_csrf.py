"""Only a page of this visitor's own session can make a token that holds."""

from __future__ import annotations

import pytest

from web import csrf


def test_a_token_holds_for_its_own_secret_only() -> None:
    token = csrf.token("secret")

    assert csrf.holds("secret", token)
    assert not csrf.holds("other", token)
    assert not csrf.holds("", csrf.token(""))


def test_tokens_of_one_secret_differ_from_page_to_page() -> None:
    assert csrf.token("secret") != csrf.token("secret")


@pytest.mark.parametrize("presented", ["", ".", "a.b", "é." + "0" * 64, "0" * 32 + ".é"])
def test_broken_tokens_hold_nothing(presented: str) -> None:
    assert not csrf.holds("secret", presented)


@pytest.mark.parametrize(
    ("fetch_site", "origin", "ours"),
    [
        ("same-origin", None, True),
        ("none", None, True),
        ("same-site", "https://one.example", False),
        ("cross-site", "https://one.example", False),
        (None, "https://one.example", True),
        (None, "https://two.example", False),
        (None, "null", False),
        (None, None, True),
    ],
)
def test_the_browsers_word_is_heard(fetch_site: str | None, origin: str | None, ours: bool) -> None:
    assert csrf.from_this_site(fetch_site, origin, "https://one.example") is ours
