"""Jobs as a worker gets them."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.fields import Anything, Document, Items, Key, Text, Whole
from api.schemas.nouns.job import KINDS, LISTENER_EVENTS
from api.schemas.search import answer

ActivatedJob = answer(
    "ActivatedJob",
    {
        "jobKey": Key(required=True),
        "type": Text(required=True),
        "processDefinitionId": Text(required=True),
        "processDefinitionVersion": Whole(required=True),
        "processDefinitionKey": Key(required=True),
        "processInstanceKey": Key(required=True),
        "rootProcessInstanceKey": Key(required=True, nullable=True),
        "elementId": Text(required=True),
        "elementInstanceKey": Key(required=True),
        "customHeaders": Document(required=True),
        "worker": Text(required=True),
        "retries": Whole(required=True),
        "deadline": Whole(least=0, most=2**63 - 1, required=True, doc="Milliseconds since 1970."),
        "variables": Document(required=True),
        "tenantId": Text(required=True),
        "physicalTenantId": Text(required=True),
        "kind": Text(values=KINDS, required=True),
        "listenerEventType": Text(values=LISTENER_EVENTS, required=True),
        "userTask": Anything(required=True, nullable=True),
        "tags": Items(Text(), required=True),
        "businessId": Text(required=True, nullable=True),
        "priority": Whole(required=True),
        "jobLeaseToken": Text(required=True, nullable=True),
    },
)
ActivatedJobs = answer("ActivatedJobs", {"jobs": Items(fields.Nested(ActivatedJob), required=True)})
