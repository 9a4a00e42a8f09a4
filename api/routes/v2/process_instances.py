"""Process instances: start, find, cancel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from api.answers import answer, done, raw_json
from api.calls import actor, engine, get, key_of, run, search, waiting_room
from api.conditions import wanted_revision
from api.door import Door
from api.queries import query_of, search_page, show_page
from api.schemas.answers import (
    CallHierarchyEntry,
    CreatedInstance,
    ElementStatistics,
    SequenceFlows,
)
from api.schemas.nouns.incident import INCIDENT, IncidentPage, IncidentSearch
from api.schemas.nouns.process_instance import (
    PROCESS_INSTANCE,
    ProcessInstance,
    ProcessInstancePage,
    ProcessInstanceSearch,
)
from api.schemas.requests.instances import Cancellation, Creation
from api.starting import start_command
from api.waiting import seconds_of
from engine.commands.cancel_instance import CancelInstance
from engine.commands.start_instance import StartInstance
from engine.errors import NotFound, TimedOut, Unavailable
from engine.ports.engine import Done
from engine.ports.views import Condition, Query

door = Door("Process instances", __name__, url_prefix="/v2/process-instances")


def _instance(instance_key: str) -> tuple[int, Mapping[str, Any]]:
    key = key_of(instance_key, "processInstanceKey")
    return key, get("process_instance", key, "process instance")


def _revision(instance_key: str) -> int | None:
    several = "," in request.headers.get("If-Match", "")
    return wanted_revision(request, _instance(instance_key)[1] if several else None)


def _show(row: Mapping[str, Any]) -> dict[str, Any]:
    own = {"revision": row.get("revision", 0), "dossierCode": row.get("dossier_code")}
    return PROCESS_INSTANCE.present(row) | own


@door.operation(
    "POST",
    "",
    body=Creation,
    answers={200: CreatedInstance},
    fails=(404, 409, 504),
    sends=StartInstance,
)
def create_process_instance(body: Mapping[str, Any]) -> Response:
    """Start a process instance; with awaitCompletion the answer comes when it has ended."""
    command = start_command(body)
    if not body.get("awaitCompletion"):
        done = run(command)
        return answer(_created(done, {}), replayed=done.replayed)
    with waiting_room().seat() as seated:
        if not seated:
            raise Unavailable("Too many calls wait already.", code="too-many-waiting")
        result = run(command)
        key = int(str(result.result["key"]))
        if not engine().await_completion(key, actor(), seconds_of(body.get("requestTimeout"))):
            raise TimedOut("The process instance runs on; it has not ended in time.")
    return answer(_created(result, _final_variables(key, body.get("fetchVariables"))))


def _created(done: Done, variables: dict[str, Any]) -> dict[str, Any]:
    result = done.result
    return {
        "processInstanceKey": str(result["key"]),
        "processDefinitionKey": str(result["definition_key"]),
        "processDefinitionId": result["process_id"],
        "processDefinitionVersion": result["version"],
        "tenantId": result["tenant_id"],
        "variables": variables,
        "tags": result["tags"],
        "businessId": result["business_id"],
    }


def _final_variables(key: int, names: list[str] | None) -> dict[str, Any]:
    where = [Condition(field="scope_key", op="eq", value=key)]
    if names:
        where.append(Condition(field="name", op="in", value=tuple(names)))
    rows = search("variable", Query(where=tuple(where), limit=10_000)).items
    return {str(row["name"]): raw_json(str(row["value"])) for row in rows}


@door.operation(
    "POST",
    "/search",
    body=ProcessInstanceSearch,
    optional=True,
    answers={200: ProcessInstancePage},
    reads="process_instance",
)
def search_process_instances(body: Mapping[str, Any]) -> Response:
    """Search process instances."""
    page = search("process_instance", query_of(PROCESS_INSTANCE, body))
    return answer(show_page(page, [_show(row) for row in page.items]))


@door.operation(
    "GET",
    "/<instance_key>",
    answers={200: ProcessInstance},
    fails=(404,),
    reads="process_instance",
)
def get_process_instance(instance_key: str) -> Response:
    """One process instance, with its revision as ETag."""
    _, row = _instance(instance_key)
    return answer(_show(row), etag=row.get("revision", 0))


@door.operation(
    "POST",
    "/<instance_key>/cancellation",
    body=Cancellation,
    optional=True,
    answers={204: None},
    fails=(404, 409),
    sends=CancelInstance,
    if_match=True,
)
def cancel_process_instance(instance_key: str, body: Mapping[str, Any]) -> Response:
    """Terminate a running root instance with all that hangs on it."""
    del body
    key = key_of(instance_key, "processInstanceKey")
    command = CancelInstance(key=key, revision=_revision(instance_key))
    return done(replayed=run(command).replayed)


@door.operation(
    "POST",
    "/<instance_key>/incidents/search",
    body=IncidentSearch,
    optional=True,
    answers={200: IncidentPage},
    fails=(404,),
    reads="incident",
)
def search_process_instance_incidents(instance_key: str, body: Mapping[str, Any]) -> Response:
    """Incidents of an instance and, for a root, of all it called."""
    key, row = _instance(instance_key)
    field = "root_key" if row["root_key"] == key else "instance_key"
    return answer(search_page(INCIDENT, body, Condition(field=field, op="eq", value=key)))


@door.operation(
    "GET",
    "/<instance_key>/sequence-flows",
    answers={200: SequenceFlows},
    fails=(404,),
    reads="process_instance",
)
def get_process_instance_sequence_flows(instance_key: str) -> Response:
    """The sequence flows an instance has taken."""
    key, row = _instance(instance_key)
    flows = engine().views.flows_taken(actor(), key) or ()
    shown = PROCESS_INSTANCE.present(row)
    common = {
        name: shown[name]
        for name in (
            "processInstanceKey",
            "rootProcessInstanceKey",
            "processDefinitionKey",
            "processDefinitionId",
            "tenantId",
        )
    }
    return answer({"items": [{"sequenceFlowId": f, "elementId": f, **common} for f in flows]})


@door.operation(
    "GET",
    "/<instance_key>/statistics/element-instances",
    answers={200: ElementStatistics},
    fails=(404,),
    reads="process_instance",
)
def get_process_instance_statistics(instance_key: str) -> Response:
    """How often each element of an instance is active, completed, canceled or stuck."""
    rows = engine().views.element_statistics(actor(), key_of(instance_key, "processInstanceKey"))
    if rows is None:
        raise NotFound("There is no such process instance.")
    counts = ("active", "completed", "canceled", "incidents")
    return answer(
        {
            "items": [
                {"elementId": row["element_id"], **{name: row[name] for name in counts}}
                for row in rows
            ]
        }
    )


@door.operation(
    "GET",
    "/<instance_key>/call-hierarchy",
    answers={200: CallHierarchyEntry(many=True)},
    fails=(404,),
    reads="process_instance",
)
def get_process_instance_call_hierarchy(instance_key: str) -> Response:
    """The callers of an instance, the root first, itself last."""
    _, row = _instance(instance_key)
    chain = [row]
    while (parent := chain[0].get("parent_key")) is not None:
        chain.insert(0, get("process_instance", parent, "process instance"))
    return answer(
        [
            {
                "processInstanceKey": str(entry["key"]),
                "processDefinitionKey": str(entry["definition_key"]),
                "processDefinitionName": entry.get("process_name") or entry["process_id"],
            }
            for entry in chain
        ]
    )
