"""Regular expressions of XPath, and that none of them can hang."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel import FeelLimitError, NoValue
from engine.feel.regex import compile_regex


def spend_nothing(_steps: int) -> None:
    """A budget without end."""


def found(pattern: str, text: str, flags: str = "") -> str | None:
    match = compile_regex(pattern, flags).search(text, 0, spend_nothing)
    return None if match is None else match.group(0)


@pytest.mark.parametrize(
    ("pattern", "text", "flags", "expected"),
    [
        ("b+", "abbc", "", "bb"),
        ("b+?", "abbc", "", "b"),
        ("a|ab", "ab", "", "a"),
        ("(?:ab)+", "xababa", "", "abab"),
        ("a{2}", "aaa", "", "aa"),
        ("a{2,}", "aaa", "", "aaa"),
        ("a{1,2}", "aaa", "", "aa"),
        ("a{1,2}?", "aaa", "", "a"),
        ("^b", "ab", "", None),
        ("^b", "a\nb", "m", "b"),
        ("a$", "a\nb", "m", "a"),
        ("a$", "a\nb", "", None),
        ("a.b", "a\nb", "", None),
        ("a.b", "a\nb", "s", "a\nb"),
        ("đƯỜNG", "Đường", "i", "Đường"),
        ("[a-c-[b]]+", "abcc", "", "a"),
        ("[a-c-[b]]+", "cca", "", "cca"),
        ("[^a-c-[x]]", "xd", "", "d"),
        ("[^b]", "b", "i", None),
        ("[-a]+", "a-", "", "a-"),
        ("[a-]+", "a-", "", "a-"),
        ("[\\d.]+", "v1.2", "", "1.2"),
        ("\\p{Lu}\\p{Ll}+", "an Bình", "", "Bình"),
        ("\\P{L}", "a1", "", "1"),
        ("\\p{IsLatinExtendedAdditional}", "aờ", "", "ờ"),
        ("\\w+", "phường-1", "", "phường"),
        ("\\W", "a-", "", "-"),
        ("\\s\\S", " a", "", " a"),
        ("\\i\\c*", "1a-b", "", "a-b"),
        ("\\I", "a1", "", "1"),
        ("(a)(b)\\2\\1", "abba", "", "abba"),
        ("(a)\\1", "aA", "i", "aA"),
        ("(x)?y\\1", "y", "", "y"),
        ("a b", "ab", "x", "ab"),
        ("[a b]+", "a b", "x", "a b"),
        ("a.b", "a.b", "q", "a.b"),
        ("a.b", "axb", "q", None),
        ("", "abc", "", ""),
        ("\\(\\[\\{\\n\\t\\-", "([{\n\t-", "", "([{\n\t-"),
        ("(a*)*", "aa", "", "aa"),
        ("(a|b|)*c", "abc", "", "abc"),
    ],
)
def test_matching(pattern, text, flags, expected):
    assert found(pattern, text, flags) == expected


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        ")",
        "a)",
        "[",
        "[]",
        "[^]",
        "]",
        "}",
        "*",
        "a**",
        "a{2,1}",
        "a{x}",
        "a{",
        "a{9999}",
        "(?=a)",
        "\\1",
        "(a\\1)",
        "\\k",
        "\\p",
        "\\p{Zzz}",
        "\\p{IsKlingon}",
        "[z-a]",
        "[a-\\d]",
        "[a-c-[b]d]",
        "[a[b]",
        "\\",
        "(" * 60 + ")" * 60,
        "((((a{50}){50}){50}){50})",
        "a" * 3000,
    ],
)
def test_a_wrong_pattern_has_no_value(pattern):
    with pytest.raises(NoValue, match="regular expression"):
        compile_regex(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a|a)*$",
        "(a|aa)+$",
        "(.*a){12}$",
        "(a*)*b",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(\\w+\\s?)*$",
        "a*a*a*a*a*a*b",
    ],
)
def test_patterns_that_are_known_to_explode_do_not(pattern):
    start = time.process_time()
    spent = 0

    def spend(steps: int) -> None:
        nonlocal spent
        spent += steps

    compile_regex(pattern).search("a" * 300 + "!", 0, spend)

    assert time.process_time() - start < 10
    assert spent < 200_000


def test_back_references_pay_for_every_step():
    def spend(steps: int) -> None:
        raise FeelLimitError(str(steps))

    with pytest.raises(FeelLimitError):
        compile_regex("^(a|b|ab)*(a|b)*\\1c$").search("ab" * 200, 0, spend)


_PATTERNS = st.recursive(
    st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "^", "$"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        inner.map(lambda p: f"({p})?"),
        inner.map(lambda p: f"(?:{p}a)*"),
        inner.map(lambda p: f"(?:{p}b)+?"),
        inner.map(lambda p: f"(?:{p}){{1,2}}"),
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(_PATTERNS, st.text("abc", max_size=10))
def test_matches_are_those_of_python(pattern, text):
    """Where both flavours mean the same, so do the matches."""
    theirs = re.search(pattern.replace("$", "\\Z"), text)

    assert found(pattern, text) == (theirs.group(0) if theirs else None)
