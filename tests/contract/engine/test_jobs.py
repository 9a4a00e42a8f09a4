"""Jobs through the whole engine: leased, failed, an incident, mended, done."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.complete_job import CompleteJob
from engine.commands.fail_job import FailJob
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.throw_job_error import ThrowJobError
from engine.commands.update_job import UpdateJob
from engine.dispatch import CommandEngine
from engine.domain.actors import Actor
from engine.errors import Conflict, Forbidden, NotFound
from engine.testing import TESTER, EngineDriver
from tests.contract.engine.models import end, process, service_task, start, user_task

PAYS = process(
    "pays",
    [
        start(),
        service_task("pay", "treasury"),
        '<bpmn:boundaryEvent id="refused" attachedToRef="pay">'
        '<bpmn:errorEventDefinition errorRef="e_no"/></bpmn:boundaryEvent>',
        user_task("manual"),
        end(),
    ],
    ["start pay", "pay end", "refused manual", "manual end"],
    '<bpmn:error id="e_no" name="no" errorCode="NO_ACCOUNT"/>',
)


def lease(engine: CommandEngine, actor: Actor = TESTER) -> Mapping[str, object]:
    result = engine.execute(ActivateJobs(type="treasury", worker="w"), actor).result
    jobs = result["jobs"]
    assert isinstance(jobs, list)
    assert len(jobs) == 1
    job: Mapping[str, object] = jobs[0]
    return job


def key_of(job: Mapping[str, object]) -> int:
    return int(str(job["key"]))


def test_job_sees_its_variables_and_moves_the_process_on(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(PAYS)
    instance = driver.start("pays", amount=18000)
    job = lease(engine)

    assert job["variables"] == {"amount": 18000}
    engine.execute(CompleteJob(key=key_of(job), variables={"receipt": "0001"}), TESTER)
    assert instance.state == "COMPLETED"
    assert instance.variables()["receipt"] == "0001"
    with pytest.raises(NotFound):
        engine.execute(CompleteJob(key=key_of(job)), TESTER)


def test_exhausted_retries_are_an_incident_that_can_be_mended(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(PAYS)
    instance = driver.start("pays")
    job = lease(engine)

    engine.execute(FailJob(key=key_of(job), retries=0, message="down"), TESTER)
    assert instance.incidents() == ["JOB_NO_RETRIES"]

    engine.execute(UpdateJob(key=key_of(job), retries=1), TESTER)
    incident = instance.rows("incident", state="ACTIVE")[0]
    engine.execute(ResolveIncident(key=int(str(incident["key"]))), TESTER)
    assert instance.incidents() == []

    engine.execute(CompleteJob(key=key_of(lease(engine))), TESTER)
    assert instance.state == "COMPLETED"


def test_bpmn_error_reaches_its_boundary(engine: CommandEngine, driver: EngineDriver) -> None:
    driver.deploy(PAYS)
    instance = driver.start("pays")
    job = lease(engine)

    engine.execute(
        ThrowJobError(key=key_of(job), error_code="NO_ACCOUNT", variables={"why": "closed"}), TESTER
    )

    assert instance.tasks() == ["manual"]


def test_lost_lease_cannot_finish_the_job(engine: CommandEngine, driver: EngineDriver) -> None:
    driver.deploy(PAYS)
    driver.start("pays")
    job = lease(engine)
    fence = int(str(job["fence"]))

    with pytest.raises(Conflict) as lost:
        engine.execute(CompleteJob(key=key_of(job), fence=fence - 1), TESTER)
    assert lost.value.reason == "job-lease-lost"
    engine.execute(CompleteJob(key=key_of(job), fence=fence), TESTER)


def test_worker_sees_only_the_types_its_token_names(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    driver.deploy(PAYS)
    driver.start("pays")
    mail = Actor(name="mail", roles=frozenset({"worker"}), job_types=frozenset({"mail"}))

    with pytest.raises(Forbidden):
        lease(engine, mail)
    job = lease(engine)
    with pytest.raises(NotFound):
        engine.execute(CompleteJob(key=key_of(job)), mail)
