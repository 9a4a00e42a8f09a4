"""Components of a dossier: what is asked for, what was brought, taken over or let off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from api.answers import answer, done
from api.calls import key_of, run, search
from api.conditions import wanted_revision
from api.door import Door
from api.schemas.nouns.document import (
    COMPONENT,
    Check,
    ComponentList,
    Components,
    Settlement,
    Standing,
)
from engine.commands.settle_component import CheckComponent, RequireComponents, SettleComponent
from engine.domain.documents import CHECKS, Component, unsettled
from engine.errors import NotFound
from engine.ports.views import Condition, Query

door = Door("Components", __name__, url_prefix="/api/documents/components")


def _dossier(text: str) -> int:
    return key_of(text, "dossierKey")


@door.operation("GET", "/<dossier_key>", answers={200: Components}, fails=(404,), reads="component")
def list_components(dossier_key: str) -> Response:
    """The list of a dossier, and what of it is still missing."""
    where = (Condition(field="root_key", op="eq", value=_dossier(dossier_key)),)
    rows = search("component", Query(where=where, limit=500)).items
    if not rows:
        raise NotFound("There are no components of such a dossier.")
    missing = unsettled(_component(row) for row in rows)
    items = [COMPONENT.present(row) for row in rows]
    return answer({"items": items, "missing": list(missing)})


@door.operation(
    "POST",
    "/<dossier_key>",
    body=ComponentList,
    answers={204: None},
    fails=(404,),
    sends=RequireComponents,
)
def require_components(dossier_key: str, body: Mapping[str, Any]) -> Response:
    """Ask for papers; those the dossier has already stay as they are."""
    run(RequireComponents(dossier_key=_dossier(dossier_key), components=body["components"]))
    return done()


@door.operation(
    "PUT",
    "/<dossier_key>/<component>/settlement",
    body=Settlement,
    answers={200: Standing},
    fails=(404, 409),
    sends=SettleComponent,
    if_match=True,
)
def settle_component(dossier_key: str, component: str, body: Mapping[str, Any]) -> Response:
    """Say which document serves for a component, or that it need not be brought."""
    document, item = body.get("documentKey"), body.get("registerItem")
    command = SettleComponent(
        dossier_key=_dossier(dossier_key),
        component=component,
        document_key=None if document is None else key_of(document, "documentKey"),
        register_item=None if item is None else key_of(item, "registerItem"),
        holder=body.get("holder"),
        exempt=body.get("exempt", False),
        reason=body.get("reason"),
        revision=wanted_revision(request),
    )
    return answer({"missing": run(command).result["missing"]})


@door.operation(
    "PUT",
    "/<dossier_key>/<component>/check",
    body=Check,
    answers={200: Standing},
    fails=(404, 409),
    sends=CheckComponent,
    if_match=True,
)
def check_component(dossier_key: str, component: str, body: Mapping[str, Any]) -> Response:
    """Keep what somebody saw when looking at a copy; all checks must hold."""
    command = CheckComponent(
        dossier_key=_dossier(dossier_key),
        component=component,
        checks={name: body[name] for name in CHECKS},
        note=body.get("note"),
        revision=wanted_revision(request),
    )
    return answer({"missing": run(command).result["missing"]})


def _component(row: Mapping[str, Any]) -> Component:
    return Component(
        root_key=row["root_key"],
        id=row["id"],
        mandatory=row["mandatory"],
        status=row["status"],
        quality=row["quality"],
    )
