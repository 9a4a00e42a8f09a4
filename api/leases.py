"""A leased job on the wire; the lease token is the fence of the activation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from api.instants import parse_instant
from engine.errors import Conflict, NotSupported


def fence_of(body: Mapping[str, Any]) -> int | None:
    """The fence a worker names; a token of another make can be no lease of ours."""
    token = body.get("jobLeaseToken")
    if token is None:
        return None
    if not (token.isascii() and token.isdigit() and len(token) <= 18):
        raise Conflict("The job was given to another worker meanwhile.", code="job-lease-lost")
    return int(token)


def corrections_of(result: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a listener's result changes of its task; what else it may say is not run."""
    if result.get("denied"):
        raise NotSupported(
            "A task listener cannot deny here.", code="listener-denial-not-supported"
        )
    if result.get("type") == "adHocSubProcess" or result.get("activateElements"):
        raise NotSupported("Results of ad-hoc jobs are not supported.")
    return {
        name: each for name, each in (result.get("corrections") or {}).items() if each is not None
    }


def show_activated(job: Mapping[str, Any], *, with_lease: bool) -> dict[str, Any]:
    """A job as its worker gets it."""
    return {
        "jobKey": str(job["key"]),
        "type": job["type"],
        "processDefinitionId": job["process_id"],
        "processDefinitionVersion": job["version"],
        "processDefinitionKey": str(job["definition_key"]),
        "processInstanceKey": str(job["instance_key"]),
        "rootProcessInstanceKey": str(job["root_key"]),
        "elementId": job["element_id"],
        "elementInstanceKey": str(job["element_key"]),
        "customHeaders": job["custom_headers"],
        "worker": job["worker"] or "",
        "retries": job["retries"],
        "deadline": _milliseconds(job["lease_until"]),
        "variables": job["variables"],
        "tenantId": job["tenant_id"],
        "physicalTenantId": job["tenant_id"],
        "kind": job["kind"],
        "listenerEventType": job["listener_event"],
        "userTask": None,
        "tags": list(job.get("tags") or ()),
        "businessId": job.get("business_id"),
        "priority": job.get("priority", 0),
        "jobLeaseToken": str(job["fence"]) if with_lease else None,
    }


def _milliseconds(moment: datetime | str | None) -> int:
    # A replayed activation comes from JSON, where an instant is a text.
    if isinstance(moment, str):
        moment = parse_instant(moment)
    return int(moment.timestamp() * 1000) if moment else 0
