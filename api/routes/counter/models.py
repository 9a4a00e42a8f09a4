"""Check a model without deploying it."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from marshmallow import fields

from api.answers import answer
from api.calls import engine
from api.door import Door
from api.schemas.fields import Document, Flag, Items, Text, Whole
from api.schemas.search import answer as answer_schema
from api.starting import tenant_of
from api.uploads import MULTIPART, uploaded_files
from engine.ports.runtime import Finding

door = Door("Models", __name__, url_prefix="/api")

FindingAnswer = answer_schema(
    "Finding",
    {
        "resource": Text(required=True),
        "rule": Text(required=True),
        "severity": Text(values=("error", "warning"), required=True),
        "elementId": Text(required=True),
        "line": Whole(required=True),
        "message": Document(required=True, doc="By language: vi, en."),
        "hint": Document(required=True),
    },
)
Findings = answer_schema(
    "Findings",
    {
        "deployable": Flag(required=True),
        "findings": Items(fields.Nested(FindingAnswer), required=True),
    },
)


@door.operation("POST", "/lint", multipart=MULTIPART, answers={200: Findings})
def lint_models() -> Response:
    """All findings about BPMN files, in document order; nothing is deployed."""
    # The part means nothing here, but a wrong one would be refused when the file is deployed.
    tenant_of(request.form)
    found = [
        _show(finding, name)
        for name, content in uploaded_files(request)
        for finding in engine().check(content, name)
    ]
    deployable = all(finding["severity"] != "error" for finding in found)
    return answer({"deployable": deployable, "findings": found})


def _show(finding: Finding, name: str) -> dict[str, Any]:
    return {
        "resource": finding.resource or name,
        "rule": finding.rule,
        "severity": finding.severity,
        "elementId": finding.element_id,
        "line": finding.line,
        "message": dict(finding.message),
        "hint": dict(finding.hint),
    }
