"""Process instances and element instances."""

from __future__ import annotations

from sqlalchemy import and_, exists, select

from engine.store.tables import (
    dossier,
    element_instance,
    incident,
    job,
    process_definition,
    process_instance,
    root,
)
from engine.store.views.grammar import NounView, Related
from engine.store.visibility import visible_to

_broken = incident.alias("active_incident")
HAS_INCIDENT = exists(
    select(1).where(_broken.c.instance_key == process_instance.c.key, _broken.c.state == "ACTIVE")
).correlate(process_instance)

_element = element_instance.alias("element_of_instance")
_parked = incident.alias("incident_of_element")
_ELEMENTS = Related(
    table=_element,
    link=_element.c.instance_key == process_instance.c.key,
    fields={
        "element_id": _element.c.element_id,
        "element_state": _element.c.state,
        "has_element_incident": exists(
            select(1).where(_parked.c.element_key == _element.c.key, _parked.c.state == "ACTIVE")
        ).correlate(_element),
    },
)
_message = incident.alias("incident_of_instance")
_MESSAGES = Related(
    table=_message,
    link=and_(_message.c.instance_key == process_instance.c.key, _message.c.state == "ACTIVE"),
    fields={"error_message": _message.c.message, "error_type": _message.c.error_type},
)
_trying = job.alias("job_of_instance")
_RETRIES = exists(
    select(1).where(
        _trying.c.instance_key == process_instance.c.key,
        _trying.c.open,
        _trying.c.state == "FAILED",
        _trying.c.retries > 0,
    )
).correlate(process_instance)

DOSSIER_CODE = (
    select(dossier.c.code)
    .where(dossier.c.key == process_instance.c.root_key)
    .correlate(process_instance)
    .scalar_subquery()
)

VIEW = NounView(
    source=process_instance.join(root, root.c.key == process_instance.c.root_key).join(
        process_definition, process_definition.c.key == process_instance.c.definition_key
    ),
    fields={
        **{column.name: column for column in process_instance.c},
        "process_name": process_definition.c.name,
        "process_version": process_definition.c.version,
        "version_tag": process_definition.c.version_tag,
        "deployment_key": process_definition.c.deployment_key,
        "has_incident": HAS_INCIDENT,
        "dossier_code": DOSSIER_CODE,
        "revision": root.c.revision,
    },
    key=process_instance.c.key,
    visible=lambda actor: visible_to(actor, process_instance),
    filters={"has_retries_left": _RETRIES},
    related=(_ELEMENTS, _MESSAGES),
    instance_scope=process_instance.c.key,
)

_own = incident.alias("incident_here")
INCIDENT_KEY = (
    select(_own.c.key)
    .where(_own.c.element_key == element_instance.c.key, _own.c.state == "ACTIVE")
    .order_by(_own.c.key)
    .limit(1)
    .correlate(element_instance)
    .scalar_subquery()
)

ELEMENTS = NounView(
    source=element_instance.join(
        process_instance, process_instance.c.key == element_instance.c.instance_key
    ),
    fields={
        **{column.name: column for column in element_instance.c},
        "tenant_id": process_instance.c.tenant_id,
        "unit_id": process_instance.c.unit_id,
        "business_id": process_instance.c.business_id,
        "incident_key": INCIDENT_KEY,
        "has_incident": INCIDENT_KEY.is_not(None),
    },
    key=element_instance.c.key,
    visible=lambda actor: visible_to(actor, process_instance),
    instance_scope=element_instance.c.instance_key,
    local_scope=element_instance.c.key,
)
