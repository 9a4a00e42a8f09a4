"""Parallel multiple start events: what came is remembered before there is an instance."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from engine.commands.correlate_message import CorrelateMessage
from engine.dispatch import CommandEngine
from engine.domain.ids import Key
from engine.errors import NotFound
from engine.ports.views import Condition, Query
from engine.testing import TESTER, EngineDriver
from tests.contract.engine.models import end, process, timer, user_task


def model(process_id: str, task: str = "check") -> tuple[str, bytes | str]:
    events = "".join(
        f'<bpmn:messageEventDefinition messageRef="m{number}"/>' for number in range(2)
    )
    messages = "".join(
        f'<bpmn:message id="m{number}" name="{process_id}-{number}"/>' for number in range(2)
    )
    return process(
        process_id,
        [
            f'<bpmn:startEvent id="s" parallelMultiple="true">{events}</bpmn:startEvent>',
            user_task(task),
            end(),
        ],
        [f"s {task}", f"{task} end"],
        messages,
    )


def correlate(engine: CommandEngine, name: str, key: str, **variables: object) -> Key:
    command = CorrelateMessage(name=name, correlation_key=key, variables=variables)
    return int(str(engine.execute(command, TESTER).result["instance_key"]))


def instances(engine: CommandEngine, process_id: str) -> list[Key]:
    query = Query(where=(Condition(field="process_id", op="eq", value=process_id),))
    found = engine.views.search("process_instance", TESTER, query)
    return [int(str(row["key"])) for row in found.items]


def test_the_sender_is_told_the_instance_before_it_exists(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(model("told"))

    first = correlate(engine, "told-0", "1", a=1)
    assert instances(engine, "told") == []
    second = correlate(engine, "told-1", "1", b=2)

    assert first == second
    assert instances(engine, "told") == [first]


def test_a_new_version_forgets_what_came_for_the_old_one(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(model("renewed"))
    correlate(engine, "renewed-0", "1")
    driver.deploy(model("renewed", "look"))

    correlate(engine, "renewed-1", "1")
    assert instances(engine, "renewed") == []
    correlate(engine, "renewed-0", "1")
    assert len(instances(engine, "renewed")) == 1


def test_the_same_file_again_forgets_nothing(engine: CommandEngine, driver: EngineDriver) -> None:
    driver.deploy(model("same"))
    correlate(engine, "same-0", "1")
    driver.deploy(model("same"))

    correlate(engine, "same-1", "1")
    assert len(instances(engine, "same")) == 1


def test_a_message_nobody_misses_is_not_taken(engine: CommandEngine, driver: EngineDriver) -> None:
    driver.deploy(model("twice"))
    correlate(engine, "twice-0", "1")

    with pytest.raises(NotFound) as nobody:
        correlate(engine, "twice-0", "1")
    assert nobody.value.reason == "no-receiver"


def test_messages_at_the_same_moment_make_one_instance_per_key(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(model("race"))
    pairs = [(f"race-{number}", str(key)) for key in range(6) for number in range(2)]

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda pair: correlate(engine, *pair), pairs))

    assert sorted(instances(engine, "race")) == sorted(set(told))
    assert len(set(told)) == 6


def test_a_new_version_ends_the_start_timer_of_the_old_one(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    noon = datetime(2026, 11, 23, 5, tzinfo=UTC)
    driver.pin(noon)
    for task in ("check", "look"):
        begin = f'<bpmn:startEvent id="s">{timer("PT1H")}</bpmn:startEvent>'
        driver.deploy(
            process("hourly", [begin, user_task(task), end()], [f"s {task}", f"{task} end"])
        )

    driver.pin(noon + timedelta(hours=2))
    (only,) = instances(engine, "hourly")
    query = Query(where=(Condition(field="instance_key", op="eq", value=only),))
    (row,) = engine.views.search("user_task", TESTER, query).items
    assert row["element_id"] == "look"
