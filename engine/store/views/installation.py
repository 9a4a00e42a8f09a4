"""Definitions, deployments, accounts and the chain of events."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false

from engine.domain.actors import Actor
from engine.store.tables import account, deployment, erasure, event, process_definition, root
from engine.store.views.grammar import NounView
from engine.store.visibility import below, of_tenant, visible_to


def _accounts_of(actor: Actor) -> ColumnElement[bool]:
    if not actor.has("admin", "system"):
        return false()
    return and_(of_tenant(actor, account), below(actor, account))


DEPLOYMENTS = NounView(
    source=deployment,
    fields={column.name: column for column in deployment.c},
    key=deployment.c.key,
    visible=lambda actor: of_tenant(actor, deployment),
)

DEFINITIONS = NounView(
    source=process_definition,
    fields={
        **{column.name: column for column in process_definition.c},
        "has_start_form": process_definition.c.start_form_id.is_not(None),
    },
    key=process_definition.c.key,
    visible=lambda actor: of_tenant(actor, process_definition),
)

ACCOUNTS = NounView(
    source=account,
    fields={column.name: column for column in account.c if column.name != "password_hash"},
    key=account.c.key,
    visible=_accounts_of,
)

EVENTS = NounView(
    source=event.join(root, root.c.key == event.c.root_key),
    fields={
        **{column.name: column for column in event.c},
        "kind": root.c.kind,
    },
    # An event is known by root and number; it has no key of its own.
    key=event.c.root_key,
    visible=lambda actor: visible_to(actor, root),
    sort=("root_key", "seq"),
)


def _erasures_of(actor: Actor) -> ColumnElement[bool]:
    return of_tenant(actor, erasure) if actor.has("admin", "system") else false()


# Without the root: the list outlives what it is about.
ERASURES = NounView(
    source=erasure,
    fields={"key": erasure.c.root_key, "by": erasure.c.by, "at": erasure.c.at},
    key=erasure.c.root_key,
    visible=_erasures_of,
)
