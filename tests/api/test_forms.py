"""Forms through the unmodified SDK, and what a form says of wrong answers over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from camunda_orchestration_sdk import CamundaClient

from tests.api.conftest import Server, deploy, open_task, start
from tests.api.test_sdk_tasks import sdk

FORM_TASK = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
  <process id="intake" isExecutable="true"><startEvent id="start"/>
    <sequenceFlow id="in" sourceRef="start" targetRef="fill"/>
    <userTask id="fill" name="Tiep nhan"><extensionElements><zeebe:userTask/>
      <zeebe:formDefinition formId="check"/></extensionElements></userTask>
    <sequenceFlow id="out" sourceRef="fill" targetRef="end"/><endEvent id="end"/>
  </process></definitions>"""


@pytest.fixture
def client(server: Server) -> Iterator[CamundaClient]:
    with sdk(server) as made:
        yield made


def test_a_form_is_read_and_checked_on_completion(
    client: CamundaClient, admin: httpx.Client
) -> None:
    """Each wrong field is named; the right answers complete the task."""
    deploy(admin, "check.form")
    admin.post("/v2/deployments", files={"resources": ("intake.bpmn", FORM_TASK, "text/xml")})
    key = open_task(admin, start(admin, "intake"))["userTaskKey"]
    form = client.get_user_task_form(key)
    assert form.form_id == "check"
    assert client.get_form_by_key(form.form_key).schema == form.schema

    path = f"/v2/user-tasks/{key}/completion"
    wrong = admin.post(path, json={"variables": {"copies": 99}})
    unknown = admin.post(path, json={"variables": {"applicant": "Đào", "copies": 1, "x": 1}})
    right = admin.post(path, json={"variables": {"applicant": "Đào", "copies": 1}})

    assert wrong.status_code == 400, wrong.text
    pointers = " ".join(error["pointer"] for error in wrong.json()["errors"])
    assert "applicant" in pointers
    assert "copies" in pointers
    assert unknown.status_code == 400, unknown.text
    assert right.status_code == 204, right.text
