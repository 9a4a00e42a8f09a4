"""Jobs: workers fetch, finish and fail them; operators find and mend them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from flask import Response

from api.answers import answer, done
from api.calls import engine, key_of, run, waiting_room
from api.door import Door
from api.leases import corrections_of, fence_of, show_activated
from api.queries import search_page
from api.schemas.activated import ActivatedJobs
from api.schemas.nouns.job import JOB, JobPage, JobSearch
from api.schemas.requests.jobs import (
    JobActivation,
    JobCompletion,
    JobError,
    JobFailure,
    JobUpdate,
)
from api.waiting import seconds_of
from engine.commands.activate_jobs import ActivateJobs
from engine.commands.complete_job import CompleteJob
from engine.commands.fail_job import FailJob
from engine.commands.throw_job_error import ThrowJobError
from engine.commands.update_job import UpdateJob

door = Door("Jobs", __name__, url_prefix="/v2/jobs")
GONE = (404, 409)
LONGEST_PAUSE = 1.0


@door.operation(
    "POST",
    "/activation",
    body=JobActivation,
    answers={200: ActivatedJobs},
    sends=ActivateJobs,
)
def activate_jobs(body: Mapping[str, Any]) -> Response:
    """Lease open jobs of one type; waits for one up to requestTimeout."""
    command = ActivateJobs(
        type=body["type"],
        worker=body.get("worker", ""),
        timeout=int(body["timeout"]) / 1000,
        limit=int(body["maxJobsToActivate"]),
        fetch=tuple(body["fetchVariable"]) if body.get("fetchVariable") else None,
    )
    with_lease = bool(body.get("withLease"))
    found = _activate(command, seconds_of(body.get("requestTimeout")))
    return answer({"jobs": [show_activated(job, with_lease=with_lease) for job in found]})


def _activate(command: ActivateJobs, seconds: float) -> list[Mapping[str, Any]]:
    jobs = _jobs(command)
    if jobs or seconds <= 0:
        return jobs
    bell, end = engine().bell, time.monotonic() + seconds
    with waiting_room().seat() as seated:
        while not jobs and seated and (left := end - time.monotonic()) > 0:
            mark = bell.mark()
            if jobs := _jobs(command):
                break
            bell.wait((command.type,), mark, min(LONGEST_PAUSE, left))
    return jobs


def _jobs(command: ActivateJobs) -> list[Mapping[str, Any]]:
    found: Any = run(command).result["jobs"]
    return list(found)


@door.operation(
    "POST", "/search", body=JobSearch, optional=True, answers={200: JobPage}, reads="job"
)
def search_jobs(body: Mapping[str, Any]) -> Response:
    """Search jobs."""
    return answer(search_page(JOB, body))


@door.operation(
    "POST",
    "/<job_key>/completion",
    body=JobCompletion,
    optional=True,
    answers={204: None},
    fails=(*GONE, 501),
    sends=CompleteJob,
)
def complete_job(job_key: str, body: Mapping[str, Any]) -> Response:
    """A job is done; its variables go into the process."""
    command = CompleteJob(
        key=key_of(job_key, "jobKey"),
        variables=body.get("variables") or {},
        fence=fence_of(body),
        corrections=corrections_of(body.get("result") or {}),
    )
    return done(replayed=run(command).replayed)


@door.operation(
    "POST",
    "/<job_key>/failure",
    body=JobFailure,
    optional=True,
    answers={204: None},
    fails=GONE,
    sends=FailJob,
)
def fail_job(job_key: str, body: Mapping[str, Any]) -> Response:
    """A job failed: it is tried again after the back-off, or becomes an incident."""
    command = FailJob(
        key=key_of(job_key, "jobKey"),
        retries=int(body.get("retries", 0)),
        message=body.get("errorMessage", ""),
        back_off=int(body.get("retryBackOff", 0)) / 1000,
        variables=body.get("variables", {}),
        fence=fence_of(body),
    )
    return done(replayed=run(command).replayed)


@door.operation(
    "POST",
    "/<job_key>/error",
    body=JobError,
    answers={204: None},
    fails=GONE,
    sends=ThrowJobError,
)
def throw_job_error(job_key: str, body: Mapping[str, Any]) -> Response:
    """A job ends in a BPMN error that the process may catch."""
    command = ThrowJobError(
        key=key_of(job_key, "jobKey"),
        error_code=body["errorCode"],
        message=body.get("errorMessage") or "",
        variables=body.get("variables") or {},
        fence=fence_of(body),
    )
    return done(replayed=run(command).replayed)


@door.operation(
    "PATCH",
    "/<job_key>",
    body=JobUpdate,
    answers={204: None},
    fails=GONE,
    sends=UpdateJob,
)
def update_job(job_key: str, body: Mapping[str, Any]) -> Response:
    """Set a job's retries, or move its lease (a worker's heartbeat)."""
    changes = body["changeset"]
    retries, timeout = changes.get("retries"), changes.get("timeout")
    run(
        UpdateJob(
            key=key_of(job_key, "jobKey"),
            retries=int(retries) if retries is not None else None,
            timeout=int(timeout) / 1000 if timeout is not None else None,
            fence=fence_of(body),
        )
    )
    return done()
