"""Leases on jobs of built-in types, and what becomes of them: ``ports.dispatcher.WorkSource``.

A job's outcome goes the ordinary road: the same commands a worker outside
would send, with the lease's fence, so a lost lease changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence

from engine.commands.complete_job import CompleteJob
from engine.commands.fail_job import FailJob
from engine.commands.park_job import ParkJob
from engine.commands.throw_job_error import ThrowJobError
from engine.domain.actors import SYSTEM
from engine.domain.ids import Key
from engine.domain.jobs import backoff
from engine.domain.jobs.outcomes import Completed, Failed, Outcome, Parked, Thrown, Work
from engine.domain.records import JobRecord
from engine.errors import Conflict, NotFound, Rejected, Unavailable
from engine.ports.store import Store, UnitOfWork

log = logging.getLogger("motcua.dispatch")

MOST_LOST = 5


class LeasedWork:
    """``WorkSource`` on a store; ``execute`` runs a command as the engine itself."""

    def __init__(self, store: Store, execute: Callable[[object], object]) -> None:
        self._store = store
        self._execute = execute

    def claim(
        self, types: Collection[str], worker: str, seconds: float, limit: int
    ) -> Sequence[Work]:
        """A share for each type that waits, so a flood of one does not starve the others."""
        with self._store.reading(SYSTEM) as uow:
            ready = uow.leases.ready_types(types)
        if not ready:
            return []
        taken: list[JobRecord] = []
        with self._store.unit_of_work(SYSTEM) as uow:
            for position, type in enumerate(ready):
                share = max(1, (limit - len(taken)) // (len(ready) - position))
                if len(taken) < limit:
                    taken += uow.leases.take([type], worker, seconds, share)
            found = _with_variables(taken, uow)
            uow.commit()
        return [work for work in found if not self._is_poison(work)]

    def ready(self, types: Collection[str], limit: int) -> Sequence[Key]:
        """Keys of jobs that wait."""
        with self._store.reading(SYSTEM) as uow:
            return uow.leases.ready_keys(types, limit)

    def claim_one(self, key: Key, worker: str, seconds: float) -> Work | None:
        """Lease this one job."""
        with self._store.unit_of_work(SYSTEM) as uow:
            job = uow.leases.take_one(key, worker, seconds)
            found = _with_variables([job], uow) if job else []
            uow.commit()
        return next((work for work in found if not self._is_poison(work)), None)

    def _is_poison(self, work: Work) -> bool:
        """A job whose workers vanish one after the other is shown to people, not to another one."""
        if work.job.lost < MOST_LOST:
            return False
        message = f"{work.job.lost} workers in a row vanished with this job."
        self.finish(work, Failed(message=message, again=False))
        return True

    def renew(self, held: Mapping[Key, int], seconds: float) -> frozenset[Key]:
        """Prolong leases."""
        with self._store.unit_of_work(SYSTEM) as uow:
            kept = uow.leases.renew(held, seconds)
            uow.commit()
        return kept

    def finish(self, work: Work, outcome: Outcome) -> bool:
        """Complete, fail, throw or park."""
        try:
            self._hand_in(work, outcome)
        except (Conflict, NotFound) as refusal:
            log.info("outcome of job %s not taken: %s", work.job.key, refusal.reason)
            return False
        return True

    def _hand_in(self, work: Work, outcome: Outcome) -> None:
        try:
            self._execute(command_for(work, outcome))
        except (Conflict, NotFound, Unavailable):
            raise
        except Exception as error:
            # What the handler answered cannot be kept: without this the job would be
            # leased again and again. A refusal's sentence names paths, never values.
            told = error.sentence if isinstance(error, Rejected) else type(error).__name__
            failed = Failed(message=f"The result cannot be kept: {told}", again=False)
            self._execute(command_for(work, failed))


def command_for(work: Work, outcome: Outcome) -> object:
    """The ordinary command an outcome stands for."""
    key, fence = work.job.key, work.job.fence
    if isinstance(outcome, Completed):
        return CompleteJob(key=key, variables=outcome.variables, fence=fence)
    if isinstance(outcome, Thrown) and work.job.kind != "BPMN_ELEMENT":
        outcome = Failed(message="A listener cannot throw a BPMN error.", again=False)
    if isinstance(outcome, Thrown):
        return ThrowJobError(
            key=key,
            error_code=outcome.code,
            message=outcome.message,
            variables=outcome.variables,
            fence=fence,
        )
    if isinstance(outcome, Parked):
        return ParkJob(key=key, until=outcome.until, fence=fence)
    return _failure(work.job, outcome)


def _failure(job: JobRecord, failed: Failed) -> FailJob:
    wait = failed.back_off
    return FailJob(
        key=job.key,
        retries=max(job.retries - 1, 0) if failed.again else 0,
        message=failed.message,
        back_off=backoff.pause(job.fence, job.headers) if wait is None else wait,
        variables=failed.variables,
        fence=job.fence,
    )


def _with_variables(jobs: Sequence[JobRecord], uow: UnitOfWork) -> list[Work]:
    values = uow.jobs.variables(jobs, None) if jobs else {}
    return [Work(job=job, variables=values[job.key], now=uow.now) for job in jobs]
