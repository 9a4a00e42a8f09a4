"""Both sides compared by code and status."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.domain.portal.reconciliation import Difference, Ours, Theirs, differences

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(hours=5)
PATIENCE = timedelta(minutes=10)


def _found(ours: list[Ours], theirs: list[Theirs]) -> list[tuple[str, str]]:
    return [(one.kind, one.code) for one in differences(ours, theirs, NOW, PATIENCE)]


def test_each_kind_of_difference() -> None:
    ours = [
        Ours(code="a", status=4, changed_at=LONG_AGO),
        Ours(code="b", status=4, changed_at=LONG_AGO),
        Ours(code="c", status=4, changed_at=LONG_AGO),
        Ours(code="d", status=9, changed_at=NOW - timedelta(minutes=5)),
        Ours(code="e", status=2, changed_at=NOW),
        Ours(code="same", status=4, changed_at=LONG_AGO),
    ]
    theirs = [
        Theirs(code="b", status=2),
        Theirs(code="c", status=4, heard_at=LONG_AGO + timedelta(hours=1)),
        Theirs(code="d", status=4),
        Theirs(code="same", status=4, heard_at=LONG_AGO),
        Theirs(code="x", status=10),
    ]

    assert _found(ours, theirs) == [
        ("missing_there", "a"),
        ("differs", "b"),
        ("late", "c"),
        ("missing_here", "x"),
    ]
    (late,) = [one for one in differences(ours, theirs, NOW, PATIENCE) if one.kind == "late"]
    assert late == Difference(kind="late", code="c", ours=4, theirs=4, late_seconds=3600)


sides = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 10))


@given(sides, sides)
def test_no_difference_means_equal_and_every_inequality_is_told(
    here: dict[str, int], there: dict[str, int]
) -> None:
    ours = [Ours(code=code, status=status, changed_at=LONG_AGO) for code, status in here.items()]
    theirs = [Theirs(code=code, status=status) for code, status in there.items()]

    told = {code for _, code in _found(ours, theirs)}

    wrong = {code for code in here | there if here.get(code) != there.get(code)}
    assert told == wrong
