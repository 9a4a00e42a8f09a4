"""What waits for messages."""

from __future__ import annotations

from api.schemas.columns import Column, Table
from api.schemas.fields import Document
from api.schemas.search import item_schema, page_schema, search_schema

STATES = ("CREATED", "CORRELATED", "DELETED", "MIGRATED")
TYPES = ("START_EVENT", "PROCESS_EVENT")

MESSAGE_SUBSCRIPTION = Table(
    noun="message_subscription",
    name="MessageSubscription",
    columns=(
        Column(wire="messageSubscriptionKey", row="key", kind="key"),
        Column(wire="messageName", row="name"),
        Column(wire="correlationKey", row="correlation_key", nullable=True),
        Column(wire="messageSubscriptionState", row="state", kind="choice", values=STATES),
        Column(wire="messageSubscriptionType", row="subscription_type", kind="choice",
               values=TYPES, empty="PROCESS_EVENT", found=False, sorted=False),
        Column(wire="lastUpdatedDate", row="updated_at", kind="instant"),
        Column(wire="elementId", row="element_id"),
        Column(wire="elementInstanceKey", row="element_key", kind="key", nullable=True),
        Column(wire="processDefinitionId", row="process_id"),
        Column(wire="processDefinitionKey", row="definition_key", kind="key", nullable=True,
               sorted=False),
        Column(wire="processDefinitionName", row="process_name", nullable=True, found=False,
               sorted=False),
        Column(wire="processDefinitionVersion", row="process_version", kind="whole",
               nullable=True, found=False, sorted=False),
        Column(wire="processInstanceKey", row="instance_key", kind="key", nullable=True),
        Column(wire="rootProcessInstanceKey", row="root_key", kind="key", nullable=True,
               found=False, sorted=False),
        Column(wire="businessId", row="business_id", nullable=True, found=False, sorted=False),
        Column(wire="tenantId", row="tenant_id"),
        Column(wire="toolName", row="tool_name", nullable=True, found=False, sorted=False),
        Column(wire="inboundConnectorType", row="connector", nullable=True, found=False,
               sorted=False),
    ),
)  # fmt: skip

MessageSubscription = item_schema(MESSAGE_SUBSCRIPTION, {"toolProperties": Document(required=True)})
MessageSubscriptionPage = page_schema("MessageSubscription", MessageSubscription)
MessageSubscriptionSearch = search_schema(MESSAGE_SUBSCRIPTION)
