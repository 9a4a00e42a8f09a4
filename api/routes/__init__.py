"""Routes: at most ten lines each, from a checked body to a command or a search."""

from __future__ import annotations

from api.door import Door
from api.routes.counter import (
    accounts,
    calendars,
    dossier_steps,
    dossiers,
    events,
    feel,
    health,
    models,
    operating,
    tracking,
    webhooks,
)
from api.routes.v2 import (
    clock,
    cluster,
    decisions,
    deployments,
    element_instances,
    expressions,
    incidents,
    jobs,
    messages,
    process_definitions,
    process_instances,
    repair,
    user_tasks,
    users,
    variables,
)

DOORS: tuple[Door, ...] = (
    cluster.door,
    deployments.door,
    process_definitions.door,
    decisions.door,
    process_instances.door,
    repair.door,
    element_instances.door,
    user_tasks.door,
    variables.door,
    incidents.door,
    messages.door,
    jobs.door,
    users.door,
    clock.door,
    expressions.door,
    health.door,
    models.door,
    operating.door,
    feel.door,
    events.door,
    webhooks.door,
    accounts.door,
    calendars.door,
    dossiers.door,
    dossier_steps.door,
    tracking.door,
)
