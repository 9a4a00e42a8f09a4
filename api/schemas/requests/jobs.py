"""Bodies of workers."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.fields import Anything, Document, Flag, Instant, Items, Text, Whole
from api.schemas.search import request

_LEASE = Text(
    least=1, most=40, nullable=True, doc="jobLeaseToken of the activation: 409 when it is lost."
)
_MILLIS = {"least": 0, "most": 2**31 - 1}

JobActivation = request(
    "JobActivation",
    {
        "type": Text(least=1, most=1000, required=True),
        "worker": Text(most=200),
        "timeout": Whole(least=1, most=2**31 - 1, required=True, doc="Lease in milliseconds."),
        "maxJobsToActivate": Whole(least=1, most=10_000, required=True),
        "fetchVariable": Items(Text(least=1, most=1000), most=1000),
        "requestTimeout": Whole(
            least=-1, most=300_000, doc="Milliseconds to wait for a job; 0: 10 s; -1: do not wait."
        ),
        "tenantIds": Items(Text(least=1, most=31), most=100),
        "tenantFilter": Text(values=("PROVIDED", "ASSIGNED")),
        "withLease": Flag(nullable=True, doc="Answer a jobLeaseToken that fences the lease."),
    },
)

JobCorrections = request(
    "JobCorrections",
    {
        "assignee": Text(most=255, nullable=True),
        "dueDate": Instant(nullable=True),
        "followUpDate": Instant(nullable=True),
        "candidateUsers": Items(Text(least=1, most=255), most=100, nullable=True),
        "candidateGroups": Items(Text(least=1, most=255), most=100, nullable=True),
        "priority": Whole(least=0, most=100, nullable=True),
    },
)

JobResult = request(
    "JobResult",
    {
        "type": Text(values=("userTask", "adHocSubProcess")),
        "denied": Flag(nullable=True),
        "deniedReason": Text(most=1000, nullable=True),
        "corrections": fields.Nested(JobCorrections, allow_none=True),
        "activateElements": Items(Anything(), most=0),
        "isCompletionConditionFulfilled": Flag(),
        "isCancelRemainingInstances": Flag(),
    },
)

JobCompletion = request(
    "JobCompletion",
    {
        "variables": Document(nullable=True),
        "result": fields.Nested(JobResult, allow_none=True),
        "jobLeaseToken": _LEASE,
    },
)

JobFailure = request(
    "JobFailure",
    {
        "retries": Whole(least=0),
        "errorMessage": Text(most=10_000),
        "retryBackOff": Whole(**_MILLIS),
        "variables": Document(),
        "jobLeaseToken": _LEASE,
    },
)

JobError = request(
    "JobError",
    {
        "errorCode": Text(least=1, most=1000, required=True),
        "errorMessage": Text(most=10_000, nullable=True),
        "variables": Document(nullable=True),
        "jobLeaseToken": _LEASE,
    },
)

JobChangeset = request(
    "JobChangeset",
    {
        "retries": Whole(least=1, nullable=True),
        "timeout": Whole(least=1, most=2**31 - 1, nullable=True, doc="New lease, milliseconds."),
    },
)

JobUpdate = request(
    "JobUpdate",
    {
        "changeset": fields.Nested(JobChangeset, required=True),
        "operationReference": Whole(least=1, most=2**63 - 1),
        "jobLeaseToken": _LEASE,
    },
)
