"""Calls through the registry of connectors, and what it tells of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.bootstrap import build_engine
from engine.commands.connectors import ListConnectors, NoteConnectorCall
from engine.commands.load_law import LoadLaw
from engine.dispatch import CommandEngine
from engine.domain.actors import SYSTEM
from engine.domain.jobs.headers import HeaderUnfit
from engine.domain.jobs.outcomes import Completed, Failed, Outcome, Parked
from engine.domain.law import LawRow
from engine.settings import Settings
from engine.testing import TESTER
from engine.worker.embedded import tools_of
from engine.worker.handlers.http_call import http_call
from tests.live.receiver import Answer, Receiver, receiving
from tests.unit.jobs.conftest import make_work


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with receiving() as started:
        yield started


@pytest.fixture(scope="module")
def asking(database_url: str, receiver: Receiver) -> Iterator[CommandEngine]:
    settings = Settings(
        database_url=database_url,
        outgoing_schemes=("http",),
        outgoing_private=("127.0.0.0/8",),
        test=True,
    )
    made = build_engine(settings)
    plain = LawRow(
        kind="connector",
        id="dan-cu",
        effective_from=date(2025, 7, 1),
        source="test",
        body={
            "name": {"vi": "Dân cư", "en": "Population"},
            "owner": "Bộ Công an",
            "legal_basis": "Law 26/2023/QH15",
            "url": receiver.url("/dan-cu/"),
        },
    )
    always = [{"from": "00:00", "until": "00:00"}]
    closed = replace(plain, id="closed", body={**plain.body, "maintenance": always})
    made.execute(LoadLaw(rows=(plain, closed)), TESTER)
    yield made
    made.close()


def ask(engine: CommandEngine, **headers: str) -> Outcome:
    return http_call(make_work(headers, id="Hồ/1?x"), tools_of(engine))


def told(engine: CommandEngine, id: str) -> dict[str, object]:
    found = engine.execute(ListConnectors(), TESTER).result["connectors"]
    assert isinstance(found, list)
    return next(row for row in found if row["id"] == id)


def test_a_call_goes_where_the_registry_says(asking: CommandEngine, receiver: Receiver) -> None:
    receiver.answers["/dan-cu/tra-cuu/1"] = Answer(200)

    outcome = ask(asking, connector="dan-cu", path="/tra-cuu/1", url="http://elsewhere/")
    assert outcome == Completed(variables={})
    row = told(asking, "dan-cu")
    assert (row["state"], row["owner"], row["reason"]) == ("up", "Bộ Công an", None)
    assert row["last_success"] is not None


def test_failures_are_told_and_the_system_is_spared(
    asking: CommandEngine, receiver: Receiver
) -> None:
    receiver.answers["/dan-cu/broken"] = Answer(500)
    for number in range(1, 6):
        assert isinstance(ask(asking, connector="dan-cu", path="broken"), Failed)
        assert told(asking, "dan-cu")["failures"] == number
    calls = len(receiver.seen)

    assert isinstance(ask(asking, connector="dan-cu", path="broken"), Parked)
    assert len(receiver.seen) == calls
    row = told(asking, "dan-cu")
    assert (row["state"], row["reason"]) == ("down", "status-500")
    asking.execute(NoteConnectorCall(id="dan-cu"), SYSTEM)
    assert told(asking, "dan-cu")["state"] == "up"


def test_maintenance_costs_no_retry(asking: CommandEngine, receiver: Receiver) -> None:
    calls = len(receiver.seen)
    outcome = ask(asking, connector="closed", path="x")

    assert isinstance(outcome, Parked)
    assert outcome.until is not None
    with asking.store.reading(SYSTEM) as uow:
        assert outcome.until - uow.real_now <= timedelta(days=1)
    assert len(receiver.seen) == calls
    assert told(asking, "closed")["state"] == "maintenance"


@pytest.mark.parametrize(
    ("headers", "says"),
    [
        ({"connector": "unknown"}, "names no connector in force"),
        ({"connector": "dan-cu", "path": "../admin"}, "leaves the connector"),
        ({"connector": "dan-cu", "path": "a/%2e%2e/admin"}, "leaves the connector"),
        ({"connector": "dan-cu", "path": "= [1]"}, "'path' must be a text"),
    ],
)
def test_unfit_connectors(asking: CommandEngine, headers: dict[str, str], says: str) -> None:
    with pytest.raises(HeaderUnfit, match=says):
        ask(asking, **headers)
