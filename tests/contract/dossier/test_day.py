"""A day of 300 dossiers closes with equal sums; every figure has its codes."""

from __future__ import annotations

import json
from collections import Counter as Tally
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from cli.main import main
from engine.commands.determine_duty import DetermineDuty
from engine.commands.keep_clock import PauseDossier
from engine.commands.take_payment import RefundPayment, TakePayment
from engine.commands.take_step import TakeStep
from engine.dispatch import CommandEngine
from engine.domain.actors import Actor
from engine.domain.dossier import PersonRecord
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
UNIT = f"48/{HOME}/"
MORNING = datetime(2027, 6, 14, 1, tzinfo=UTC)
DAY = date(2027, 6, 14)


def figures(engine: CommandEngine, actor: Actor = SIGNER, day: date = DAY) -> Any:
    return engine.views.day(actor, UNIT, day, engine.settings.zone)


def test_a_day_of_300(
    counter: Counter, engine: CommandEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    random = Random(300)
    book: Tally[str] = Tally()
    money: Tally[str] = Tally()
    for number in range(300):
        counter.driver.pin(MORNING + timedelta(seconds=60 * number))
        channel = random.choice(("counter", "counter", "online", "post", "assisted"))
        person = PersonRecord(name=f"Người {number}", id_number=f"0777{number:08}")
        code = str(counter.receive(RECEPTION, applicant=person, channel=channel)["code"])
        book[channel] += 1
        if random.random() < 0.4:
            money += pay(engine, code, random)
        fate = random.choice(("wait", "work", "finish", "give", "refuse"))
        book[fate] += 1
        for step, by, more in FATES[fate]:
            engine.execute(TakeStep(code=code, step=step, **more), by)

    day = figures(engine)

    assert day["received"]["count"] == 300 == len(set(day["received"]["codes"]))
    channels = day["received"]["byChannel"]
    assert {name: one["count"] for name, one in channels.items() if one["count"]} == {
        name: book[name] for name in ("counter", "online", "post", "assisted")
    }
    assert day["solved"]["count"] == book["finish"] + book["give"]
    assert (
        day["solved"]["onTime"]["count"] + day["solved"]["late"]["count"]
        == (day["solved"]["count"])
    )
    assert day["ended"]["stopped"]["count"] == day["ended"]["count"] == book["refuse"]
    assert set(day["ended"]["codes"]).isdisjoint(day["solved"]["codes"])
    assert day["overdue"]["count"] == 0
    cash = day["cash"]
    assert cash["payments"].get("cash", 0) == money["cash"]
    assert cash["payments"].get("transfer", 0) == money["transfer"]
    assert cash["refunds"].get("cash", 0) == money["back"]
    assert cash["net"] == money["cash"] + money["transfer"] - money["back"]
    assert cash["receipts"] == money["receipts"] == len(set(cash["numbers"]))
    command = ["day-close", "--unit", UNIT, "--day", "2027-06-14", "--json"]
    assert main([*command, "--database", engine.settings.database_url]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(day))


FATES: dict[str, list[tuple[str, Actor, dict[str, Any]]]] = {
    "wait": [],
    "work": [("begin", SPECIALIST, {})],
    "finish": [("begin", SPECIALIST, {}), ("finish", SIGNER, {})],
    "give": [
        ("begin", SPECIALIST, {}),
        ("finish", SIGNER, {}),
        ("deliver", RECEPTION, {"method": "point", "evidence": "ký nhận"}),
    ],
    "refuse": [("refuse", SIGNER, {"reason": "không đủ điều kiện"})],
}


def pay(engine: CommandEngine, code: str, random: Random) -> Tally[str]:
    """A duty of 10,000, paid in cash or by transfer, sometimes twice and given back."""
    duty = DetermineDuty(code=code, lines=(("Phí", 10_000),))
    payment_code = str(engine.execute(duty, CASHIER).result["payment_code"])
    method = random.choice(("cash", "transfer"))
    amount = random.choice((10_000, 20_000))
    paid = TakePayment(payment_code=payment_code, amount=amount, method=method)
    engine.execute(paid, CASHIER)
    found = Tally({method: amount, "receipts": 1})
    if amount == 20_000:
        engine.execute(RefundPayment(payment_code=payment_code), CASHIER)
        found += Tally({"back": 10_000, "receipts": 1})
    return found


def test_overdue_by_cause_and_what_stands_by_law_is_not(
    counter: Counter, engine: CommandEngine
) -> None:
    counter.driver.pin(datetime(2027, 7, 5, 2, tzinfo=UTC))
    asked, worked, signed, stands = (str(counter.receive()["code"]) for _ in range(4))
    later = datetime(2027, 9, 1, tzinfo=UTC)
    for code in (worked, signed, stands):
        engine.execute(TakeStep(code=code, step="begin"), SPECIALIST)
    ask = TakeStep(code=asked, step="supplement", reason="thiếu", answer_by=later)
    engine.execute(ask, RECEPTION)
    engine.execute(PauseDossier(code=stands, rule="lay-y-kien-co-quan"), SIGNER)
    counter.driver.pin(datetime(2027, 7, 20, 2, tzinfo=UTC))
    engine.execute(TakeStep(code=signed, step="finish"), SIGNER)

    day = figures(engine, day=date(2027, 7, 20))

    causes = {name: set(one["codes"]) for name, one in day["overdue"]["byCause"].items()}
    assert asked in causes["citizen"]
    assert worked in causes["clerk"]
    assert stands not in day["overdue"]["codes"]
    assert signed in day["solved"]["late"]["codes"]
    early = figures(engine, day=date(2027, 7, 6))["overdue"]["codes"]
    assert set(early).isdisjoint({asked, worked, signed, stands})


def test_who_sees_nothing_counts_nothing(counter: Counter, engine: CommandEngine) -> None:
    counter.driver.pin(datetime(2027, 8, 2, 2, tzinfo=UTC))
    counter.receive()
    hidden = counter.receive(RECEPTION, "9.000003", facts={"place": HOME})["code"]
    day = date(2027, 8, 2)

    assert figures(engine, STRANGER, day)["received"]["count"] == 0
    assert figures(engine, NEIGHBOUR, day)["received"]["count"] == 0
    assert hidden in figures(engine, SIGNER, day)["received"]["codes"]
    assert hidden not in figures(engine, TESTER, day)["received"]["codes"]
    assert figures(engine, TESTER, day)["received"]["count"] == 1
