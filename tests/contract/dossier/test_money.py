"""Money of a dossier: due, short, paid, double, refunded; the till equals its receipts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from engine.commands.determine_duty import DetermineDuty
from engine.commands.keep_clock import PauseDossier
from engine.commands.take_payment import RefundPayment, TakePayment
from engine.commands.take_step import TakeStep
from engine.domain.actors import SYSTEM, Actor
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound
from engine.ports.views import Condition, Query
from engine.testing import TESTER
from tests.contract.dossier.counter import (
    HOME,
    NEIGHBOUR,
    RECEPTION,
    SIGNER,
    SPECIALIST,
    STRANGER,
    Counter,
    clerk,
)

CASHIER = clerk(HOME, "48", "cashier")
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


class Till:
    """One dossier and its money."""

    def __init__(self, counter: Counter, **more: object) -> None:
        counter.driver.pin(NOW)
        self.engine = counter.driver.engine
        made = counter.receive()
        self.code, self.key = str(made["code"]), int(str(made["key"]))
        given = {"lines": (("Lệ phí", 100_000), ("Phí", 50_000))} | more
        duty = DetermineDuty(code=self.code, **given)  # type: ignore[arg-type]  # as given
        self.duty = self.engine.execute(duty, RECEPTION).result
        self.payment_code = str(self.duty["payment_code"])

    @property
    def row(self) -> Mapping[str, object]:
        found = self.engine.views.get("dossier", TESTER, self.key)
        assert found is not None
        return found

    def pay(self, amount: int, by: Actor = CASHIER, **more: object) -> Mapping[str, object]:
        command = TakePayment(payment_code=self.payment_code, amount=amount, **more)  # type: ignore[arg-type]  # as given
        return self.engine.execute(command, by).result

    def refund(self, amount: int | None = None) -> Mapping[str, object]:
        command = RefundPayment(payment_code=self.payment_code, amount=amount)
        return self.engine.execute(command, CASHIER).result

    def step(self, name: str, by: Actor, **more: object) -> object:
        command = TakeStep(code=self.code, step=name, **more)  # type: ignore[arg-type]  # as given
        return self.engine.execute(command, by).result["status"]


def test_paying_at_the_counter_ends_the_wait(counter: Counter) -> None:
    till = Till(counter)
    assert till.payment_code == f"{till.code}.P1"
    assert (till.row["status"], till.row["finance"]) == (6, "waiting")

    paid = till.pay(150_000)

    assert (paid["state"], till.row["status"], till.row["finance"]) == ("paid", 2, "paid")
    assert str(paid["number"]).startswith("BL.48.20242-261123-")


def test_a_tax_pause_ends_when_it_is_paid_at_the_counter(counter: Counter) -> None:
    till = Till(counter)
    till.engine.execute(PauseDossier(code=till.code, rule="nghia-vu-tai-chinh"), SIGNER)
    before = till.row["statutory_due_at"]
    counter.driver.pin(NOW + timedelta(days=2))

    till.pay(150_000)

    where = (Condition(field="root_key", op="eq", value=till.key),)
    events = till.engine.views.search("event", TESTER, Query(where=where)).items
    assert "motcua.clock.resumed.v1" in {event["type"] for event in events}
    after = till.row["statutory_due_at"]
    assert isinstance(before, datetime)
    assert isinstance(after, datetime)
    assert after > before
    counter.driver.pin(NOW)


def test_a_duty_before_delivery_leads_back_to_nine(counter: Counter) -> None:
    till = Till(counter, exemption="Hộ nghèo", lines=())
    till.step("begin", SPECIALIST)
    till.step("finish", SIGNER)
    duty = DetermineDuty(code=till.code, lines=(("Phí", 5),))
    till.payment_code = str(till.engine.execute(duty, CASHIER).result["payment_code"])
    assert till.row["status"] == 6

    till.pay(5, SYSTEM, method="portal", external_id=f"T-{till.code}")

    assert till.row["status"] == 9
    assert till.step("deliver", RECEPTION, method="point", evidence="x") == 10


def test_who_owes_nothing_is_asked_for_nothing(counter: Counter) -> None:
    text = "Miễn lệ phí cho người thuộc hộ nghèo theo quy định."
    till = Till(counter, exemption=text)
    where = (Condition(field="root_key", op="eq", value=till.key),)
    (duty,) = till.engine.views.search("duty", CASHIER, Query(where=where)).items

    assert (till.row["status"], till.row["finance"]) == (2, "none")
    assert (duty["exemption"], duty["amount"], duty["state"]) == (text, 0, "exempt")


def test_too_little_waits_on_and_too_much_goes_back(counter: Counter) -> None:
    till = Till(counter)
    short = till.pay(100_000)
    assert (short["state"], till.row["status"]) == ("short", 6)

    double = till.pay(150_000)
    assert (double["state"], till.row["status"], till.row["finance"]) == ("double", 2, "double")
    with pytest.raises(Conflict) as refused:
        till.refund(100_001)
    assert refused.value.reason == "refund-not-due"
    back = till.refund()

    assert (back["state"], back["refunded"], till.row["finance"]) == ("paid", 100_000, "paid")
    with pytest.raises(Conflict):
        till.refund()


def test_after_a_refusal_all_goes_back(counter: Counter) -> None:
    till = Till(counter)
    till.pay(150_000)
    with pytest.raises(Conflict):
        till.refund()
    till.step("refuse", SIGNER, reason="không đủ điều kiện")

    back = till.refund()

    assert (back["state"], back["refunded"]) == ("refunded", 150_000)
    assert (till.row["status"], till.row["finance"]) == (8, "refunded")


def test_a_confirmation_told_three_times_is_one_receipt(counter: Counter) -> None:
    till = Till(counter)
    told = [
        till.pay(150_000, SYSTEM, method="portal", external_id=f"VNP-{till.code}") for _ in range(3)
    ]

    assert [each["known"] for each in told] == [False, True, True]
    assert len({each["number"] for each in told}) == 1
    assert till.row["finance"] == "paid"


@pytest.mark.parametrize(
    ("by", "error"),
    [(SPECIALIST, Forbidden), (NEIGHBOUR, NotFound), (STRANGER, NotFound)],
    ids=["specialist", "neighbour", "stranger"],
)
def test_who_takes_no_money(counter: Counter, by: Actor, error: type[Exception]) -> None:
    till = Till(counter)
    where = (Condition(field="root_key", op="eq", value=till.key),)

    with pytest.raises(error):
        till.pay(150_000, by)

    if by is not SPECIALIST:
        assert till.engine.views.search("duty", by, Query(where=where)).total == 0
        assert till.engine.views.search("receipt", by, Query(where=where)).total == 0


@pytest.mark.parametrize("amount", [0, -5, 10**13])
def test_sums_that_are_none(counter: Counter, amount: int) -> None:
    with pytest.raises(InvalidInput):
        Till(counter).pay(amount)
    with pytest.raises(InvalidInput):
        Till(counter, lines=(("x", -1),))


def test_the_till_equals_its_receipts(counter: Counter) -> None:
    counter.driver.pin(NOW)
    tills = [Till(counter) for _ in range(4)]
    for till, amount in zip(tills, (150_000, 100_000, 200_000, 150_000), strict=True):
        till.pay(amount)
    tills[2].refund()
    keys = tuple(till.key for till in tills)
    where = (Condition(field="root_key", op="in", value=keys),)
    receipts = tills[0].engine.views.search("receipt", CASHIER, Query(where=where)).items
    duties = tills[0].engine.views.search("duty", CASHIER, Query(where=where)).items

    def total(kind: str) -> int:
        return sum(int(str(each["amount"])) for each in receipts if each["kind"] == kind)

    assert total("payment") == sum(int(str(duty["paid"])) for duty in duties) == 600_000
    assert total("refund") == sum(int(str(duty["refunded"])) for duty in duties) == 50_000
    numbers = [str(each["number"]) for each in receipts]
    assert len(set(numbers)) == len(numbers) == 5
