"""Decisions by the unmodified Python SDK: deploy, find, evaluate, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from camunda_orchestration_sdk import CamundaClient
from camunda_orchestration_sdk import models as m
from camunda_orchestration_sdk.errors import BadRequestError, NotFoundError

from tests.api.conftest import MODELS, Server
from tests.api.test_sdk_tasks import sdk

FILES: list[str | Path] = [str(MODELS / name) for name in ("fees.dmn", "charge.bpmn")]
VARIABLES = {"pages": 4, "hộ nghèo": False}


@pytest.fixture
def client(server: Server) -> Iterator[CamundaClient]:
    with sdk(server) as made:
        yield made


def _by_id(client: CamundaClient, decision_id: str, **variables: object) -> Any:
    body = {"decisionDefinitionId": decision_id, "variables": variables}
    return client.evaluate_decision(data=m.DecisionEvaluationByID.from_dict(body))


def _deployed(client: CamundaClient) -> dict[str, Any]:
    found = client.deploy_resources_from_files(FILES)
    return {str(one.decision_definition_id): one for one in found.decisions}


def _instances(client: CamundaClient, **wanted: object) -> list[Any]:
    query = m.DecisionInstanceSearchQuery.from_dict({"filter": wanted})
    return list(client.search_decision_instances(data=query).items)


def test_a_deployment_tells_its_decisions(client: CamundaClient) -> None:
    found = client.deploy_resources_from_files(FILES)

    assert [str(one.decision_definition_id) for one in found.decisions] == ["base_fee", "total_fee"]
    (file,) = found.decision_requirements
    assert (file.decision_requirements_id, file.decision_requirements_name) == ("fees", "Lệ phí")
    assert (file.version, file.resource_name) == (1, "fees.dmn")
    keys = {one.decision_requirements_key for one in found.decisions}
    assert keys == {file.decision_requirements_key}


def test_definitions_are_found_and_read(client: CamundaClient) -> None:
    key = _deployed(client)["total_fee"].decision_definition_key
    query = {"filter": {"decisionDefinitionId": "total_fee", "isLatestVersion": True}}

    (row,) = client.search_decision_definitions(
        data=m.DecisionDefinitionSearchQuery.from_dict(query)
    ).items

    assert row.decision_definition_key == key
    assert (row.name, row.version, row.decision_requirements_name) == ("Tổng phí", 1, "Lệ phí")
    assert client.get_decision_definition(decision_definition_key=key) == row
    source = (MODELS / "fees.dmn").read_text(encoding="utf-8")
    assert client.get_decision_definition_xml(decision_definition_key=key) == source


def test_requirements_are_found_and_read(client: CamundaClient) -> None:
    key = _deployed(client)["total_fee"].decision_requirements_key
    query = {
        "filter": {"decisionRequirementsKey": key},
        "sort": [{"field": "version", "order": "DESC"}],
    }

    (row,) = client.search_decision_requirements(
        data=m.DecisionRequirementsSearchQuery.from_dict(query)
    ).items

    assert row.resource_name == "fees.dmn"
    assert client.get_decision_requirements(decision_requirements_key=key) == row
    source = (MODELS / "fees.dmn").read_text(encoding="utf-8")
    assert client.get_decision_requirements_xml(decision_requirements_key=key) == source


def test_evaluated_with_each_decision_on_the_way(client: CamundaClient) -> None:
    deployed = _deployed(client)

    found = _by_id(client, "total_fee", **VARIABLES)

    assert found.output == "6600.00"
    assert found.failure_message is None
    base, total = found.evaluated_decisions
    assert base.decision_definition_key == deployed["base_fee"].decision_definition_key
    assert base.decision_definition_type == "DECISION_TABLE"
    (given,) = base.evaluated_inputs
    assert (given.input_id, given.input_name, given.input_value) == ("in_pages", "Số trang", "4")
    (rule,) = base.matched_rules
    assert (rule.rule_id, rule.rule_index) == ("high", 2)
    (output,) = rule.evaluated_outputs
    assert (output.output_name, output.output_value, output.rule_index) == ("fee", "6000", 2)
    assert total.decision_definition_type == "LITERAL_EXPRESSION"
    assert (total.output, total.matched_rules) == ("6600.00", [])
    assert total.decision_evaluation_instance_key == f"{found.decision_evaluation_key}-2"


def test_evaluated_by_key(client: CamundaClient) -> None:
    key = _deployed(client)["base_fee"].decision_definition_key
    body = {"decisionDefinitionKey": key, "variables": {"pages": 1}}

    found = client.evaluate_decision(data=m.DecisionEvaluationByKey.from_dict(body))

    assert (found.output, found.decision_definition_key) == ("2000", key)


def test_an_evaluation_is_kept(client: CamundaClient) -> None:
    deployed = _deployed(client)
    made = _by_id(client, "total_fee", **VARIABLES)

    rows = _instances(client, decisionEvaluationKey=made.decision_evaluation_key)

    assert [str(row.decision_definition_id) for row in rows] == ["base_fee", "total_fee"]
    assert [row.result for row in rows] == ["6000", "6600.00"]
    root = deployed["total_fee"].decision_definition_key
    assert {row.root_decision_definition_key for row in rows} == {root}
    assert rows[0].decision_definition_key == deployed["base_fee"].decision_definition_key
    assert rows[0].process_instance_key is rows[0].root_process_instance_key is None
    name = rows[0].decision_evaluation_instance_key
    assert _instances(client, decisionEvaluationInstanceKey=name) == rows[:1]
    whole = client.get_decision_instance(decision_evaluation_instance_key=name)
    assert whole.state.value == "EVALUATED"
    assert [given.input_value for given in whole.evaluated_inputs] == ["4"]
    assert [rule.rule_id for rule in whole.matched_rules] == ["high"]


def test_a_process_decides(client: CamundaClient) -> None:
    _deployed(client)
    body = {"processDefinitionId": "charge", "variables": VARIABLES, "businessId": "Hồ sơ 7"}
    key = client.create_process_instance(
        data=m.ProcessCreationById.from_dict(body)
    ).process_instance_key

    rows = _instances(client, processInstanceKey=key, decisionDefinitionType="LITERAL_EXPRESSION")

    (row,) = rows
    assert (row.result, row.business_id) == ("6600.00", "Hồ sơ 7")
    assert row.root_process_instance_key == key
    assert row.element_instance_key is not None


def test_a_decision_that_costs_too_much_fails_and_says_so(
    client: CamundaClient, server: Server
) -> None:
    model = (MODELS / "fees.dmn").read_bytes()
    costly = b"for a in 1..1000, b in 1..1000, c in 1..1000 return a"
    model = model.replace("if hộ nghèo then 0 else Phí gốc * 1.10".encode(), costly)
    model = model.replace(b'"total_fee"', b'"endless"').replace(b'"base_fee"', b'"b2"')
    model = model.replace(b"#base_fee", b"#b2").replace(b'id="fees"', b'id="endless_file"')
    with server.client("admin") as admin:
        files = {"resources": ("endless.dmn", model, "text/xml")}
        assert admin.post("/v2/deployments", files=files).is_success

    found = _by_id(client, "endless", **VARIABLES)

    assert found.failed_decision_definition_id == "endless"
    assert found.failure_message
    (row,) = _instances(client, decisionEvaluationKey=found.decision_evaluation_key)
    assert row.state.value == "FAILED"
    assert row.evaluation_failure == found.failure_message


def test_what_is_not_there(client: CamundaClient) -> None:
    with pytest.raises(NotFoundError):
        _by_id(client, "nobody")
    with pytest.raises(NotFoundError):
        client.get_decision_definition(decision_definition_key="9")  # type: ignore[arg-type] # text
    with pytest.raises(NotFoundError):
        client.get_decision_requirements_xml(decision_requirements_key="9")  # type: ignore[arg-type] # text
    with pytest.raises(NotFoundError):
        client.get_decision_instance(decision_evaluation_instance_key="9-1")  # type: ignore[arg-type] # text
    with pytest.raises(BadRequestError):
        client.get_decision_instance(decision_evaluation_instance_key="9")  # type: ignore[arg-type] # text
