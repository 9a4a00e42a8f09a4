"""Jobs of a model; leases are no events and stand in the row only."""

from __future__ import annotations

from typing import Any

from engine.domain.events import (
    JobCanceled,
    JobCompleted,
    JobCreated,
    JobErrorThrown,
    JobFailed,
    JobUpdated,
)
from engine.store.appliers.registry import Projection, applies
from engine.store.tables import job

NO_LEASE: dict[str, Any] = {"lease_until": None}


@applies(JobCreated)
def _created(event: JobCreated, to: Projection) -> None:
    to.rows.insert(
        job,
        key=event.key,
        root_key=to.root_key,
        instance_key=event.instance.key,
        element_key=event.element_key,
        definition_key=event.instance.definition.key,
        process_id=event.instance.definition.process_id,
        element_id=event.element_id,
        type=event.type,
        kind=event.kind,
        listener_event=event.listener_event,
        state="CREATED",
        open=True,
        retries=event.retries,
        priority=event.priority,
        headers=dict(event.headers),
        fence=0,
        lost=0,
        created_at=to.at,
        **to.seen_by(),
    )


@applies(JobCompleted)
def _completed(event: JobCompleted, to: Projection) -> None:
    to.rows.update(job, event.key, state="COMPLETED", open=False, ended_at=to.at, **NO_LEASE)


@applies(JobFailed)
def _failed(event: JobFailed, to: Projection) -> None:
    to.rows.update(
        job,
        event.key,
        state="FAILED",
        retries=event.retries,
        retry_at=event.retry_at,
        error_message=event.message,
        lost=0,
        **NO_LEASE,
    )


@applies(JobErrorThrown)
def _error_thrown(event: JobErrorThrown, to: Projection) -> None:
    to.rows.update(
        job,
        event.key,
        state="ERROR_THROWN",
        open=False,
        error_code=event.error_code,
        error_message=event.message,
        ended_at=to.at,
        **NO_LEASE,
    )


@applies(JobUpdated)
def _updated(event: JobUpdated, to: Projection) -> None:
    changes: dict[str, Any] = {}
    if event.retries is not None:
        changes |= {
            "retries": event.retries,
            "state": "RETRIES_UPDATED",
            "retry_at": None,
            "lost": 0,
        }
    if event.lease_until is not None:
        changes["lease_until"] = event.lease_until
    if changes:
        to.rows.update(job, event.key, **changes)


@applies(JobCanceled)
def _canceled(event: JobCanceled, to: Projection) -> None:
    to.rows.close(
        job,
        {"element_key": event.element_key},
        {"state": "CANCELED", "open": False, "ended_at": to.at, **NO_LEASE},
        guard=("open", (True,)),
    )
