"""User tasks as they are searched: with their instance's and definition's names."""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select

from engine.store.tables import (
    dossier,
    form_definition,
    person,
    process_definition,
    process_instance,
    task_candidate,
    user_task,
)
from engine.store.views.grammar import NounView, Related
from engine.store.visibility import visible_to

_form = form_definition.alias("meant_form")
# The form a binding means today; a task keeps id and binding, not the key.
FORM_KEY = (
    select(_form.c.key)
    .where(
        _form.c.tenant_id == user_task.c.tenant_id,
        _form.c.form_id == user_task.c.form_id,
        or_(
            user_task.c.form_binding == "latest",
            and_(
                user_task.c.form_binding == "deployment",
                _form.c.deployment_key == process_definition.c.deployment_key,
            ),
            and_(
                user_task.c.form_binding == "versionTag",
                _form.c.version_tag == user_task.c.form_version_tag,
            ),
        ),
    )
    .order_by(_form.c.version.desc())
    .limit(1)
    .correlate(user_task, process_definition)
    .scalar_subquery()
)

# A called process has no business id of its own; the dossier is the root's.
DOSSIER_CODE = (
    select(dossier.c.code)
    .where(dossier.c.key == user_task.c.root_key)
    .correlate(user_task)
    .scalar_subquery()
)

# Asked for by the desk only: sorted and searched by, never part of a row.
DEADLINE = func.coalesce(
    user_task.c.due_at,
    select(dossier.c.committed_due_at)
    .where(dossier.c.key == user_task.c.root_key)
    .correlate(user_task)
    .scalar_subquery(),
)
APPLICANT = (
    select(person.c.folded_name)
    .join(dossier, dossier.c.applicant_key == person.c.key)
    .where(dossier.c.key == user_task.c.root_key)
    .correlate(user_task)
    .scalar_subquery()
)


def _candidate(kind: str) -> Related:
    table = task_candidate.alias(f"candidate_{kind}")
    return Related(
        table=table,
        link=and_(table.c.task_key == user_task.c.key, table.c.kind == kind),
        fields={f"candidate_{kind}": table.c.group_id},
    )


VIEW = NounView(
    source=user_task.join(
        process_instance, process_instance.c.key == user_task.c.instance_key
    ).join(process_definition, process_definition.c.key == user_task.c.definition_key),
    fields={
        **{column.name: column for column in user_task.c},
        "process_name": process_definition.c.name,
        "process_version": process_definition.c.version,
        "version_tag": process_definition.c.version_tag,
        "deployment_key": process_definition.c.deployment_key,
        "business_id": process_instance.c.business_id,
        "tags": process_instance.c.tags,
        "form_key": FORM_KEY,
        "dossier_code": DOSSIER_CODE,
    },
    key=user_task.c.key,
    filters={"deadline": DEADLINE, "applicant": APPLICANT},
    visible=lambda actor: visible_to(actor, user_task),
    related=(_candidate("group"), _candidate("user")),
    instance_scope=user_task.c.instance_key,
    local_scope=user_task.c.element_key,
)
