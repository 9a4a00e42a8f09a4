"""Who sees what: a clerk, a supervisor, a neighbour, another tenant, a stranger."""

from __future__ import annotations

import pytest

from engine.domain.actors import SYSTEM, Actor
from engine.domain.events import (
    DecisionEvaluated,
    IncidentRaised,
    JobCreated,
    SubscriptionOpened,
    TaskAssigned,
)
from engine.domain.records import Visibility
from engine.ports.views import Query
from engine.store import SqlStore
from engine.store.views.reader import NOUNS
from tests.contract.story import OpenTask, Story

UNIT = "48/20242/"


def actor(name: str, *roles: str, unit: str = UNIT, groups: tuple[str, ...] = (),
          tenant: str = "<default>") -> Actor:  # fmt: skip
    return Actor(name=name, roles=frozenset(roles), unit_id=unit, groups=groups, tenant_id=tenant)


@pytest.fixture(scope="module")
def tasks(store: SqlStore) -> dict[str, OpenTask]:
    """Tasks of one unit: offered to a group, to a person, held, sealed."""
    story = Story(store)
    ref = story.deploy("visible")

    def start(sealed: bool = False, **task: object) -> OpenTask:
        seen_by = Visibility(unit_id=UNIT, sealed=sealed)
        return story.start(ref, visibility=seen_by, variables={"a": "1"}, **task)

    return {
        "group": start(candidate_groups=("clerk@48",)),
        "person": start(candidate_users=("lan",)),
        "held": start(assignee="lan"),
        "sealed": start(sealed=True),
        "sealed-group": start(sealed=True, candidate_groups=("clerk@48",)),
    }


ALL = {"group", "person", "held", "sealed", "sealed-group"}
OPEN = {"group", "person", "held"}

PEOPLE = [
    (actor("lan", "clerk"), {"person", "held"}),
    (actor("minh", "clerk", groups=("clerk@48", "x")), {"group", "sealed-group"}),
    (actor("lan", "clerk", groups=("clerk@48",)), {"person", "held", "group", "sealed-group"}),
    (actor("lan", "clerk", unit="01/"), {"person", "held"}),
    (actor("stranger", "clerk"), set()),
    (actor("nobody"), set()),
    (actor("boss", "supervisor"), ALL),
    (actor("boss", "supervisor", unit="48/"), OPEN),
    (actor("boss", "supervisor", unit="48/20242/1/"), set()),
    (actor("boss", "supervisor", unit="4"), OPEN),
    (actor("boss", "supervisor", unit="48/2024%/"), set()),
    (actor("boss", "supervisor", unit="48/2024_/"), set()),
    (actor("admin", "admin", unit=""), OPEN),
    (actor("admin", "admin", unit="01/"), set()),
    (actor("admin", "admin", unit="", tenant="79"), set()),
    (actor("lan", "clerk", tenant="79", groups=("clerk@48",)), set()),
    (actor("w", "worker", unit=""), OPEN),
]
IDS = [f"{a.name}-{'-'.join(a.roles)}-{a.unit_id}-{len(a.groups)}-{a.tenant_id}" for a, _ in PEOPLE]


@pytest.mark.parametrize(("who", "sees"), PEOPLE, ids=IDS)
def test_tasks_and_what_hangs_on_them(
    store: SqlStore, tasks: dict[str, OpenTask], who: Actor, sees: set[str]
) -> None:
    found = {item["key"] for item in store.views.search("user_task", who, Query()).items}
    instances = {item["key"] for item in store.views.search("process_instance", who, Query()).items}
    scopes = {item["scope_key"] for item in store.views.search("variable", who, Query()).items}
    elements = {item["key"] for item in store.views.search("element_instance", who, Query()).items}

    assert found == {tasks[name].key for name in sees}
    assert instances == scopes == {tasks[name].instance.key for name in sees}
    assert elements == {tasks[name].element_key for name in sees}
    for name, task in tasks.items():
        seen = name in sees
        assert (store.views.get("user_task", who, task.key) is not None) is seen
        assert (store.views.task_variables(who, task.key) is not None) is seen
        assert (store.views.effective_variables(who, task.element_key) is not None) is seen
        assert (store.views.flows_taken(who, task.instance.key) is not None) is seen
        assert (store.views.element_statistics(who, task.instance.key) is not None) is seen
        values = store.views.variables_of_tasks(who, [task.key], ["a"])
        assert values[task.key] == ({"a": "1"} if seen else {})


def test_a_given_back_task_is_no_longer_seen(store: SqlStore, tasks: dict[str, OpenTask]) -> None:
    held = tasks["held"]
    hoa = actor("hoa", "clerk")
    for assignee, seen in (("hoa", True), ("lan", False)):
        with store.unit_of_work(SYSTEM) as uow:
            uow.roots.lock_task(held.key)
            uow.record(
                held.instance.key,
                TaskAssigned(key=held.key, element_key=held.element_key, assignee=assignee),
            )
            uow.commit()
        assert (store.views.get("user_task", hoa, held.key) is not None) is seen


@pytest.fixture(scope="module")
def everything(store: SqlStore, tasks: dict[str, OpenTask]) -> OpenTask:
    """One row at least of every noun, in one unit."""
    task = tasks["group"]
    with store.unit_of_work(SYSTEM) as uow:
        root = uow.roots.lock(task.instance.key)
        place = {
            "instance": task.instance,
            "element_key": task.element_key,
            "element_id": "review",
        }
        uow.record(
            root.key,
            JobCreated(key=uow.next_key(), type="t", **place),
            IncidentRaised(key=uow.next_key(), error_type="X", message="m", **place),
            SubscriptionOpened(
                key=uow.next_key(), kind="message", name="n", correlation_key="c", **place
            ),
        )
        file = uow.definitions.deploy("d", [("d.dmn", b"<dmn/>")], root.visibility.tenant_id)
        [(decision, _)] = uow.decisions.add(
            file, "d.dmn", ("d", "D"), [("fee", "Fee", None)], root.visibility.tenant_id
        )
        made = {"id": "fee", "type": "DECISION_TABLE", "state": "EVALUATED"}
        uow.record(
            root.key,
            DecisionEvaluated(
                key=uow.next_key(),
                decision_key=decision.key,
                decision_id="fee",
                instance=task.instance,
                element_key=task.element_key,
                decisions=({**made, "inputs": [], "rules": []},),
            ),
        )
        uow.commit()
    return task


@pytest.mark.parametrize("noun", list(NOUNS))
def test_a_stranger_sees_no_work_at_all(store: SqlStore, everything: OpenTask, noun: str) -> None:
    asked = Query(limit=1000)
    boss = actor("boss", "supervisor")
    strangers = [
        actor("stranger", "clerk"),
        actor("nobody"),
        actor("boss", "supervisor", unit="01/"),
        actor("admin", "admin", unit="48/20242/9/"),
    ]
    of_all = {"deployment", "process_definition", "decision_definition", "decision_requirements"}
    # Those of the counter are filled, and hidden from strangers, in the tests named after them.
    counter = {
        "dossier", "dossier_step", "duty", "receipt", "hand_over", "erasure", "webhook",
        "webhook_delivery", "document", "component", "document_access", "upload", "reconciliation",
    }  # fmt: skip
    if noun not in of_all | counter | {"account"}:
        assert store.views.search(noun, boss, asked).items  # type: ignore[arg-type]
    for stranger in strangers:
        page = store.views.search(noun, stranger, asked)  # type: ignore[arg-type]
        assert bool(page.items) is (noun in of_all), noun
    elsewhere = actor("admin", "admin", unit="", tenant="79")
    assert store.views.search(noun, elsewhere, asked).total == 0  # type: ignore[arg-type]
