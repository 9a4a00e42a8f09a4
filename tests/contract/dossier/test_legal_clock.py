"""Dates of dossiers: kept with their inputs, moved by pause, extension and law, never silently."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from engine.bootstrap import build_engine
from engine.commands.check_clocks import WhatIf
from engine.commands.deploy_resources import DeployResources
from engine.commands.keep_clock import (
    ExplainDeadline,
    ExtendDossier,
    PauseDossier,
    ResumeDossier,
)
from engine.commands.load_law import LoadLaw
from engine.commands.pin_clock import PinClock
from engine.commands.take_step import TakeStep
from engine.dispatch import CommandEngine
from engine.domain.law import LawRow
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound
from engine.packages.law.load import load_own
from engine.ports.views import Condition, Query
from engine.settings import Settings
from engine.testing import TESTER, EngineDriver
from tests.contract.dossier.counter import SPECIALIST, STRANGER, Counter, procedure
from tests.contract.engine.models import built_in, end, process, start

DUE = (
    '<bpmn:userTask id="appraise"><bpmn:extensionElements><zeebe:userTask/>'
    '<zeebe:assignmentDefinition candidateGroups="specialist@ubnd-20242"/>'
    '<zeebe:taskSchedule dueDate="=deadline(dossier.receivedAt, &quot;2WD&quot;)"/>'
    "</bpmn:extensionElements></bpmn:userTask>"
    '<bpmn:boundaryEvent id="late" attachedToRef="appraise" cancelActivity="false">'
    '<bpmn:timerEventDefinition><bpmn:timeDate>=hạn trả(dossier.receivedAt, "3WD")</bpmn:timeDate>'
    "</bpmn:timerEventDefinition></bpmn:boundaryEvent>"
    '<bpmn:userTask id="hurry"><bpmn:extensionElements><zeebe:userTask/>'
    "</bpmn:extensionElements></bpmn:userTask>"
)
CLOCKED = process(
    "clocked",
    [start(), DUE, end(), end("told")],
    ["start appraise", "appraise end", "late hurry", "hurry told"],
)
RULE = "bo-sung-ho-so"


@pytest.fixture
def engine(database_url: str) -> Iterator[CommandEngine]:
    made = build_engine(
        Settings(database_url=database_url, test=True, packages_dir=Path("processes"))
    )
    list(load_own(made, TESTER))
    made.execute(
        DeployResources(
            resources=(CLOCKED,),
            procedure_code="9.000001",
            applies_from="2025-07-01",
            procedure=procedure("9.000001", "clocked"),
        ),
        TESTER,
    )
    yield made
    made.close()


class Desk:
    """A dossier received on Monday 23/11/2026 at 09:00, and what is said about it."""

    def __init__(self, engine: CommandEngine, procedure_code: str = "9.000001") -> None:
        self.engine = engine
        self.at("2026-11-23T09:00")
        received = Counter(EngineDriver(engine)).receive(code=procedure_code)
        self.code, self.key = str(received["code"]), received["key"]

    def at(self, local: str) -> None:
        self.engine.execute(PinClock(at=datetime.fromisoformat(f"{local}:00+07:00")), TESTER)
        self.engine.run_due()

    def do(self, command: object) -> dict[str, Any]:
        return dict(self.engine.execute(command, SPECIALIST).result)

    def dates(self) -> dict[str, str]:
        told = self.do(ExplainDeadline(code=self.code))["clocks"]
        assert all(each["kept"] == each["due"] for each in told)
        return {each["name"]: each["kept"][:16] for each in told}

    def tasks(self) -> list[str]:
        mine = (
            Condition(field="state", op="eq", value="CREATED"),
            Condition(field="instance_key", op="eq", value=self.key),
        )
        found = self.engine.views.search("user_task", TESTER, Query(where=mine))
        return sorted(row["element_id"] for row in found.items)

    def moves(self) -> list[Any]:
        mine = (
            Condition(field="type", op="eq", value="motcua.clock.due_date_moved.v1"),
            Condition(field="root_key", op="eq", value=self.key),
        )
        found = self.engine.views.search("event", TESTER, Query(where=mine))
        return [json.loads(row["payload"])["cause"] for row in found.items]


@pytest.fixture
def desk(engine: CommandEngine) -> Desk:
    return Desk(engine)


def test_clocks_of_law_promise_task_and_timer(desk: Desk) -> None:
    assert desk.dates() == {
        "statutory": "2026-11-27T17:00",
        "committed": "2026-11-27T17:00",
        "task": "2026-11-26T17:00",
        "timer": "2026-11-27T17:00",
    }
    told = desk.do(ExplainDeadline(code=desk.code))["clocks"][0]
    assert told["state"] == "green"
    assert told["derivation"][1]["rule"] == "holiday-2026-11-24"


def test_amber_then_red_and_the_timer_fires(desk: Desk) -> None:
    desk.at("2026-11-26T17:00")
    assert desk.do(ExplainDeadline(code=desk.code))["clocks"][0]["state"] == "amber"
    assert desk.tasks() == ["appraise"]

    desk.at("2026-11-27T17:01")

    assert desk.do(ExplainDeadline(code=desk.code))["clocks"][0]["state"] == "red"
    assert desk.tasks() == ["appraise", "hurry"]


def test_a_pause_moves_every_date_when_it_ends(desk: Desk) -> None:
    desk.at("2026-11-25T10:00")
    desk.do(PauseDossier(code=desk.code, rule=RULE))
    assert desk.do(ExplainDeadline(code=desk.code))["clocks"][0]["state"] == "paused"
    desk.at("2026-12-01T10:00")
    # The timer was due on Friday: it did not fire, its date was computed again.
    assert desk.tasks() == ["appraise"]
    assert set(desk.moves()) == {"paused"}

    moved = desk.do(ResumeDossier(code=desk.code, rule=RULE))["moved"]

    assert {each["name"] for each in moved} >= {"statutory", "committed", "task"}
    assert desk.dates() == {
        "statutory": "2026-12-04T17:00",
        "committed": "2026-12-04T17:00",
        "task": "2026-12-03T17:00",
        "timer": "2026-12-04T17:00",
    }
    mine = Query(where=(Condition(field="code", op="eq", value=desk.code),))
    dossier = desk.engine.views.search("dossier", TESTER, mine).items[0]
    assert dossier["statutory_due_at"].isoformat().startswith("2026-12-04T10:00")
    desk.at("2026-12-04T17:01")
    assert desk.tasks() == ["appraise", "hurry"]


def test_overlapping_pauses_count_once(desk: Desk) -> None:
    desk.at("2026-11-25T10:00")
    desk.do(PauseDossier(code=desk.code, rule=RULE))
    desk.at("2026-11-25T11:00")
    desk.do(PauseDossier(code=desk.code, rule="nghia-vu-tai-chinh"))
    desk.at("2026-11-26T10:00")
    desk.do(ResumeDossier(code=desk.code, rule="nghia-vu-tai-chinh"))
    desk.do(ResumeDossier(code=desk.code, rule=RULE))

    assert desk.dates()["statutory"] == "2026-12-01T17:00"


def test_an_extension_adds_on_top_with_its_document(desk: Desk) -> None:
    moved = desk.do(
        ExtendDossier(code=desk.code, term="2WD", document="12/VB-UBND ngày 25/11/2026")
    )["moved"]

    assert [(each["name"], each["new"][:10]) for each in moved] == [
        ("statutory", "2026-12-01"),
        ("committed", "2026-12-01"),
    ]
    told = desk.do(ExplainDeadline(code=desk.code))
    assert told["extensions"] == [{"term": "2WD", "document": "12/VB-UBND ngày 25/11/2026"}]
    assert "extension" in [line["rule"] for line in told["clocks"][0]["derivation"]]


@pytest.mark.parametrize(
    ("command", "kind", "reason"),
    [
        (lambda c: PauseDossier(code=c, rule="mat-mang"), NotFound, "pause-rule-unknown"),
        (lambda c: ResumeDossier(code=c, rule=RULE), Conflict, "clock-not-paused"),
        (
            lambda c: ExtendDossier(code=c, term="2WD", document=" "),
            InvalidInput,
            "extension-document-missing",
        ),
        (lambda c: ExtendDossier(code=c, term="x", document="1"), InvalidInput, "invalid-input"),
    ],
)
def test_what_the_law_does_not_know_is_refused(
    desk: Desk, command: Any, kind: type[Exception], reason: str
) -> None:
    with pytest.raises(kind) as refused:
        desk.do(command(desk.code))

    assert refused.value.reason == reason  # type: ignore[attr-defined] # all of ours have one


def test_the_same_rule_pauses_once(desk: Desk) -> None:
    desk.do(PauseDossier(code=desk.code, rule=RULE))
    with pytest.raises(Conflict) as refused:
        desk.do(PauseDossier(code=desk.code, rule=RULE))
    assert refused.value.reason == "clock-paused-already"


def test_strangers_learn_and_change_nothing(desk: Desk) -> None:
    for command in (
        PauseDossier(code=desk.code, rule=RULE),
        ExtendDossier(code=desk.code, term="1WD", document="1"),
        ExplainDeadline(code=desk.code),
    ):
        with pytest.raises((NotFound, Forbidden)):
            desk.engine.execute(command, STRANGER)


def test_a_decided_dossier_keeps_its_date(desk: Desk) -> None:
    desk.engine.execute(
        TakeStep(code=desk.code, step="refuse", reason="Không đủ điều kiện"), TESTER
    )

    told = desk.do(ExplainDeadline(code=desk.code))["clocks"]

    assert {(each["name"], each["state"]) for each in told} == {
        ("statutory", "stopped"),
        ("committed", "stopped"),
    }
    asked = desk.engine.execute(WhatIf(rows=(flood("2026-11-26"),)), TESTER).result["moved"]
    assert desk.code not in [each["code"] for each in asked]  # type: ignore[attr-defined] # a list
    with pytest.raises(Conflict):
        desk.do(PauseDossier(code=desk.code, rule=RULE))


def test_a_diagram_pauses_and_resumes_its_own_clock(engine: CommandEngine) -> None:
    nodes = [
        start(),
        built_in("stand", "motcua:pause-clock", {"rule": RULE}),
        '<bpmn:intermediateCatchEvent id="wait">'
        "<bpmn:timerEventDefinition><bpmn:timeDuration>P2D</bpmn:timeDuration>"
        "</bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>",
        built_in("run", "motcua:resume-clock", {"rule": RULE}),
        built_in("wrong", "motcua:pause-clock", {"rule": "mat-mang"}),
        end(),
    ]
    flows = ["start stand", "stand wait", "wait run", "run wrong", "wrong end"]
    facts = procedure("9.000002", "standing")
    engine.execute(
        DeployResources(
            resources=(process("standing", nodes, flows),),
            procedure_code="9.000002",
            applies_from="2025-07-01",
            procedure=facts,
        ),
        TESTER,
    )
    desk = Desk(engine, "9.000002")
    told = desk.do(ExplainDeadline(code=desk.code))
    assert [each["to"] for each in told["pauses"]] == [None]

    desk.at("2026-11-25T09:01")

    assert desk.dates()["statutory"] == "2026-11-30T17:00"
    mine = Query(where=(Condition(field="root_key", op="eq", value=desk.key),))
    (incident,) = engine.views.search("incident", TESTER, mine).items
    assert "pause-rule-unknown" in incident["message"]


def flood(day: str) -> LawRow:
    body = {"date": day, "kind": "off", "name": {"vi": "nghỉ bão", "en": "storm"}, "unit": "48/"}
    return LawRow(kind="unit-day", id=f"48/{day}", body=body, source="QĐ 9/QĐ-UBND")


def test_what_if_tells_what_loading_then_does(desk: Desk) -> None:
    row = flood("2026-11-26")

    asked = dict(desk.engine.execute(WhatIf(rows=(row,)), TESTER).result)
    mine = [each for each in asked["moved"] if each["code"] == desk.code]
    assert {each["name"] for each in mine} == {"statutory", "committed", "task", "timer"}
    assert {each["new"][:10] for each in mine} == {"2026-11-27", "2026-11-30"}
    assert desk.dates()["statutory"] == "2026-11-27T17:00"

    desk.engine.execute(LoadLaw(rows=(row,)), TESTER)
    checked = {each["key"]: each["moved"] for each in desk.engine.check_clocks(1000)}

    assert len(checked[desk.key]) == 4  # type: ignore[arg-type] # a list
    assert desk.dates()["statutory"] == "2026-11-30T17:00"
    assert set(desk.moves()) == {"calendar"}
    assert desk.engine.check_clocks() == ()
