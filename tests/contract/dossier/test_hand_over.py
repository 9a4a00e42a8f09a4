"""A dossier between two agencies: who may act before and after, and what survives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engine.commands.complete_task import CompleteTask
from engine.commands.hand_over import AnswerHandOver, OfferHandOver
from engine.dispatch import CommandEngine
from engine.domain.actors import Actor
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound
from engine.ports.views import Condition, Query
from engine.store.doctor import examine
from engine.testing import TESTER
from tests.contract.dossier.counter import (
    HOME,
    OTHER,
    RECEPTION,
    SPECIALIST,
    STRANGER,
    Counter,
    clerk,
)

THERE = clerk(OTHER, "48", "specialist")
MORNING = datetime(2026, 11, 23, 2, tzinfo=UTC)
KEPT = ("code", "statutory_due_at", "committed_due_at", "accepted_at", "receiving_unit", "status")


def _offer(engine: CommandEngine, made: Mapping[str, object], by: Actor = SPECIALIST,
           **more: Any) -> int:  # fmt: skip
    command = OfferHandOver(
        code=str(made["code"]), to_agency=f"ubnd-{OTHER}", reason="Thẩm quyền nơi khác", **more
    )
    return int(str(engine.execute(command, by).result["key"]))


def _task(engine: CommandEngine, made: Mapping[str, object]) -> Mapping[str, Any]:
    where = (
        Condition(field="root_key", op="eq", value=made["key"]),
        Condition(field="state", op="eq", value="CREATED"),
    )
    (task,) = engine.views.search("user_task", TESTER, Query(where=where)).items
    return task


def _dossier(engine: CommandEngine, made: Mapping[str, object]) -> Mapping[str, Any]:
    row = engine.views.get("dossier", TESTER, int(str(made["key"])))
    assert row is not None
    return row


def _sees(engine: CommandEngine, made: Mapping[str, object], actor: Actor) -> bool:
    return engine.views.get("dossier", actor, int(str(made["key"]))) is not None


def test_until_acceptance_the_sender_acts_and_after_it_the_receiver(
    engine: CommandEngine, counter: Counter
) -> None:
    made = counter.receive()
    before = _dossier(engine, made)
    task = _task(engine, made)
    offer = _offer(engine, made)

    assert not _sees(engine, made, THERE)
    with pytest.raises((Forbidden, NotFound)):
        engine.execute(CompleteTask(key=task["key"]), THERE)

    engine.execute(AnswerHandOver(key=offer, answer="accepted"), THERE)

    after, moved = _dossier(engine, made), _task(engine, made)
    assert {name: after[name] for name in KEPT} == {name: before[name] for name in KEPT}
    assert (after["agency"], after["unit_id"]) == (f"ubnd-{OTHER}", f"48/{OTHER}/")
    assert moved["key"] == task["key"]
    assert list(moved["candidate_groups"]) == [f"specialist@ubnd-{OTHER}"]
    assert _sees(engine, made, RECEPTION)
    with pytest.raises((Forbidden, NotFound)):
        engine.execute(CompleteTask(key=task["key"]), SPECIALIST)
    engine.execute(CompleteTask(key=task["key"]), THERE)


def test_every_row_of_the_dossier_moves_and_the_doctor_agrees(
    engine: CommandEngine, counter: Counter
) -> None:
    made = counter.receive()
    engine.execute(AnswerHandOver(key=_offer(engine, made), answer="accepted"), THERE)

    root = (Condition(field="root_key", op="eq", value=made["key"]),)
    for noun in ("user_task", "element_instance", "variable"):
        rows = engine.views.search(noun, TESTER, Query(where=root)).items  # type: ignore[arg-type]
        assert {row["unit_id"] for row in rows if "unit_id" in row} <= {f"48/{OTHER}/"}
    value = next(
        row["value"]
        for row in engine.views.search("variable", TESTER, Query(where=root)).items
        if row["name"] == "dossier"
    )
    assert f'"agency":"ubnd-{OTHER}"' in str(value).replace(" ", "")
    diagnosis = examine(engine.settings, root_key=int(str(made["key"])))
    assert [one for one in diagnosis.troubles if one.severity == "error"] == []


def test_a_refusal_leaves_everything_and_the_next_offer_is_possible(
    engine: CommandEngine, counter: Counter
) -> None:
    made = counter.receive()
    offer = _offer(engine, made)
    with pytest.raises(Conflict) as twice:
        _offer(engine, made)
    with pytest.raises(InvalidInput):
        engine.execute(AnswerHandOver(key=offer, answer="refused"), THERE)

    engine.execute(AnswerHandOver(key=offer, answer="refused", reason="Sai thẩm quyền"), THERE)

    assert twice.value.reason == "hand-over-open"
    assert _dossier(engine, made)["agency"] == f"ubnd-{HOME}"
    with pytest.raises(Conflict) as answered:
        engine.execute(AnswerHandOver(key=offer, answer="accepted"), THERE)
    assert answered.value.reason == "hand-over-answered"
    engine.execute(AnswerHandOver(key=_offer(engine, made), answer="withdrawn"), SPECIALIST)


def test_who_may_answer(engine: CommandEngine, counter: Counter) -> None:
    made = counter.receive()
    offer = _offer(engine, made)

    with pytest.raises(NotFound):
        engine.execute(AnswerHandOver(key=offer, answer="accepted"), STRANGER)
    with pytest.raises(Forbidden):
        engine.execute(AnswerHandOver(key=offer, answer="accepted"), SPECIALIST)
    with pytest.raises(Forbidden):
        engine.execute(AnswerHandOver(key=offer, answer="withdrawn"), THERE)
    assert engine.views.get("hand_over", STRANGER, offer) is None
    assert engine.views.get("hand_over", THERE, offer) is not None


def test_an_offer_nobody_answers_lapses(engine: CommandEngine, counter: Counter) -> None:
    counter.driver.pin(MORNING)
    made = counter.receive()
    offer = _offer(engine, made, answer_by=MORNING + timedelta(hours=4))

    counter.driver.pin(MORNING + timedelta(hours=5))
    with pytest.raises(Conflict) as late:
        engine.execute(AnswerHandOver(key=offer, answer="accepted"), THERE)
    engine.run_due()

    assert late.value.reason in {"hand-over-late", "hand-over-answered"}
    row = engine.views.get("hand_over", SPECIALIST, offer)
    assert row is not None
    assert row["state"] == "expired"
    assert _dossier(engine, made)["agency"] == f"ubnd-{HOME}"


@pytest.mark.parametrize(
    ("to", "code"),
    [("ubnd-99999", "agency-unknown"), (f"ubnd-{HOME}", "same-agency"), ("bo-khcn", None)],
)
def test_where_it_cannot_go(
    engine: CommandEngine, counter: Counter, to: str, code: str | None
) -> None:
    made = counter.receive()
    command = OfferHandOver(code=str(made["code"]), to_agency=to, reason="x")

    with pytest.raises((Conflict, NotFound)) as refused:
        engine.execute(command, SPECIALIST)

    assert code is None or refused.value.reason == code


def test_a_stranger_does_not_learn_that_the_dossier_exists(
    engine: CommandEngine, counter: Counter
) -> None:
    made = counter.receive()

    for code in (str(made["code"]), "H17.02-000000-0000"):
        with pytest.raises(NotFound) as refused:
            engine.execute(
                OfferHandOver(code=code, to_agency=f"ubnd-{OTHER}", reason="x"),
                replace(STRANGER),
            )
        assert refused.value.sentence == "There is no such dossier."
