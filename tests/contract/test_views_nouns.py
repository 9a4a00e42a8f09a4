"""Every noun can be searched and read; what belongs to an instance is found from it."""

from __future__ import annotations

import pytest

from engine.domain.actors import SYSTEM, Actor
from engine.domain.events import (
    ElementActivated,
    IncidentRaised,
    IncidentResolved,
    JobCreated,
    SubscriptionOpened,
)
from engine.domain.ids import DEFAULT_TENANT
from engine.ports.runtime import VariableChange
from engine.ports.views import Condition, Query
from engine.store import SqlStore
from engine.store.views.reader import NOUNS
from tests.contract.story import OpenTask, Story

ADMIN = Actor(name="admin", roles=frozenset({"admin"}))


def of(field: str, value: object) -> Query:
    return Query(where=(Condition(field=field, op="eq", value=value),))


@pytest.fixture
def busy(store: SqlStore, story: Story) -> OpenTask:
    """An instance with a task, a job, an incident, a subscription and nested variables."""
    task = story.start(story.deploy(), variables={"a": "1", "tên": '"Đặng"'}, business_id="B")
    instance = task.instance
    with store.unit_of_work(SYSTEM) as uow:
        root = uow.roots.lock(instance.key)
        inner = uow.next_key()
        events = (
            ElementActivated(
                key=inner,
                instance=instance,
                scope_key=task.element_key,
                element_id="inner",
                element_type="SERVICE_TASK",
            ),
            JobCreated(
                key=uow.next_key(),
                instance=instance,
                element_key=inner,
                element_id="inner",
                type="print",
                headers={"máy": "in"},
            ),
            IncidentRaised(
                key=uow.next_key(),
                instance=instance,
                element_key=inner,
                element_id="inner",
                error_type="CONDITION_ERROR",
                message="Điều kiện sai",
            ),
            SubscriptionOpened(
                key=uow.next_key(),
                instance=instance,
                element_key=inner,
                element_id="inner",
                kind="message",
                name="paid",
                correlation_key="HS-1",
            ),
        )
        step = story.step(instance, list(events), {})
        local = VariableChange(
            scope_key=task.element_key, instance_key=instance.key, name="a", value="2"
        )
        uow.roots.save(root.key, type(step)(snapshot=b"t", events=events, variables=(local,)))
        uow.commit()
    return task


@pytest.mark.parametrize("noun", list(NOUNS))
def test_every_noun_can_be_searched_by_every_field(store: SqlStore, noun: str) -> None:
    view = NOUNS[noun]  # type: ignore[index]
    names = [*view.fields, *view.filters, *(n for r in view.related for n in r.fields)]
    for name in names:
        asked = Condition(field=name, op="exists", value=True)
        store.views.search(noun, ADMIN, Query(where=(asked,), limit=1))  # type: ignore[arg-type]
    sort = tuple((name, "desc") for name in view.fields)
    page = store.views.search(noun, ADMIN, Query(sort=sort, limit=2))  # type: ignore[arg-type]
    more = Query(sort=sort, after=page.end_cursor)  # type: ignore[arg-type]
    rest = store.views.search(noun, ADMIN, more)  # type: ignore[arg-type]
    assert page.total == rest.total == len(page.items) + len(rest.items)
    assert not [item for item in rest.items if item in page.items]


def test_an_instance_tells_of_its_incident(store: SqlStore, busy: OpenTask) -> None:
    key = busy.instance.key
    item = store.views.get("process_instance", ADMIN, key)
    elements = store.views.search("element_instance", ADMIN, of("instance_key", key)).items
    incidents = store.views.search("incident", ADMIN, of("instance_key", key)).items

    assert item is not None
    assert (item["has_incident"], item["revision"], item["business_id"]) == (True, 2, "B")
    assert [e["has_incident"] for e in elements] == [False, True]
    assert elements[1]["incident_key"] == incidents[0]["key"]
    assert incidents[0]["message"] == "Điều kiện sai"


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ([("element_id", "eq", "inner")], True),
        ([("element_id", "eq", "inner"), ("element_state", "eq", "ACTIVE")], True),
        ([("element_id", "eq", "inner"), ("element_state", "eq", "COMPLETED")], False),
        ([("element_id", "eq", "review"), ("has_element_incident", "eq", True)], False),
        ([("element_id", "eq", "inner"), ("has_element_incident", "eq", True)], True),
        ([("error_message", "like", "Điều*")], True),
        ([("has_incident", "eq", False)], False),
        ([("has_retries_left", "eq", True)], False),
        ([("tenant_id", "eq", DEFAULT_TENANT)], True),
    ],
)
def test_instances_are_found_by_what_is_in_them(
    store: SqlStore,
    busy: OpenTask,
    conditions: list[tuple[str, str, object]],
    found: bool,
) -> None:
    asked = [Condition(field=f, op=o, value=v) for f, o, v in conditions]  # type: ignore[arg-type]
    asked.append(Condition(field="key", op="eq", value=busy.instance.key))
    page = store.views.search("process_instance", ADMIN, Query(where=tuple(asked)))
    assert bool(page.items) is found


def test_a_resolved_incident_is_history(store: SqlStore, busy: OpenTask) -> None:
    elements = store.views.search(
        "element_instance", ADMIN, of("instance_key", busy.instance.key)
    ).items
    with store.unit_of_work(SYSTEM) as uow:
        root = uow.roots.lock_element(int(str(elements[1]["key"])))
        uow.record(root.key, IncidentResolved(element_key=int(str(elements[1]["key"]))))
        uow.commit()

    item = store.views.get("process_instance", ADMIN, busy.instance.key)
    incident = store.views.search("incident", ADMIN, of("root_key", root.key)).items[0]
    assert item is not None
    assert item["has_incident"] is False
    assert (incident["state"], incident["resolved_at"]) == ("RESOLVED", store_now(store))


def store_now(store: SqlStore) -> object:
    with store.reading(SYSTEM) as uow:
        return uow.now


def test_an_element_sees_the_innermost_value(store: SqlStore, busy: OpenTask) -> None:
    inner = store.views.search("element_instance", ADMIN, of("element_id", "inner")).items[-1]
    rows = store.views.task_variables(ADMIN, busy.key)

    assert store.views.effective_variables(ADMIN, int(str(inner["key"]))) == {
        "a": "2",
        "tên": '"Đặng"',
    }
    assert rows is not None
    assert [(row["name"], row["value"], row["scope_key"]) for row in rows] == [
        ("a", "2", busy.element_key),
        ("a", "1", busy.instance.key),
        ("tên", '"Đặng"', busy.instance.key),
    ]
    assert store.views.variables_of_tasks(ADMIN, [busy.key, 5], ["a", "b"]) == {
        busy.key: {"a": "2"},
        5: {},
    }


def test_a_process_that_is_its_own_scope_ends_the_walk(store: SqlStore, busy: OpenTask) -> None:
    instance = busy.instance
    with store.unit_of_work(SYSTEM) as uow:
        uow.roots.lock(instance.key)
        process = ElementActivated(
            key=instance.key,
            instance=instance,
            scope_key=instance.key,
            element_id=instance.definition.process_id,
            element_type="PROCESS",
        )
        uow.record(instance.key, process)
        uow.commit()

    rows = store.views.task_variables(ADMIN, busy.key)
    assert rows is not None
    assert [row["value"] for row in rows] == ["2", "1", '"Đặng"']
    assert store.views.effective_variables(ADMIN, instance.key) == {"a": "1", "tên": '"Đặng"'}


def test_jobs_and_subscriptions_name_their_process(store: SqlStore, busy: OpenTask) -> None:
    job = store.views.search("job", ADMIN, of("instance_key", busy.instance.key)).items[0]
    wait = store.views.search(
        "message_subscription", ADMIN, of("instance_key", busy.instance.key)
    ).items[0]

    assert (job["type"], job["state"], job["headers"]) == ("print", "CREATED", {"máy": "in"})
    assert (job["business_id"], job["process_version"]) == ("B", 1)
    assert "payload" not in job
    assert (wait["name"], wait["correlation_key"], wait["state"]) == ("paid", "HS-1", "CREATED")
    assert wait["process_name"] == job["process_name"]


def test_flows_and_statistics_of_an_instance(store: SqlStore, story: Story) -> None:
    task = story.start(story.deploy())
    following = story.complete(task)
    assert following is not None
    story.complete(following)

    assert store.views.flows_taken(ADMIN, task.instance.key) == ("f1",)
    assert store.views.element_statistics(ADMIN, task.instance.key) == (
        {"element_id": "review", "active": 1, "completed": 2, "canceled": 0, "incidents": 0},
    )


def test_events_are_read_in_order(store: SqlStore, story: Story) -> None:
    task = story.start(story.deploy())
    page = store.views.search("event", ADMIN, of("root_key", task.instance.key))

    assert [item["seq"] for item in page.items] == [1, 2, 3]
    assert page.items[0]["type"] == "motcua.instance.started.v1"


def test_the_file_of_a_definition(store: SqlStore, story: Story) -> None:
    ref = story.deploy("with-file", content=b"<x/>")
    stranger = Actor(name="s", tenant_id="elsewhere", roles=frozenset({"admin"}))

    assert store.views.definition_source(ADMIN, ref.key) == b"<x/>with-file"
    assert store.views.definition_source(stranger, ref.key) is None
