"""Completing a task that triggers a job keeps its budget of statements."""

from __future__ import annotations

import pytest

from engine.commands.complete_task import CompleteTask
from engine.dispatch import CommandEngine
from engine.store import SqlStore
from engine.store.counting import counted_statements
from engine.testing import TESTER, EngineDriver
from tests.contract.engine.models import built_in, end, process, start, user_task

MOST = 12


def triggers(process_id: str, type: str) -> tuple[str, bytes]:
    headers = {"expression": "{a: 1}", "url": "https://example.vn/"}
    return process(
        process_id,
        [start(), user_task("u"), built_in("job", type, headers), end()],
        ["start u", "u job", "job end"],
    )


@pytest.mark.parametrize("type", ["treasury", "motcua:http"])
def test_completing_a_task_that_triggers_a_job(
    engine: CommandEngine, driver: EngineDriver, type: str
) -> None:
    name = "triggers-" + type.replace(":", "-")
    driver.deploy(triggers(name, type))
    driver.start(name).complete("u")
    instance = driver.start(name)
    command = CompleteTask(key=instance.task_key("u"), variables={"x": 1})
    store = engine.store
    assert isinstance(store, SqlStore)

    with counted_statements(store) as sent:
        engine.execute(command, TESTER)
    assert len(sent) <= MOST, sent
    assert len(instance.rows("job")) == 1


def test_a_job_run_inside_is_a_second_transaction_of_its_own(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    """The clerk's answer waits for both; leasing included it stays under three such budgets."""
    driver.deploy(triggers("triggers-feel", "motcua:feel"))
    driver.start("triggers-feel").complete("u")
    instance = driver.start("triggers-feel")
    command = CompleteTask(key=instance.task_key("u"), variables={"x": 1})
    store = engine.store
    assert isinstance(store, SqlStore)

    with counted_statements(store) as sent:
        engine.execute(command, TESTER)
    assert len(sent) <= 3 * MOST, sent
    assert instance.state == "COMPLETED"
