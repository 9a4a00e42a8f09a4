"""Listeners through the whole engine: kinds, corrections, refusals, a built-in handler."""

from __future__ import annotations

import pytest

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.cancel_instance import CancelInstance
from engine.commands.complete_job import CompleteJob
from engine.commands.fail_job import FailJob
from engine.commands.throw_job_error import ThrowJobError
from engine.dispatch import CommandEngine
from engine.errors import Conflict, InvalidInput, NotSupported
from engine.testing import TESTER, EngineDriver, InstanceDriver
from tests.contract.engine.models import end, process, start


def listened(process_id: str, listeners: str, assignment: str = "") -> tuple[str, bytes]:
    """One user task with these listeners."""
    task = (
        '<bpmn:userTask id="check"><bpmn:extensionElements><zeebe:userTask/>'
        f"{assignment}{listeners}</bpmn:extensionElements></bpmn:userTask>"
    )
    return process(process_id, [start(), task, end()], ["start check", "check end"])


def on(event: str, type: str) -> str:
    holder = "task" if event in {"creating", "completing"} else "execution"
    return (
        f"<zeebe:{holder}Listeners>"
        f'<zeebe:{holder}Listener eventType="{event}" type="{type}"/></zeebe:{holder}Listeners>'
    )


def leased(engine: CommandEngine, type: str) -> int:
    jobs = engine.execute(ActivateJobs(type=type, limit=10), TESTER).result["jobs"]
    assert isinstance(jobs, list)
    assert len(jobs) == 1
    return int(jobs[0]["key"])


def begin(driver: EngineDriver, name: str, listeners: str, assignment: str = "") -> InstanceDriver:
    driver.deploy(listened(name, listeners, assignment))
    return driver.start(name)


@pytest.mark.parametrize(
    ("event", "kind"), [("start", "EXECUTION_LISTENER"), ("creating", "TASK_LISTENER")]
)
def test_a_worker_is_told_what_it_listens_to(
    driver: EngineDriver, engine: CommandEngine, event: str, kind: str
) -> None:
    begin(driver, f"told-{event}", on(event, f"told-{event}"))

    jobs = engine.execute(ActivateJobs(type=f"told-{event}"), TESTER).result["jobs"]
    assert isinstance(jobs, list)
    assert (jobs[0]["kind"], jobs[0]["listener_event"]) == (kind, event.upper())


def test_a_creating_listener_says_who_and_until_when(
    driver: EngineDriver, engine: CommandEngine
) -> None:
    instance = begin(driver, "fixes", on("creating", "fixes"))
    assert instance.tasks() == []

    corrections = {
        "assignee": "hanh",
        "candidateGroups": ["reception@ubnd-20242"],
        "dueDate": "2026-12-01T10:00:00Z",
        "priority": 80,
    }
    engine.execute(CompleteJob(key=leased(engine, "fixes"), corrections=corrections), TESTER)
    (task,) = instance.rows("user_task")
    assert (task["assignee"], task["priority"]) == ("hanh", 80)
    assert task["candidate_groups"] == ["reception@ubnd-20242"]
    assert str(task["due_at"]).startswith("2026-12-01 10:00")


def test_an_assignee_of_the_model_stands(driver: EngineDriver, engine: CommandEngine) -> None:
    given = '<zeebe:assignmentDefinition assignee="linh"/>'
    instance = begin(driver, "stands", on("creating", "stands"), given)

    command = CompleteJob(key=leased(engine, "stands"), corrections={"assignee": "hanh"})
    engine.execute(command, TESTER)
    assert instance.rows("user_task")[0]["assignee"] == "linh"


@pytest.mark.parametrize(
    "corrections",
    [
        {"name": "x"},
        {"priority": 101},
        {"priority": True},
        {"candidateUsers": "a"},
        {"dueDate": "soon"},
        {"assignee": 5},
    ],
)
def test_unfit_corrections_change_nothing(
    driver: EngineDriver, engine: CommandEngine, corrections: dict[str, object]
) -> None:
    instance = begin(driver, "unfit", on("creating", "unfit"))
    key = leased(engine, "unfit")

    with pytest.raises(InvalidInput):
        engine.execute(CompleteJob(key=key, corrections=corrections), TESTER)
    engine.execute(CompleteJob(key=key), TESTER)
    assert instance.tasks() == ["check"]


def test_only_creating_listeners_correct(driver: EngineDriver, engine: CommandEngine) -> None:
    begin(driver, "start-only", on("start", "start-only"))

    with pytest.raises(NotSupported):
        command = CompleteJob(key=leased(engine, "start-only"), corrections={"priority": 1})
        engine.execute(command, TESTER)


def test_a_listener_throws_no_error(driver: EngineDriver, engine: CommandEngine) -> None:
    instance = begin(driver, "throws-not", on("end", "throws-not"))
    instance.complete("check")

    with pytest.raises(Conflict) as refused:
        engine.execute(ThrowJobError(key=leased(engine, "throws-not"), error_code="E"), TESTER)
    assert refused.value.reason == "listener-throws-no-error"


def test_exhausted_retries_have_their_own_name(driver: EngineDriver, engine: CommandEngine) -> None:
    instance = begin(driver, "tired", on("end", "tired"))
    instance.complete("check")

    engine.execute(FailJob(key=leased(engine, "tired"), retries=0, message="down"), TESTER)
    assert instance.incidents() == ["EXECUTION_LISTENER_NO_RETRIES"]


def test_cancelling_takes_an_open_listener_along(
    driver: EngineDriver, engine: CommandEngine
) -> None:
    instance = begin(driver, "cancelled", on("start", "cancelled"))

    engine.execute(CancelInstance(key=instance.key), TESTER)
    assert [row["state"] for row in instance.rows("job")] == ["CANCELED"]
    assert instance.rows("user_task") == ()


def test_a_built_in_type_can_listen(driver: EngineDriver) -> None:
    headers = (
        "<zeebe:taskHeaders>"
        '<zeebe:header key="expression" value="= {hint: 1 + 1}"/></zeebe:taskHeaders>'
    )
    listener = (
        '<zeebe:executionListeners><zeebe:executionListener eventType="start" type="motcua:feel">'
        f"{headers}</zeebe:executionListener></zeebe:executionListeners>"
    )
    instance = begin(driver, "feels", listener)

    assert instance.tasks() == ["check"]
    hints = [row["value"] for row in instance.rows("variable", name="hint")]
    assert hints == ["2"]
