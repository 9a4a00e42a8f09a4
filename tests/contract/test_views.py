"""Searching tasks and instances: fields, operators, groups, sorting, pages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.domain.actors import Actor
from engine.errors import InvalidInput
from engine.ports.views import Condition, Query, VariableCondition
from engine.store import SqlStore
from tests.contract.conftest import NOON
from tests.contract.story import Story

VIEWER = Actor(name="xem", roles=frozenset({"viewer"}))


def where(*conditions: tuple[str, str, object], **query: object) -> Query:
    """Conditions as triples."""
    made = tuple(Condition(field=f, op=o, value=v) for f, o, v in conditions)  # type: ignore[arg-type]
    return Query(where=made, **query)  # type: ignore[arg-type]


def keys(store: SqlStore, query: Query, noun: str = "user_task") -> list[object]:
    return [item["key"] for item in store.views.search(noun, VIEWER, query).items]  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def desk(store: SqlStore) -> dict[str, int]:
    """Four tasks of one process, by name."""
    story = Story(store)
    ref = story.deploy("desk", version_tag="v1")
    made = {
        "lan": dict(assignee="lan", priority=80, due_at=NOON + timedelta(days=1)),
        "group": dict(candidate_groups=("thẩm-định@48", "ký@48"), priority=50),
        "user": dict(candidate_users=("đặng",), due_at=NOON + timedelta(days=3)),
        "other": dict(headers={"ô": "1"}, element_id="sign_50%"),
    }
    found = {}
    for number, (name, task) in enumerate(made.items()):
        opened = story.start(
            ref,
            variables={"số": str(number), "tên": f'"{name}"'},
            business_id=f"HS-{number}",
            tags=("gấp", f"t{number}"),
            **task,
        )
        found[name] = opened.key
    return found


DESK = ("process_id", "eq", "desk")


def test_a_task_carries_what_a_desk_shows(store: SqlStore, desk: dict[str, int]) -> None:
    item = store.views.get("user_task", VIEWER, desk["group"])

    assert item is not None
    assert item["state"] == "CREATED"
    assert item["name"] == "Thẩm định"
    assert item["candidate_groups"] == ["thẩm-định@48", "ký@48"]
    assert (item["process_name"], item["process_version"]) == ("Quy trình desk", 1)
    assert (item["business_id"], item["tags"]) == ("HS-1", ["gấp", "t1"])
    assert (item["created_at"], item["completed_at"]) == (NOON, None)
    assert (item["form_key"], item["revision"]) == (None, 1)


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        (("assignee", "eq", "lan"), ["lan"]),
        (("assignee", "neq", "lan"), ["group", "user", "other"]),
        (("assignee", "exists", False), ["group", "user", "other"]),
        (("due_at", "exists", True), ["lan", "user"]),
        (("due_at", "gt", NOON + timedelta(days=1)), ["user"]),
        (("due_at", "gte", NOON + timedelta(days=1)), ["lan", "user"]),
        (("due_at", "lt", NOON + timedelta(days=3)), ["lan"]),
        (("due_at", "lte", NOON + timedelta(days=3)), ["lan", "user"]),
        (("priority", "in", [80, 81]), ["lan"]),
        (("priority", "in", []), []),
        (("priority", "notIn", [80]), ["group", "user", "other"]),
        (("element_id", "like", "sign_50%"), ["other"]),
        (("element_id", "like", "s?gn*"), ["other"]),
        (("element_id", "like", "SIGN*"), []),
        (("element_id", "like", "%"), []),
        (("candidate_group", "eq", "ký@48"), ["group"]),
        (("candidate_group", "in", ["ký@48", "x"]), ["group"]),
        (("candidate_group", "neq", "ký@48"), ["lan", "user", "other"]),
        (("candidate_group", "exists", False), ["lan", "user", "other"]),
        (("candidate_user", "eq", "đặng"), ["user"]),
        (("tags", "eq", "t3"), ["other"]),
        (("tags", "neq", "t3"), ["lan", "group", "user"]),
        (("tags", "eq", "t"), []),
        (("business_id", "eq", "HS-2"), ["user"]),
        (("process_version", "eq", 1), ["lan", "group", "user", "other"]),
        (("version_tag", "eq", "v1"), ["lan", "group", "user", "other"]),
    ],
)
def test_an_operator_finds_its_rows(
    store: SqlStore, desk: dict[str, int], condition: tuple[str, str, object], names: list[str]
) -> None:
    assert keys(store, where(DESK, condition)) == [desk[name] for name in names]


def test_groups_are_alternatives(store: SqlStore, desk: dict[str, int]) -> None:
    query = Query(
        where=where(DESK).where,
        any_of=(
            where(("assignee", "eq", "lan")).where,
            where(("candidate_user", "eq", "đặng"), ("priority", "eq", 50)).where,
        ),
    )
    assert keys(store, query) == [desk["lan"], desk["user"]]


@pytest.mark.parametrize(
    ("op", "value", "names"),
    [
        ("eq", '"lan"', ["lan"]),
        ("neq", '"lan"', ["group", "user", "other"]),
        ("like", '"*er"', ["user", "other"]),
        ("in", ['"lan"', '"x"'], ["lan"]),
        ("exists", True, ["lan", "group", "user", "other"]),
        ("exists", False, []),
    ],
)
def test_variables_are_compared_as_json(
    store: SqlStore, desk: dict[str, int], op: str, value: object, names: list[str]
) -> None:
    condition = VariableCondition(name="tên", op=op, value=value)  # type: ignore[arg-type]
    query = Query(where=where(DESK).where, variables=(condition,))
    assert keys(store, query) == [desk[name] for name in names]


def test_order_of_variables_is_refused(store: SqlStore) -> None:
    query = Query(variables=(VariableCondition(name="số", op="gt", value="1"),))
    with pytest.raises(InvalidInput, match="'số'"):
        store.views.search("user_task", VIEWER, query)


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_rows_without_a_value_come_last(
    store: SqlStore, desk: dict[str, int], direction: str
) -> None:
    found = keys(store, where(DESK, sort=(("due_at", direction),)))

    due = [desk["lan"], desk["user"]] if direction == "asc" else [desk["user"], desk["lan"]]
    none = [desk["group"], desk["other"]]
    assert found == due + (none if direction == "asc" else none[::-1])


@pytest.mark.parametrize("sort", [(), (("due_at", "desc"),), (("priority", "asc"),)])
def test_cursors_walk_there_and_back(
    store: SqlStore, desk: dict[str, int], sort: tuple[tuple[str, str], ...]
) -> None:
    everything = keys(store, where(DESK, sort=sort))
    forwards, cursor, pages = [], None, []
    while True:
        page = store.views.search(
            "user_task", VIEWER, where(DESK, sort=sort, limit=1, after=cursor)
        )
        assert page.total == 4
        if not page.items:
            break
        forwards += [item["key"] for item in page.items]
        pages.append(page)
        cursor = page.end_cursor
    before = where(DESK, sort=sort, limit=2, before=pages[-1].start_cursor)

    assert forwards == everything
    assert keys(store, before) == everything[1:3]
    assert keys(store, where(DESK, sort=sort, limit=2, offset=2)) == everything[2:]


@pytest.mark.parametrize(
    "query",
    [
        where(("nonsense", "eq", "x")),
        where(sort=(("nonsense", "asc"),)),
        where(("due_at", "eq", "2026-11-20")),
        where(("priority", "eq", "50")),
        where(("priority", "eq", 2**63)),
        where(("assignee", "eq", 5)),
        where(("assignee", "eq", "a\0b")),
        where(("assignee", "in", "lan")),
        where(("priority", "like", "5*")),
        where(("tags", "gt", "a")),
        where(limit=-1),
        where(limit=10_001),
        where(offset=-1),
        where(offset=1, after="x"),
        where(after="not a cursor"),
        where(before="W10"),
    ],
)
def test_a_wrong_search_says_what_is_wrong(store: SqlStore, query: Query) -> None:
    with pytest.raises(InvalidInput):
        store.views.search("user_task", VIEWER, query)


def test_a_cursor_of_another_sort_is_refused(store: SqlStore, desk: dict[str, int]) -> None:
    page = store.views.search("user_task", VIEWER, where(DESK, limit=1))

    with pytest.raises(InvalidInput, match="cursor"):
        keys(store, where(DESK, sort=(("name", "asc"),), after=page.end_cursor))


def test_a_page_without_rows_still_counts(store: SqlStore, desk: dict[str, int]) -> None:
    page = store.views.search("user_task", VIEWER, where(DESK, limit=0))

    assert (page.items, page.total, page.end_cursor) == ((), 4, None)
    assert store.views.search("user_task", VIEWER, where(DESK, offset=9)).total == 4


@pytest.mark.parametrize("key", [0, -1, 2**63, 2**70])
def test_a_key_nobody_has_is_none(store: SqlStore, key: int) -> None:
    assert store.views.get("user_task", VIEWER, key) is None
    assert store.views.task_variables(VIEWER, key) is None
    assert store.views.flows_taken(VIEWER, key) is None
    assert store.views.definition_source(VIEWER, key) is None
    assert store.views.form_by_key(VIEWER, key) is None
