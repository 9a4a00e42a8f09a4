"""A dossier's life: who may take which step, what the table forbids, what ends the process."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from engine.commands.change_dossier import ChooseReturn, RenewSecret
from engine.commands.correct_result import CorrectResult
from engine.commands.take_step import TakeStep
from engine.commands.track_dossier import TrackDossier
from engine.domain.actors import ANONYMOUS, Actor
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound, Unavailable
from engine.ports.views import Condition, Query
from engine.store.doctor import examine
from engine.testing import TESTER
from tests.contract.dossier.counter import (
    HOME,
    NEIGHBOUR,
    OTHER,
    RECEPTION,
    SIGNER,
    SPECIALIST,
    STRANGER,
    Counter,
    clerk,
)

RECORDS = clerk(HOME, "48", "records")
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
LATER = NOW + timedelta(days=7)


def take(counter: Counter, code: object, step: str, by: Actor, **more: object) -> object:
    command = TakeStep(code=str(code), step=step, **more)  # type: ignore[arg-type]  # as given
    return counter.driver.engine.execute(command, by).result["status"]


def row(counter: Counter, code: object) -> Mapping[str, object]:
    where = (Condition(field="code", op="eq", value=code),)
    (found,) = counter.driver.engine.views.search("dossier", TESTER, Query(where=where)).items
    return found


def steps(counter: Counter, key: object) -> list[tuple[object, object]]:
    where = (Condition(field="root_key", op="eq", value=key),)
    found = counter.driver.engine.views.search("dossier_step", TESTER, Query(where=where)).items
    return [(each["kind"], each["status"]) for each in found]


def state(counter: Counter, key: object) -> object:
    found = counter.driver.engine.views.get("process_instance", TESTER, int(str(key)))
    return found and found["state"]


def test_the_straight_road(counter: Counter) -> None:
    counter.driver.pin(NOW)
    made = counter.receive()
    code = made["code"]

    assert take(counter, code, "begin", SPECIALIST) == 4
    assert take(counter, code, "finish", RECORDS) == 9
    assert row(counter, code)["finished_at"] == NOW
    assert (
        take(counter, code, "deliver", RECEPTION, method="point", evidence="Hồ Thị Hạnh ký nhận")
        == 10
    )

    done = row(counter, code)
    assert (done["status"], done["delivery"], done["closed_at"]) == (10, "delivered", NOW)
    assert [status for _, status in steps(counter, made["key"])] == [4, 9, 10]
    with pytest.raises(Conflict) as refused:
        take(counter, code, "begin", SPECIALIST)
    assert refused.value.reason == "status-illegal"


def test_supplements_lead_back_or_run_out_by_stage(counter: Counter) -> None:
    counter.driver.pin(NOW)
    asked = {"reason": "thiếu giấy khai sinh", "answer_by": LATER}
    made = counter.receive()
    code = made["code"]

    assert take(counter, code, "supplement", RECEPTION, **asked) == 5
    assert take(counter, code, "supplement-answered", RECEPTION) == 2
    take(counter, code, "begin", SPECIALIST)
    assert take(counter, code, "supplement", SPECIALIST, **asked) == 5
    with pytest.raises(Conflict) as early:
        take(counter, code, "supplement-expired", SPECIALIST)
    counter.driver.pin(LATER + timedelta(seconds=1))
    assert take(counter, code, "supplement-expired", SPECIALIST) == 8

    assert early.value.reason == "answer-not-late"
    assert state(counter, made["key"]) == "TERMINATED"
    counter.driver.pin(NOW)


def test_what_nobody_answers_ends_by_itself(counter: Counter) -> None:
    counter.driver.pin(NOW)
    made, other = counter.receive(), counter.receive()
    for each in (made, other):
        asked = {"reason": "thiếu", "answer_by": LATER}
        take(counter, each["code"], "supplement", RECEPTION, **asked)
    take(counter, other["code"], "supplement-answered", RECEPTION)
    counter.driver.engine.tidy()
    assert row(counter, made["code"])["status"] == 5

    counter.driver.pin(LATER + timedelta(minutes=1))
    counter.driver.engine.tidy()

    assert row(counter, made["code"])["status"] == 8
    assert row(counter, other["code"])["status"] == 2
    assert state(counter, made["key"]) == "TERMINATED"
    counter.driver.pin(NOW)


def test_an_answer_in_the_last_minutes_of_the_last_day_counts(counter: Counter) -> None:
    counter.driver.pin(NOW)
    last = datetime(2026, 11, 30, 10, tzinfo=UTC)
    code = counter.receive()["code"]
    take(counter, code, "supplement", RECEPTION, reason="thiếu", answer_by=last)

    counter.driver.pin(datetime(2026, 11, 30, 9, 50, tzinfo=UTC))
    with pytest.raises(Conflict):
        take(counter, code, "supplement-expired", RECEPTION)

    assert take(counter, code, "supplement-answered", RECEPTION) == 2
    counter.driver.pin(NOW)


def test_withdrawing(counter: Counter) -> None:
    first, second = counter.receive(), counter.receive()
    for made in (first, second):
        take(counter, made["code"], "begin", SPECIALIST)
        assert take(counter, made["code"], "withdrawal", RECEPTION) == 7

    assert take(counter, first["code"], "withdrawal-granted", SIGNER) == 8
    assert take(counter, second["code"], "withdrawal-refused", SIGNER, reason="đã ký") == 4
    assert state(counter, first["key"]) == "TERMINATED"
    assert state(counter, second["key"]) == "ACTIVE"
    take(counter, second["code"], "finish", SIGNER)
    with pytest.raises(Conflict):  # only before the decision
        take(counter, second["code"], "withdrawal", RECEPTION)


@pytest.mark.parametrize("step", ["stop", "refuse"])
def test_a_refusal_is_written_and_its_paper_handed_over(counter: Counter, step: str) -> None:
    made = counter.receive()
    with pytest.raises(InvalidInput) as refused:
        take(counter, made["code"], step, SIGNER)
    assert [fault.pointer for fault in refused.value.faults] == ["/reason"]

    assert take(counter, made["code"], step, SIGNER, reason="không đủ điều kiện") == 8
    assert state(counter, made["key"]) == "TERMINATED"
    assert take(counter, made["code"], "deliver", RECEPTION, method="post", evidence="VN123") == 10


@pytest.mark.parametrize(
    ("step", "by", "error"),
    [
        ("finish", RECEPTION, Forbidden),
        ("stop", SPECIALIST, Forbidden),
        ("deliver", RECORDS, Forbidden),
        ("payment-settled", SIGNER, Conflict),
        ("payment-settled", SPECIALIST, Forbidden),
        ("begin", NEIGHBOUR, NotFound),
        ("begin", STRANGER, NotFound),
        ("fly", SIGNER, InvalidInput),
    ],
)
def test_who_may_not(counter: Counter, step: str, by: Actor, error: type[Exception]) -> None:
    made = counter.receive()
    given = {"reason": "x", "method": "point", "evidence": "x"}

    with pytest.raises(error):
        take(counter, made["code"], step, by, **given)

    assert row(counter, made["code"])["status"] == 2


def test_a_wrong_code_and_a_hidden_one_answer_alike(counter: Counter) -> None:
    hidden = counter.receive()["code"]
    told = []
    for code in (hidden, "H17.02-000000-0000"):
        with pytest.raises(NotFound) as refused:
            take(counter, code, "begin", STRANGER)
        told.append((refused.value.reason, str(refused.value)))

    assert told[0] == told[1]


def test_a_counter_elsewhere_hands_over_what_it_received(counter: Counter) -> None:
    made = counter.receive(NEIGHBOUR, at=OTHER)
    take(counter, made["code"], "begin", SPECIALIST)
    take(counter, made["code"], "finish", SIGNER)

    with pytest.raises(Forbidden):
        take(counter, made["code"], "refuse", NEIGHBOUR, reason="x")
    assert take(counter, made["code"], "deliver", NEIGHBOUR, method="point", evidence="x") == 10


def test_a_wrong_result_is_replaced_by_a_linked_dossier(counter: Counter) -> None:
    engine = counter.driver.engine
    old = counter.receive()
    command = CorrectResult(
        code=str(old["code"]), reason="sai ngày sinh", facts=(("residence", HOME),)
    )
    with pytest.raises(Conflict) as early:
        engine.execute(command, SIGNER)
    take(counter, old["code"], "begin", SPECIALIST)
    take(counter, old["code"], "finish", SIGNER)

    new = engine.execute(command, SIGNER).result

    assert early.value.reason == "no-result-yet"
    linked = row(counter, new["code"])
    assert (linked["linked_code"], linked["link_kind"]) == (old["code"], "correction")
    assert row(counter, old["code"])["status"] == 9
    assert ("corrected", 9) in steps(counter, old["key"])


def test_return_channel_and_a_new_slip(counter: Counter) -> None:
    engine = counter.driver.engine
    made = counter.receive()
    code = str(made["code"])

    engine.execute(ChooseReturn(code=code, return_channel="post"), RECEPTION)
    secret = str(engine.execute(RenewSecret(code=code), RECEPTION).result["once_secret"])

    assert row(counter, code)["return_channel"] == "post"
    old = TrackDossier(code=code, secret=str(made["once_secret"]), caller="a")
    assert engine.execute(old, ANONYMOUS).result == {"found": False}
    tracked = engine.execute(TrackDossier(code=code, secret=secret.lower()), ANONYMOUS).result
    assert (tracked["status"], tracked["return_channel"]) == (2, "post")
    assert "applicant" not in str(tracked)


def test_guessing_a_secret_is_stopped(counter: Counter) -> None:
    engine = counter.driver.engine
    made = counter.receive()
    code = str(made["code"])
    for number in range(10):
        guess = TrackDossier(code=code, secret=f"{number}", caller=f"caller-{number}-{code}")
        assert engine.execute(guess, ANONYMOUS).result == {"found": False}

    with pytest.raises(Unavailable) as refused:
        right = TrackDossier(code=code, secret=str(made["once_secret"]), caller="elsewhere")
        engine.execute(right, ANONYMOUS)

    assert refused.value.reason == "too-many-tries"


def test_reasons_stay_out_of_the_chain(counter: Counter) -> None:
    made = counter.receive()
    take(counter, made["code"], "refuse", SIGNER, reason="Bà Hạnh không đủ tuổi")
    where = (Condition(field="root_key", op="eq", value=made["key"]),)

    events = counter.driver.engine.views.search("event", TESTER, Query(where=where)).items

    assert "motcua.dossier.refused.v1" in {event["type"] for event in events}
    assert not any("tuổi" in str(event["payload"]) for event in events)


def test_the_doctor_finds_rows_as_the_chains_tell(counter: Counter) -> None:
    take(counter, counter.receive()["code"], "begin", SPECIALIST)

    found = examine(counter.driver.engine.settings).troubles

    assert [trouble for trouble in found if trouble.severity == "error"] == []
