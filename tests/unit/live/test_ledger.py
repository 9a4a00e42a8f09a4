"""The book finds what a server could get wrong: a lost, a doubled and an invented completion."""

from __future__ import annotations

from tests.faults.ledger import Ledger


def book() -> tuple[Ledger, str, str]:
    ledger = Ledger()
    told, untold = ledger.send("1", "a"), ledger.send("1", "b")
    ledger.answered(told, acknowledged=True)
    ledger.answered(untold, acknowledged=False)
    return ledger, told.token, untold.token


def test_an_unanswered_completion_may_have_been_done_or_not() -> None:
    ledger, told, untold = book()

    assert ledger.flying == 0
    assert ledger.differences({"1": [told]}) == []
    assert ledger.differences({"1": [told, untold]}) == []


def test_each_fault_has_its_sentence() -> None:
    ledger, told, untold = book()

    assert ledger.differences({"1": [untold]}) == [f"1: {told} acknowledged and lost"]
    assert ledger.differences({"1": [told, told]}) == [f"1: {told} applied twice"]
    assert ledger.differences({"1": [told, "x"]}) == ["1: x never sent"]
    assert ledger.differences({}) == ["1: has no tokens"]
