"""Answers that are no rows: problems, topology, results of commands."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from api.schemas.fields import Anything, Document, Flag, Instant, Items, Key, Text, Whole
from api.schemas.search import PageAnswer, SchemaClass, answer


def required(kind: Any, **more: Any) -> Any:
    """A member that is always there."""
    return kind(required=True, **more)


ProblemError = answer(
    "ProblemError",
    {
        "pointer": required(Text, doc="JSON pointer into the body, or the parameter."),
        "code": required(Text),
        "sentence": required(Text),
        "line": Whole(doc="Line of a deployed file."),
        "elementId": Text(doc="Element of a deployed file."),
    },
)

Problem = answer(
    "Problem",
    {
        "type": required(Text),
        "title": required(Text),
        "status": required(Whole),
        "detail": required(Text),
        "instance": required(Text),
        "code": required(Text, doc="Stable; the catalogue stands in docs/api-problems.md."),
        "errors": Items(fields.Nested(ProblemError), doc="With 400: what is wrong where."),
        "reference": Text(doc="With 500: quote it to the operator."),
    },
)

Partition = answer(
    "Partition",
    {
        "partitionId": required(Whole),
        "role": Text(values=("leader", "follower", "inactive"), required=True),
        "health": Text(values=("healthy", "unhealthy", "dead"), required=True),
        "state": required(Text),
    },
)
Broker = answer(
    "Broker",
    {
        "nodeId": required(Whole),
        "brokerId": required(Text),
        "host": required(Text),
        "port": required(Whole),
        "partitions": Items(fields.Nested(Partition), required=True),
        "version": required(Text),
    },
)
Topology = answer(
    "Topology",
    {
        "brokers": Items(fields.Nested(Broker), required=True),
        "clusterId": required(Text, nullable=True),
        "clusterSize": required(Whole),
        "partitionsCount": required(Whole),
        "replicationFactor": required(Whole),
        "gatewayVersion": required(Text),
        "lastCompletedChangeId": required(Text),
    },
)
License = answer(
    "License",
    {
        "validLicense": required(Flag),
        "licenseType": required(Text),
        "isCommercial": required(Flag),
        "expiresAt": required(Instant, nullable=True),
    },
)
TenantItem = answer(
    "Tenant",
    {
        "tenantId": required(Text),
        "name": required(Text),
        "description": required(Text, nullable=True),
    },
)
Me = answer(
    "Me",
    {
        "username": required(Text),
        "displayName": required(Text, nullable=True),
        "email": required(Text, nullable=True),
        "authorizedComponents": Items(Text(), required=True),
        "tenants": Items(fields.Nested(TenantItem), required=True),
        "groups": Items(Text(), required=True),
        "roles": Items(Text(), required=True),
        "salesPlanType": required(Text, nullable=True),
        "c8Links": required(Document),
        "canLogout": required(Flag),
        "unitId": required(Text, doc="Extension: path in the tree of units."),
    },
)

DeployedProcess = answer(
    "DeployedProcess",
    {
        "processDefinitionId": required(Text),
        "processDefinitionVersion": required(Whole),
        "processDefinitionKey": required(Key),
        "resourceName": required(Text),
        "tenantId": required(Text),
    },
)
DeployedForm = answer(
    "DeployedForm",
    {
        "formId": required(Text),
        "version": required(Whole),
        "formKey": required(Key),
        "resourceName": required(Text),
        "tenantId": required(Text),
    },
)
_NO_VALUE: dict[str, Any] = {"nullable": True, "required": True}
Deployed = answer(
    "Deployed",
    {
        "processDefinition": fields.Nested(DeployedProcess, required=True, allow_none=True),
        "form": fields.Nested(DeployedForm, required=True, allow_none=True),
        "decisionDefinition": Anything(**_NO_VALUE),
        "decisionRequirements": Anything(**_NO_VALUE),
        "resource": Anything(**_NO_VALUE),
    },
)
Deployment = answer(
    "Deployment",
    {
        "deploymentKey": required(Key),
        "tenantId": required(Text),
        "deployments": Items(fields.Nested(Deployed), required=True),
        "warnings": Items(Document(), doc="Extension: findings that did not refuse."),
    },
)

Form = answer(
    "Form",
    {
        "formKey": required(Key),
        "formId": required(Text),
        "version": required(Whole),
        "schema": required(Text, doc="The form-js document as text."),
        "tenantId": required(Text),
    },
)

CreatedInstance = answer(
    "CreatedProcessInstance",
    {
        "processInstanceKey": required(Key),
        "processDefinitionKey": required(Key),
        "processDefinitionId": required(Text),
        "processDefinitionVersion": required(Whole),
        "tenantId": required(Text),
        "variables": required(Document),
        "tags": Items(Text(), required=True),
        "businessId": required(Text, nullable=True),
    },
)
SequenceFlow = answer(
    "SequenceFlow",
    {
        "sequenceFlowId": required(Text),
        "elementId": required(Text),
        "processInstanceKey": required(Key),
        "rootProcessInstanceKey": required(Key, nullable=True),
        "processDefinitionKey": required(Key, nullable=True),
        "processDefinitionId": required(Text, nullable=True),
        "tenantId": required(Text),
    },
)
SequenceFlows = answer(
    "SequenceFlows", {"items": Items(fields.Nested(SequenceFlow), required=True)}
)
CallHierarchyEntry = answer(
    "CallHierarchyEntry",
    {
        "processInstanceKey": required(Key),
        "processDefinitionKey": required(Key),
        "processDefinitionName": required(Text),
    },
)
ElementStatistics = answer(
    "ElementStatistics",
    {
        "items": Items(
            fields.Nested(
                answer(
                    "ElementCount",
                    {
                        "elementId": required(Text),
                        "active": required(Whole),
                        "completed": required(Whole),
                        "canceled": required(Whole),
                        "incidents": required(Whole),
                    },
                )
            ),
            required=True,
        )
    },
)

PublishedMessage = answer(
    "PublishedMessage", {"messageKey": required(Key), "tenantId": required(Text)}
)
CorrelatedMessage = answer(
    "CorrelatedMessage",
    {
        "messageKey": required(Key),
        "processInstanceKey": required(Key),
        "tenantId": required(Text),
    },
)
BroadcastSignal = answer(
    "BroadcastSignal", {"signalKey": required(Key), "tenantId": required(Text)}
)


def page_of(name: str, item: SchemaClass) -> SchemaClass:
    """A page whose items are no table of ours."""
    members = {
        "items": Items(fields.Nested(item), required=True),
        "page": fields.Nested(PageAnswer, required=True),
    }
    return answer(name, members)
