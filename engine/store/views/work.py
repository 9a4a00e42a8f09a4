"""Jobs of models (never our own), incidents, variables and message subscriptions."""

from __future__ import annotations

from sqlalchemy import func

from engine.store.tables import (
    incident,
    job,
    process_definition,
    process_instance,
    subscription,
    variable,
)
from engine.store.views.grammar import NounView
from engine.store.visibility import visible_to

JOBS = NounView(
    source=job.join(process_instance, process_instance.c.key == job.c.instance_key).join(
        process_definition, process_definition.c.key == job.c.definition_key
    ),
    fields={
        **{column.name: column for column in job.c if column.name != "payload"},
        "updated_at": func.coalesce(job.c.ended_at, job.c.created_at),
        "process_name": process_definition.c.name,
        "process_version": process_definition.c.version,
        "business_id": process_instance.c.business_id,
        "tags": process_instance.c.tags,
    },
    key=job.c.key,
    visible=lambda actor: visible_to(actor, job),
    always=(job.c.kind != "INTERNAL",),
    instance_scope=job.c.instance_key,
)

INCIDENTS = NounView(
    source=incident.join(process_instance, process_instance.c.key == incident.c.instance_key).join(
        process_definition, process_definition.c.key == incident.c.definition_key
    ),
    fields={
        **{column.name: column for column in incident.c},
        "process_name": process_definition.c.name,
        "process_version": process_definition.c.version,
        "business_id": process_instance.c.business_id,
    },
    key=incident.c.key,
    visible=lambda actor: visible_to(actor, incident),
    instance_scope=incident.c.instance_key,
)

VARIABLES = NounView(
    source=variable.join(process_instance, process_instance.c.key == variable.c.instance_key),
    fields={
        **{column.name: column for column in variable.c},
        "process_id": process_instance.c.process_id,
        "definition_key": process_instance.c.definition_key,
        "business_id": process_instance.c.business_id,
    },
    key=variable.c.key,
    visible=lambda actor: visible_to(actor, variable),
    instance_scope=variable.c.instance_key,
)

SUBSCRIPTIONS = NounView(
    source=subscription.join(
        process_instance, process_instance.c.key == subscription.c.instance_key
    ).join(process_definition, process_definition.c.key == subscription.c.definition_key),
    fields={
        **{column.name: column for column in subscription.c},
        "updated_at": func.coalesce(subscription.c.closed_at, subscription.c.opened_at),
        "process_name": process_definition.c.name,
        "process_version": process_definition.c.version,
        "business_id": process_instance.c.business_id,
    },
    key=subscription.c.key,
    visible=lambda actor: visible_to(actor, process_instance),
    always=(subscription.c.kind == "message",),
    instance_scope=subscription.c.instance_key,
)
