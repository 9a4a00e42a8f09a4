"""User tasks: search, claim, change, complete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from api.answers import answer, done, raw_json
from api.calls import actor, engine, get, key_of, run
from api.conditions import wanted_revision
from api.door import Door
from api.instants import parse_instant
from api.pages import page_in_memory
from api.queries import query_of, show_page
from api.schemas.answers import Form
from api.schemas.nouns.user_task import USER_TASK, UserTask, UserTaskPage, UserTaskSearch
from api.schemas.nouns.variable import VARIABLE, TaskVariableSearch, VariablePage
from api.schemas.requests.tasks import TaskAssignment, TaskCompletion, TaskUpdate
from api.values import TRUNCATE, show_form, truncated
from engine.commands.assign_task import AssignTask
from engine.commands.complete_task import CompleteTask
from engine.commands.update_task import UpdateTask
from engine.errors import NotFound

door = Door("User tasks", __name__, url_prefix="/v2/user-tasks")
GONE = (404, 409)


def _task(task_key: str) -> tuple[int, Mapping[str, Any]]:
    key = key_of(task_key, "userTaskKey")
    return key, get("user_task", key, "user task")


def show_task(row: Mapping[str, Any]) -> dict[str, Any]:
    """A task as the wire shows it."""
    own = {"revision": row["revision"], "formId": row.get("form_id")}
    own["dossierCode"] = row.get("dossier_code")
    return USER_TASK.present(row) | own


def _revision(key: int) -> int | None:
    several = "," in request.headers.get("If-Match", "")
    return wanted_revision(request, get("user_task", key, "user task") if several else None)


@door.operation(
    "POST",
    "/search",
    body=UserTaskSearch,
    optional=True,
    answers={200: UserTaskPage},
    reads="user_task",
)
def search_user_tasks(body: Mapping[str, Any]) -> Response:
    """Search user tasks."""
    page = engine().views.search("user_task", actor(), query_of(USER_TASK, body))
    items = [show_task(row) for row in page.items]
    if names := body.get("fetchVariables"):
        keys = [int(str(row["key"])) for row in page.items]
        values = engine().views.variables_of_tasks(actor(), keys, names)
        for key, item in zip(keys, items, strict=True):
            found = values.get(key, {})
            item["variables"] = {name: raw_json(text) for name, text in found.items()}
    return answer(show_page(page, items))


@door.operation("GET", "/<task_key>", answers={200: UserTask}, fails=(404,), reads="user_task")
def get_user_task(task_key: str) -> Response:
    """One user task, with its revision as ETag."""
    _, row = _task(task_key)
    return answer(show_task(row), etag=row["revision"])


@door.operation(
    "GET",
    "/<task_key>/form",
    answers={200: Form, 204: None},
    fails=(404,),
    reads="user_task",
)
def get_user_task_form(task_key: str) -> Response:
    """The form linked to a task; 204 when it has none."""
    _, row = _task(task_key)
    if row.get("form_id") is None:
        return done()
    binding = row.get("form_binding") or "latest"
    form = engine().views.form(
        actor(), row["form_id"], binding, row.get("form_version_tag"), row["deployment_key"]
    )
    if form is None:
        raise NotFound("The task's form is not deployed.", code="form-missing")
    return answer(show_form(form))


@door.operation(
    "POST",
    "/<task_key>/variables/search",
    body=TaskVariableSearch,
    optional=True,
    query=TRUNCATE,
    answers={200: VariablePage},
    fails=(404,),
    reads="variable",
)
def search_user_task_variables(task_key: str, body: Mapping[str, Any]) -> Response:
    """Variables of all scopes a task sees; a name may come once per scope."""
    return answer(page_in_memory(VARIABLE, _variables(task_key), body, truncated(request)))


@door.operation(
    "POST",
    "/<task_key>/effective-variables/search",
    body=TaskVariableSearch,
    optional=True,
    query=TRUNCATE,
    answers={200: VariablePage},
    fails=(404,),
    reads="variable",
)
def search_user_task_effective_variables(task_key: str, body: Mapping[str, Any]) -> Response:
    """What a task sees: each name once, the innermost scope wins."""
    innermost: dict[str, Mapping[str, Any]] = {}
    for row in _variables(task_key):
        innermost.setdefault(row["name"], row)
    rows = list(innermost.values())
    return answer(page_in_memory(VARIABLE, rows, body, truncated(request)))


def _variables(task_key: str) -> list[Mapping[str, Any]]:
    rows = engine().views.task_variables(actor(), key_of(task_key, "userTaskKey"))
    if rows is None:
        raise NotFound("There is no such user task.")
    return list(rows)


@door.operation(
    "POST",
    "/<task_key>/assignment",
    body=TaskAssignment,
    answers={204: None},
    fails=GONE,
    sends=AssignTask,
    if_match=True,
)
def assign_user_task(task_key: str, body: Mapping[str, Any]) -> Response:
    """Give a task to somebody; with allowOverride false only while nobody else holds it."""
    key = key_of(task_key, "userTaskKey")
    result = run(
        AssignTask(
            key=key,
            assignee=body["assignee"],
            allow_override=body.get("allowOverride") is not False,
            action=body.get("action") or "assign",
            revision=_revision(key),
        )
    )
    return done(replayed=result.replayed)


@door.operation(
    "DELETE",
    "/<task_key>/assignee",
    answers={204: None},
    fails=GONE,
    sends=AssignTask,
    if_match=True,
)
def unassign_user_task(task_key: str) -> Response:
    """Give a task back to its candidates."""
    key = key_of(task_key, "userTaskKey")
    run(AssignTask(key=key, assignee=None, action="unassign", revision=_revision(key)))
    return done()


@door.operation(
    "PATCH",
    "/<task_key>",
    body=TaskUpdate,
    optional=True,
    answers={204: None},
    fails=GONE,
    sends=UpdateTask,
    if_match=True,
)
def update_user_task(task_key: str, body: Mapping[str, Any]) -> Response:
    """Change a task's dates, candidates and priority; null takes a date away."""
    key = key_of(task_key, "userTaskKey")
    run(
        UpdateTask(
            key=key,
            changes=_changes(body.get("changeset") or {}),
            action=body.get("action") or "update",
            revision=_revision(key),
        )
    )
    return done()


def _changes(changeset: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for wire, row in (("dueDate", "due_at"), ("followUpDate", "follow_up_at")):
        if wire in changeset:
            text = changeset[wire]
            found[row] = parse_instant(text) if text else None
    for wire, row in (
        ("candidateUsers", "candidate_users"),
        ("candidateGroups", "candidate_groups"),
    ):
        if wire in changeset:
            found[row] = tuple(changeset[wire] or ())
    if changeset.get("priority") is not None:
        found["priority"] = int(changeset["priority"])
    return found


@door.operation(
    "POST",
    "/<task_key>/completion",
    body=TaskCompletion,
    optional=True,
    answers={204: None},
    fails=GONE,
    sends=CompleteTask,
    if_match=True,
)
def complete_user_task(task_key: str, body: Mapping[str, Any]) -> Response:
    """Complete a task with its answers."""
    key = key_of(task_key, "userTaskKey")
    result = run(
        CompleteTask(
            key=key,
            variables=body.get("variables") or {},
            action=body.get("action") or "complete",
            revision=_revision(key),
        )
    )
    return done(replayed=result.replayed)
