"""Bad input over HTTP: each mistake gets its status, a stable code and a place, never a 500."""

from __future__ import annotations

import json
import threading
import unicodedata
from typing import Any

import httpx
import pytest

from tests.api.conftest import BODY_LIMIT, MODELS, Server, deploy, open_task, start

HEAD = (
    '<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">'
)
PROCESS = '<process id="{}" isExecutable="true"><startEvent id="start"/>{}</process></definitions>'
BOMB = '<!DOCTYPE d [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE d [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'


def _model(content: str, name: str = "broken") -> bytes:
    return (HEAD + PROCESS.format(name, content)).encode()


def _flow(name: str, source: str, target: str) -> str:
    return f'<sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}"/>'


BAD_MODELS: dict[str, tuple[bytes, str]] = {
    "not XML": (b"this is no XML", ""),
    "empty": (b"", ""),
    "XML bomb": (HEAD.replace("?>", "?>" + BOMB, 1).encode() + b"&b;</definitions>", ""),
    "external entity": (
        HEAD.replace("?>", "?>" + OUTSIDE, 1).encode() + b"&secret;</definitions>",
        "",
    ),
    "unknown element": (_model('<teleportTask id="jump"/>' + _flow("f", "start", "jump")), "jump"),
    "unsupported extension": (
        _model(
            '<manualTask id="odd"><extensionElements><zeebe:linkedResources>'
            '<zeebe:linkedResource resourceId="spy" resourceType="RPA"/></zeebe:linkedResources>'
            "</extensionElements></manualTask>" + _flow("f", "start", "odd")
        ),
        "odd",
    ),
    "flow to nowhere": (_model(_flow("lost", "start", "nowhere")), "lost"),
    "duplicate id": (_model('<endEvent id="start"/>'), "start"),
    "condition that does not parse": (
        _model(
            '<exclusiveGateway id="g"/><endEvent id="e"/>'
            + _flow("f", "start", "g")
            + '<sequenceFlow id="bad" sourceRef="g" targetRef="e">'
            "<conditionExpression>=fee &gt; (</conditionExpression></sequenceFlow>"
        ),
        "bad",
    ),
}


def _upload(client: httpx.Client, content: bytes, name: str = "broken.bpmn") -> httpx.Response:
    return client.post("/v2/deployments", files={"resources": (name, content, "text/xml")})


def _problem(answer: httpx.Response, status: int, code: str | None = None) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    found: dict[str, Any] = answer.json()
    assert found["status"] == status
    assert found["instance"] == answer.request.url.path
    if code is not None:
        assert found["code"] == code
    return found


@pytest.mark.parametrize("kind", BAD_MODELS)
def test_bad_models(admin: httpx.Client, kind: str) -> None:
    """Nothing is deployed; the finding names the element as it is written."""
    content, element = BAD_MODELS[kind]

    found = _problem(_upload(admin, content), 400)

    assert "root:" not in json.dumps(found)
    if element:
        assert element in {error.get("elementId") for error in found["errors"]}
        assert all(error["sentence"] for error in found["errors"])
    search = {"filter": {"processDefinitionId": "broken"}}
    assert not admin.post("/v2/process-definitions/search", json=search).json()["items"]


def test_a_model_and_a_note_are_refused_together(admin: httpx.Client) -> None:
    files = [
        ("resources", ("review.bpmn", (MODELS / "review.bpmn").read_bytes(), "text/xml")),
        ("resources", ("notes.exe", b"MZ", "application/octet-stream")),
    ]

    _problem(admin.post("/v2/deployments", files=files), 400)


def test_findings_speak_vietnamese_when_asked(admin: httpx.Client) -> None:
    files = {"resources": ("broken.bpmn", BAD_MODELS["flow to nowhere"][0], "text/xml")}

    answer = admin.post("/v2/deployments", files=files, headers={"Accept-Language": "vi"})

    sentences = "".join(error["sentence"] for error in answer.json()["errors"])
    assert not sentences.isascii()


def test_a_missing_form(admin: httpx.Client) -> None:
    """The form is asked for when the task is opened: 404 with a code of its own."""
    task = (
        '<userTask id="fill"><extensionElements><zeebe:userTask/>'
        '<zeebe:formDefinition formId="nowhere"/></extensionElements></userTask>'
    )
    assert _upload(admin, _model(task + _flow("f", "start", "fill"), "formless")).is_success
    key = open_task(admin, start(admin, "formless"))["userTaskKey"]

    _problem(admin.get(f"/v2/user-tasks/{key}/form"), 404, "form-missing")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"processDefinitionId": 7}, "/processDefinitionId"),
        ({"processDefinitionId": "review", "variables": [1]}, "/variables"),
        ({"processDefinitionId": "review", "variables": "x"}, "/variables"),
        ({"processDefinitionId": "review", "tags": ["1 bad tag"]}, "/tags/0"),
        ({"processDefinitionId": "review", "awaitCompletion": "yes"}, "/awaitCompletion"),
        ({"processDefinitionKey": "12x"}, "/processDefinitionKey"),
        ({"processDefinitionId": "review", "varaibles": {}}, "/varaibles"),
        ({"processDefinitionId": "review", "tenantId": "elsewhere"}, "/tenantId"),
        ({}, ""),
        ([], ""),
    ],
)
def test_start_with_wrong_types(admin: httpx.Client, body: Any, pointer: str) -> None:
    deploy(admin, "review.bpmn")

    found = _problem(admin.post("/v2/process-instances", json=body), 400)

    assert pointer in {error["pointer"] for error in found["errors"]}


def test_an_unknown_process(admin: httpx.Client) -> None:
    _problem(admin.post("/v2/process-instances", json={"processDefinitionId": "nobody"}), 404)


def test_complete_twice_after_cancel_and_with_a_stale_tag(admin: httpx.Client) -> None:
    deploy(admin, "review.bpmn")
    instance = start(admin, "review")
    key = open_task(admin, instance)["userTaskKey"]
    path = f"/v2/user-tasks/{key}"
    tag = admin.get(path).headers["ETag"]
    assert admin.post(f"{path}/assignment", json={"assignee": "lan"}).status_code == 204

    stale = admin.post(f"{path}/completion", headers={"If-Match": tag})
    _problem(stale, 412, "precondition-failed")
    _problem(admin.post(f"{path}/completion", headers={"If-Match": '"no-number"'}), 412)
    fresh = admin.get(path).headers["ETag"]
    several = f"{tag}, {fresh}"
    assert admin.post(f"{path}/completion", headers={"If-Match": several}).status_code == 204
    _problem(admin.post(f"{path}/completion"), 409, "task-not-open")

    other = start(admin, "review")
    task = open_task(admin, other)["userTaskKey"]
    assert admin.post(f"/v2/process-instances/{other}/cancellation").status_code == 204
    _problem(admin.post(f"/v2/user-tasks/{task}/completion"), 409, "task-not-open")


def test_somebody_elses_task(
    server: Server, admin: httpx.Client, lan: httpx.Client, stranger: httpx.Client
) -> None:
    """Held by Minh: Lan may not take or complete it; a stranger does not see it."""
    deploy(admin, "review.bpmn")
    key = open_task(admin, start(admin, "review"))["userTaskKey"]
    path = f"/v2/user-tasks/{key}"
    with server.client("minh") as minh:
        assert minh.post(f"{path}/assignment", json={"assignee": "minh"}).status_code == 204

    _problem(lan.post(f"{path}/completion"), 403, "task-held-by-other")
    _problem(lan.post(f"{path}/assignment", json={"assignee": "lan"}), 409, "task-held-by-other")
    _problem(stranger.post(f"{path}/completion"), 404)
    _problem(stranger.get(path), 404)
    _problem(stranger.post(f"{path}/assignment", json={"assignee": "stranger"}), 404)


def test_two_clerks_claim_at_once(server: Server, admin: httpx.Client) -> None:
    """Exactly one gets the task, the other a conflict."""
    deploy(admin, "review.bpmn")
    for _ in range(5):
        key = open_task(admin, start(admin, "review"))["userTaskKey"]
        answers = _at_once(server, f"/v2/user-tasks/{key}/assignment", ("lan", "minh"))

        assert sorted(answer.status_code for answer in answers.values()) == [204, 409]
        winner = next(name for name, answer in answers.items() if answer.status_code == 204)
        assert admin.get(f"/v2/user-tasks/{key}").json()["assignee"] == winner


def _at_once(server: Server, path: str, names: tuple[str, ...]) -> dict[str, httpx.Response]:
    gate = threading.Barrier(len(names))
    answers: dict[str, httpx.Response] = {}

    def claim(name: str) -> None:
        with server.client(name) as client:
            client.get("/v2/topology")
            gate.wait(timeout=10)
            body = {"assignee": name, "allowOverride": False}
            answers[name] = client.post(path, json=body)

    threads = [threading.Thread(target=claim, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return answers


def test_a_body_over_the_limit(admin: httpx.Client) -> None:
    body = {"processDefinitionId": "review", "variables": {"text": "x" * BODY_LIMIT}}

    _problem(admin.post("/v2/process-instances", json=body), 413, "too-large")
    _problem(_upload(admin, b"x" * (BODY_LIMIT + 1)), 413, "too-large")


def test_a_chunked_body_over_the_limit(admin: httpx.Client) -> None:
    def chunks() -> Any:
        for _ in range(8):
            yield b"x" * (BODY_LIMIT // 4)

    headers = {"Content-Type": "application/json"}
    answer = admin.post("/v2/process-instances", content=chunks(), headers=headers)

    assert answer.status_code in {400, 413}, answer.text


@pytest.mark.parametrize(
    ("content_type", "content"),
    [
        ("text/plain", b"{}"),
        ("application/x-www-form-urlencoded", b"processDefinitionId=review"),
        ("application/json; charset=utf-16", '{"a": 1}'.encode("utf-16")),
        ("", b"{}"),
    ],
)
def test_a_wrong_content_type(admin: httpx.Client, content_type: str, content: bytes) -> None:
    headers = {"Content-Type": content_type}

    answer = admin.post("/v2/process-instances", content=content, headers=headers)

    _problem(answer, 415, "wrong-content-type")
    _problem(admin.post("/v2/deployments", json={}), 415, "wrong-content-type")


@pytest.mark.parametrize(
    "content",
    [b"{", b"[" * 5000, b'{"a": "\\u0000"}', b'{"variables": {"a": 1e99999999}}', b"\xff"],
)
def test_a_body_that_cannot_be_read(admin: httpx.Client, content: bytes) -> None:
    headers = {"Content-Type": "application/json"}

    found = _problem(admin.post("/v2/process-instances", content=content, headers=headers), 400)

    assert found["errors"][0]["code"].startswith("json-")


def _nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def test_nfd_text_and_odd_names(admin: httpx.Client) -> None:
    """Text written in NFD is found and read in NFC; decimals keep their digits."""
    deploy(admin, "review.bpmn")
    variables = {
        _nfd("người nộp"): _nfd("Nguyễn Thị Đào"),
        "typename": {"__class__": "x"},
        "fee": "FEE",
    }
    body = {
        "processDefinitionId": "review",
        "businessId": _nfd("Hồ sơ số 1"),
        "variables": variables,
    }
    content = json.dumps(body, ensure_ascii=False).replace('"FEE"', "1.10")
    headers = {"Content-Type": "application/json"}
    created = admin.post("/v2/process-instances", content=content.encode(), headers=headers)
    assert created.status_code == 200, created.text
    assert created.json()["businessId"] == "Hồ sơ số 1"

    key = open_task(admin, created.json()["processInstanceKey"])["userTaskKey"]
    found = admin.post(f"/v2/user-tasks/{key}/effective-variables/search").json()["items"]
    assert {item["name"]: item["value"] for item in found} == {
        "người nộp": '"Nguyễn Thị Đào"',
        "typename": '{"__class__":"x"}',
        "fee": "1.10",
    }
    wanted = {"filter": {"businessId": _nfd("Hồ sơ số 1")}}
    assert admin.post("/v2/process-instances/search", json=wanted).json()["items"]


def test_paths_and_methods(admin: httpx.Client) -> None:
    _problem(admin.get("/v2/nowhere"), 404, "no-such-path")
    _problem(admin.get("/api/nowhere"), 404, "no-such-path")
    answer = admin.delete("/v2/topology")
    _problem(answer, 405, "method-not-allowed")
    assert "GET" in answer.headers["Allow"]
    _problem(admin.get("/v2/groups/clerks"), 501, "not-supported")
    _problem(admin.get("/v2/user-tasks/12x"), 400)
    _problem(admin.get("/v2/user-tasks/99999999999999999999"), 400)
    _problem(admin.get("/v2/user-tasks/9999999999999999999"), 404)
    assert admin.options("/v2/topology").headers["Allow"]
    head = admin.head("/v2/topology")
    assert (head.status_code, head.content) == (200, b"")


def test_pages_asked_for_in_two_ways_and_foreign_cursors(admin: httpx.Client) -> None:
    search = "/v2/user-tasks/search"

    _problem(admin.post(search, json={"page": {"from": 1, "after": "WzFd"}}), 400)
    _problem(admin.post(search, json={"page": {"after": "not a cursor"}}), 400)
    _problem(admin.post(search, json={"page": {"limit": 10001}}), 400)
    _problem(admin.post(search, json={"sort": [{"field": "nonsense"}]}), 400)
    assert admin.post(search, json={"page": {"limit": 0}}).json()["items"] == []


def test_cancel_with_a_stale_tag_changes_nothing(admin: httpx.Client) -> None:
    deploy(admin, "review.bpmn")
    instance = start(admin, "review")
    path = f"/v2/process-instances/{instance}"
    tag = admin.get(path).headers["ETag"]
    task = open_task(admin, instance)["userTaskKey"]
    assert admin.post(f"/v2/user-tasks/{task}/assignment", json={"assignee": "lan"}).is_success
    variables = f"/v2/element-instances/{instance}/variables"
    assert admin.put(variables, json={"variables": {"a": 1}}).is_success

    stale = admin.post(f"{path}/cancellation", headers={"If-Match": tag})

    _problem(stale, 412, "precondition-failed")
    assert admin.get(path).json()["state"] == "ACTIVE"
    fresh = admin.get(path).headers["ETag"]
    assert admin.post(f"{path}/cancellation", headers={"If-Match": fresh}).status_code == 204
