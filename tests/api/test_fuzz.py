"""Schemathesis on the served documents: whatever is sent, the answer is one of the contract."""

from __future__ import annotations

import base64
import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import hypothesis
import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from api import create_app
from api.openapi import TITLES
from engine.bootstrap import build_engine
from engine.settings import Settings
from tests.api.conftest import MODELS, PASSWORD, populate

EXAMPLES = 4


def no_bug(_context: Any, response: Any, _case: Any) -> None:
    """500 is in every contract and must never come; 501 and 503 say what they mean."""
    assert response.status_code != 500, response.text


CHECKS = [
    no_bug,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
PAIR = base64.b64encode(f"admin:{PASSWORD}".encode()).decode()
AUTH = {"Authorization": f"Basic {PAIR}"}


@pytest.fixture(scope="module")
def app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a real database with something in it."""
    load_all_checks()
    blobs = tmp_path_factory.mktemp("blobs")
    engine = build_engine(Settings(database_url=database_url, test=True, blobs_dir=blobs))
    populate(engine)
    made = create_app(engine)
    client = made.test_client()
    names = ("review.bpmn", "stamp.bpmn", "wait.bpmn", "choose.bpmn", "fees.dmn", "charge.bpmn")
    files = {"resources": [(BytesIO((MODELS / name).read_bytes()), name) for name in names]}
    assert client.post("/v2/deployments", data=files, headers=AUTH).status_code == 200
    for process_id in ("review", "stamp", "choose", "charge"):
        body = {"processDefinitionId": process_id, "variables": {"applicant": "Đào"}}
        answer = client.post("/v2/process-instances", json=body, headers=AUTH)
        assert answer.status_code == 200, answer.text
    yield made
    engine.close()


def _operations(app: Flask) -> Iterator[Any]:
    for door in TITLES:
        schema = schemathesis.openapi.from_wsgi(f"/{door}/openapi.json", app)
        for result in schema.get_all_operations():
            yield result.ok()


def _known_keys(app: Flask) -> dict[str, list[str]]:
    client = app.test_client()
    found: dict[str, list[str]] = {}
    for path, member, part in (
        ("user-tasks", "userTaskKey", "taskKey"),
        ("process-instances", "processInstanceKey", "instanceKey"),
        ("jobs", "jobKey", "jobKey"),
        ("incidents", "incidentKey", "incidentKey"),
        ("variables", "variableKey", "variableKey"),
        ("process-definitions", "processDefinitionKey", "definitionKey"),
        ("element-instances", "elementInstanceKey", "elementKey"),
        ("decision-definitions", "decisionDefinitionKey", "decisionKey"),
        ("decision-requirements", "decisionRequirementsKey", "requirementsKey"),
        ("decision-instances", "decisionEvaluationInstanceKey", "decisionInstance"),
    ):
        rows = client.post(f"/v2/{path}/search", headers=AUTH).get_json()["items"]
        found[part] = [row[member] for row in rows]
    return found


def _tame(case: Any) -> None:
    """No example may wait, move the clock far, or lock our own account out."""
    if isinstance(case.body, dict):
        if "requestTimeout" in case.body:
            case.body["requestTimeout"] = 1
        case.body.pop("disabled", None)
    if isinstance(case.path_parameters, dict) and case.path_parameters.get("username") == "admin":
        case.path_parameters["username"] = "lan"


def _fuzz(operation: Any, mode: GenerationMode, seed: int, parts: dict[str, Any] | None) -> None:
    strategy = operation.as_strategy(generation_mode=mode, path_parameters=parts)
    checks = [*CHECKS] if mode.is_positive else [*CHECKS, negative_data_rejection]

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=strategy)
    def check(case: Any) -> None:
        _tame(case)
        answer = case.call(headers=AUTH)
        case.validate_response(answer, checks=checks)

    check()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_operation_keeps_its_contract(app: Flask, mode: GenerationMode, seed: int) -> None:
    """Random keys, and where there are some, keys of things that exist."""
    logging.getLogger("motcua").setLevel(logging.ERROR)
    keys = _known_keys(app)
    failed: list[str] = []
    for operation in _operations(app):
        parts = {
            name: keys[name][0] for name in keys if f"{{{name}}}" in operation.path and keys[name]
        }
        try:
            _fuzz(operation, mode, seed, parts or None)
        except Unsatisfiable:
            continue  # nothing about this call can be wrong
        except (FailureGroup, Exception) as error:  # a group of failures is no Exception
            failed.append(f"{operation.label}: {error}")

    assert not failed, "\n\n".join(failed)
