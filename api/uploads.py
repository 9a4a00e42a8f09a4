"""Files of a deployment: read from a multipart body, and shown as what they became."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from flask import Request

from api.decisions import show_warning
from engine.errors import Fault, InvalidInput

PART = "resources"
MAX_FILES = 200
MAX_NAME = 255
MAX_TENANT = 31
MULTIPART: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        PART: {"type": "array", "items": {"type": "string", "format": "binary"}, "minItems": 1},
        "tenantId": {"type": "string", "minLength": 1, "maxLength": MAX_TENANT},
    },
    "required": [PART],
    "additionalProperties": False,
}
_NO_DEPLOYED: Mapping[str, None] = {
    "processDefinition": None,
    "form": None,
    "decisionDefinition": None,
    "decisionRequirements": None,
    "resource": None,
}


def uploaded_files(request: Request) -> tuple[tuple[str, bytes], ...]:
    """(name, content) of each file; unknown parts and names twice are refused."""
    faults = [
        Fault(pointer=f"/{name[:100]}", code="unknown-key", sentence="This part is not known.")
        for name in {name or "" for name in (*request.form, *request.files)} - {PART, "tenantId"}
    ]
    if any(not 1 <= len(tenant) <= MAX_TENANT for tenant in request.form.getlist("tenantId")):
        sentence = f"1 to {MAX_TENANT} characters."
        faults.append(Fault(pointer="/tenantId", code="value", sentence=sentence))
    uploads = request.files.getlist(PART)
    files = tuple((_name(upload.filename), upload.read()) for upload in uploads)
    if not files:
        faults.append(Fault(pointer=f"/{PART}", code="missing", sentence="Send a file at least."))
    if len(files) > MAX_FILES:
        faults.append(
            Fault(pointer=f"/{PART}", code="value", sentence=f"At most {MAX_FILES} files.")
        )
    names = [name for name, _ in files]
    for name in {name for name in names if names.count(name) > 1}:
        sentence = "Two files have this name."
        faults.append(Fault(pointer=f"/{PART}/{name}", code="name-twice", sentence=sentence))
    if faults:
        raise InvalidInput("The deployment cannot be read.", faults)
    return files


def _name(filename: str | None) -> str:
    # Only the last part counts: a client's folders mean nothing here.
    name = PurePosixPath(unicodedata.normalize("NFC", filename or "").replace("\\", "/")).name
    if not name or len(name) > MAX_NAME or not name.isprintable():
        sentence = f"A file needs a printable name of at most {MAX_NAME} characters."
        fault = Fault(pointer=f"/{PART}", code="file-name", sentence=sentence)
        raise InvalidInput("The deployment cannot be read.", [fault])
    return name


def show_deployment(result: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of a deployment."""
    return {
        "deploymentKey": str(result["deployment_key"]),
        "tenantId": result["tenant_id"],
        "deployments": [_deployed(item) for item in result["deployments"]],
        "warnings": [show_warning(found) for found in result.get("warnings", ())],
    }


def _deployed(item: Mapping[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = dict(_NO_DEPLOYED)
    if found := item.get("process"):
        shown["processDefinition"] = {
            "processDefinitionKey": str(found["key"]),
            "processDefinitionId": found["process_id"],
            "processDefinitionVersion": found["version"],
        } | _common(found)
    if found := item.get("form"):
        shown["form"] = {
            "formKey": str(found["key"]),
            "formId": found["form_id"],
            "version": found["version"],
        } | _common(found)
    if found := item.get("decision"):
        shown["decisionDefinition"] = {
            "decisionDefinitionKey": str(found["key"]),
            "decisionDefinitionId": found["decision_id"],
            "version": found["version"],
            "name": found.get("name") or found["decision_id"],
            "tenantId": found["tenant_id"],
            "decisionRequirementsId": found["requirements_id"],
            "decisionRequirementsKey": str(found["requirements_key"]),
        }
    if found := item.get("requirements"):
        shown["decisionRequirements"] = {
            "decisionRequirementsKey": str(found["key"]),
            "decisionRequirementsId": found["requirements_id"],
            "decisionRequirementsName": found.get("name") or found["requirements_id"],
            "version": found["version"],
        } | _common(found)
    return shown


def _common(found: Mapping[str, Any]) -> dict[str, Any]:
    return {"resourceName": found["resource_name"], "tenantId": found["tenant_id"]}
