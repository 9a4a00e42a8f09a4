"""User tasks through the whole engine: offered, taken by one, completed once."""

from __future__ import annotations

import threading
from decimal import Decimal

import pytest

from engine.commands.assign_task import AssignTask
from engine.commands.complete_task import CompleteTask
from engine.commands.start_instance import StartInstance
from engine.dispatch import CommandEngine
from engine.domain.actors import Actor
from engine.errors import Conflict, Forbidden, NotFound, PreconditionFailed
from engine.ports.engine import Idempotency
from engine.store.counting import counted_statements
from engine.testing import TESTER, EngineDriver
from tests.contract.engine.models import end, process, start, user_task

TWO_TASKS = process(
    "two_tasks",
    [start(), user_task("check", "reception"), user_task("sign", "signer"), end()],
    ["start check", "check sign", "sign end"],
)
MAI = Actor(name="mai", roles=frozenset({"clerk"}), groups=("reception",))
DUC = Actor(name="duc", roles=frozenset({"clerk"}), groups=("reception",))
LAN = Actor(name="lan", roles=frozenset({"clerk"}), groups=("records",))


@pytest.fixture
def two_tasks(driver: EngineDriver) -> EngineDriver:
    driver.deploy(TWO_TASKS)
    return driver


def test_answers_are_kept_and_the_next_task_is_open(two_tasks: EngineDriver) -> None:
    instance = two_tasks.start("two_tasks", amount=Decimal("0.10"))

    instance.claim("check", MAI).complete("check", by=MAI, note="Đã kiểm tra", typename="passport")

    assert instance.tasks() == ["sign"]
    assert instance.variables() == {
        "amount": Decimal("0.10"),
        "note": "Đã kiểm tra",
        "typename": "passport",
    }


def test_of_two_clerks_exactly_one_takes_the_task(
    engine: CommandEngine, two_tasks: EngineDriver
) -> None:
    key = two_tasks.start("two_tasks").task_key("check")
    gate = threading.Barrier(2)
    outcomes: list[str] = []

    def take(clerk: Actor) -> None:
        gate.wait()
        try:
            engine.execute(AssignTask(key=key, assignee=clerk.name, allow_override=False), clerk)
            outcomes.append("taken")
        except Conflict as refusal:
            outcomes.append(refusal.reason)

    threads = [threading.Thread(target=take, args=(clerk,)) for clerk in (MAI, DUC)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["taken", "task-held-by-other"]


def test_completing_twice_or_for_somebody_else_is_refused(
    engine: CommandEngine, two_tasks: EngineDriver
) -> None:
    instance = two_tasks.start("two_tasks")
    key = instance.task_key("check")
    instance.claim("check", MAI)

    with pytest.raises(Forbidden) as held:
        engine.execute(CompleteTask(key=key), DUC)
    assert held.value.reason == "task-held-by-other"
    with pytest.raises(NotFound):
        engine.execute(CompleteTask(key=key), LAN)

    engine.execute(CompleteTask(key=key), MAI)
    with pytest.raises(Conflict) as twice:
        engine.execute(CompleteTask(key=key), MAI)
    assert twice.value.reason == "task-not-open"


def test_stale_revision_writes_nothing(engine: CommandEngine, two_tasks: EngineDriver) -> None:
    instance = two_tasks.start("two_tasks")
    key = instance.task_key("check")

    with pytest.raises(PreconditionFailed):
        engine.execute(CompleteTask(key=key, variables={"x": 1}, revision=99), TESTER)

    assert instance.tasks() == ["check"]
    assert instance.variables() == {}


def test_same_idempotency_key_starts_one_instance(
    engine: CommandEngine, two_tasks: EngineDriver
) -> None:
    key = Idempotency(key="start-1", body_hash="a")
    first = engine.execute(StartInstance(process_id="two_tasks"), TESTER, key)
    again = engine.execute(StartInstance(process_id="two_tasks"), TESTER, key)

    assert (first.replayed, again.replayed) == (False, True)
    assert int(str(again.result["key"])) == first.result["key"]
    with pytest.raises(Conflict) as other:
        engine.execute(
            StartInstance(process_id="two_tasks"), TESTER, Idempotency(key="start-1", body_hash="b")
        )
    assert other.value.reason == "idempotency-mismatch"


def test_completing_a_task_takes_at_most_ten_statements(
    engine: CommandEngine, two_tasks: EngineDriver
) -> None:
    warm = two_tasks.start("two_tasks")
    warm.complete("check", by=MAI, a=1)
    key = two_tasks.start("two_tasks", a=0).task_key("check")

    with counted_statements(engine.store) as sent:
        engine.execute(CompleteTask(key=key, variables={"a": 1, "b": 2}), MAI)

    # One of them looks for the dossier, as the process belongs to a procedure; the eleventh
    # is the account's row, read when the caller is authenticated.
    assert len(sent) <= 10, sent
