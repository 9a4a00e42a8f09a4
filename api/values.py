"""Values on the wire: variables that are cut when they are long, and forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Request

from api.schemas.nouns.variable import VARIABLE
from engine.errors import Fault, InvalidInput

MAX_SHOWN = 8191
TRUNCATE = {"truncateValues": {"type": "boolean", "description": "Cut long values (true)."}}


def truncated(request: Request) -> bool:
    """False when the caller asks for whole values."""
    asked = request.args.get("truncateValues", "true")
    if asked not in {"true", "false"}:
        fault = Fault(pointer="truncateValues", code="type", sentence="Send true or false.")
        raise InvalidInput("A query parameter is not acceptable.", [fault])
    return asked == "true"


def show_variable(row: Mapping[str, Any], *, cut: bool) -> dict[str, Any]:
    """A variable of a search."""
    shown = VARIABLE.present(row)
    too_long = cut and len(shown["value"]) > MAX_SHOWN
    if too_long:
        shown["value"] = shown["value"][:MAX_SHOWN]
    return shown | {"isTruncated": too_long}


def show_form(form: Mapping[str, Any]) -> dict[str, Any]:
    """A deployed form."""
    return {
        "formKey": str(form["key"]),
        "formId": form["form_id"],
        "version": form["version"],
        "schema": form["schema"],
        "tenantId": form["tenant_id"],
    }
