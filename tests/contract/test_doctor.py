"""The doctor names the row after an edit, a deletion, a swap or a truncation done in SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from engine.settings import Settings
from engine.store import open_store
from engine.store.doctor import examine
from tests.contract.conftest import SetClock
from tests.contract.story import OpenTask, Story
from tests.contract.ward import Ward, history
from tests.databases import Databases


@pytest.fixture(scope="module")
def written(database_url: str, clock: SetClock) -> tuple[str, OpenTask]:
    """A database with the history, closed and ready to be copied."""
    store = open_store(Settings(database_url=database_url), clock)
    task = history(store)
    assert store.seal() > 0
    store.dispose()
    return database_url, task


@pytest.fixture
def ward(written: tuple[str, OpenTask], databases: Databases, clock: SetClock) -> Iterator[Ward]:
    original, task = written
    with databases.copy(original) as url:
        settings = Settings(database_url=url)
        store = open_store(settings, clock)
        yield Ward(store, settings, task)
        store.dispose()


def test_a_healthy_database_is_healthy(ward: Ward) -> None:
    diagnosis = examine(ward.settings)

    assert [t for t in diagnosis.troubles if t.severity == "error"] == []
    assert diagnosis.is_healthy
    assert (diagnosis.roots, diagnosis.events) == (4, 29)


ROW = "WHERE root_key = :root AND seq = 3"
Expected = Callable[[Ward], list[str]]


def event(seq: int, sentence: str) -> Expected:
    return lambda ward: [f"event(root_key={ward.root}, seq={seq}) {sentence}"]


CHANGED = "was changed: its hash is another"
ATTACKS: dict[str, tuple[list[str], Expected]] = {
    "edit-payload": ([f"UPDATE event SET payload = '{{}}' {ROW}"], event(3, CHANGED)),
    "edit-actor": ([f"UPDATE event SET actor = 'x' {ROW}"], event(3, CHANGED)),
    "edit-instant": ([f"UPDATE event SET at = at + 1 {ROW}"], event(3, CHANGED)),
    "edit-type": ([f"UPDATE event SET type = 'x' {ROW}"], event(3, CHANGED)),
    "edit-unit": ([f"UPDATE event SET unit = '01/' {ROW}"], event(3, CHANGED)),
    "delete-event": ([f"DELETE FROM event {ROW}"], event(3, "is missing: it was deleted")),
    "delete-first": (
        ["DELETE FROM event WHERE root_key = :root AND seq = 1"],
        event(1, "is missing: it was deleted"),
    ),
    "truncate": (
        ["DELETE FROM event WHERE root_key = :root AND seq > 12"],
        lambda ward: [
            f"event(root_key={ward.root}, seq={n}) is missing: it was deleted"
            for n in range(13, 18)
        ],
    ),
}


@pytest.mark.parametrize("name", list(ATTACKS))
def test_an_attack_on_a_chain_is_named(ward: Ward, name: str) -> None:
    statements, expected = ATTACKS[name]
    ward.sql(*statements)

    found = [line for line in ward.errors() if "after it was sealed" not in line]
    assert found == expected(ward)


def test_a_swap_of_two_events_names_both(ward: Ward) -> None:
    ward.sql(
        "UPDATE event SET seq = -1 WHERE root_key = :root AND seq = 3",
        "UPDATE event SET seq = 3 WHERE root_key = :root AND seq = 4",
        "UPDATE event SET seq = 4 WHERE root_key = :root AND seq = -1",
    )

    found = "\n".join(ward.errors())
    for seq in (3, 4):
        assert f"event(root_key={ward.root}, seq={seq}) was changed" in found


def test_a_swap_between_two_roots_names_both(ward: Ward) -> None:
    ward.sql(
        "UPDATE event SET root_key = -1 WHERE root_key = :root AND seq = 2",
        "UPDATE event SET root_key = :root WHERE seq = 2 AND root_key = "
        "(SELECT min(key) FROM root WHERE kind = 'process' AND key > 0)",
        "UPDATE event SET root_key = (SELECT min(key) FROM root WHERE kind = 'process') "
        "WHERE root_key = -1",
    )

    found = [line for line in ward.errors() if CHANGED in line]
    assert len(found) == 2
    assert any(f"root_key={ward.root}, seq=2" in line for line in found)


def test_a_truncation_with_a_mended_head_is_found_by_the_seal(ward: Ward) -> None:
    ward.sql(
        "DELETE FROM event WHERE root_key = :root AND seq > 12",
        "UPDATE root SET seq = 12, head = "
        "(SELECT hash FROM event WHERE root_key = :root AND seq = 12) WHERE key = :root",
    )

    sealed = f"event(root_key={ward.root}, seq=17) is missing: it was deleted after it was sealed"
    assert sealed in ward.errors()


def test_a_root_that_is_gone_is_named(ward: Ward) -> None:
    ward.sql("DELETE FROM event WHERE root_key = :root", "DELETE FROM root WHERE key = :root")

    assert f"root(key={ward.root}) is missing: it was deleted" in ward.errors()


def test_a_root_without_its_row_leaves_events_behind(ward: Ward) -> None:
    ward.sql("DELETE FROM root WHERE key = :root")

    assert f"root(key={ward.root}) is missing: it was deleted" in ward.errors()


SEALS = {
    "edit-seal": ("UPDATE seal SET at = at + 1 WHERE number = 1", "seal(number=1) was changed"),
    "edit-leaf": ("UPDATE seal_leaf SET seq = 15 WHERE root_key = :root", "seal(number=1) does"),
    "delete-leaf": ("DELETE FROM seal_leaf WHERE root_key = :root", "seal(number=1) does"),
    "delete-first": ("DELETE FROM seal WHERE number = 1", "seal(number=1) is missing"),
    "delete-last": ("DELETE FROM seal_leaf WHERE seal_number = 2", "seal(number=2) does not"),
}


@pytest.mark.parametrize("name", list(SEALS))
def test_an_attack_on_a_seal_is_named(ward: Ward, name: str) -> None:
    Story(ward.store).complete(ward.task)
    assert ward.store.seal() == 1
    statement, expected = SEALS[name]
    ward.sql(statement)

    assert any(line.startswith(expected) for line in ward.errors()), ward.errors()


def test_a_last_seal_that_is_gone_is_missed(ward: Ward) -> None:
    Story(ward.store).complete(ward.task)
    ward.store.seal()
    ward.sql("DELETE FROM seal WHERE number = 2", "DELETE FROM seal_leaf WHERE seal_number = 2")

    (found,) = ward.errors()
    assert found.startswith(f"seal_leaf(root_key={ward.root}, seq=")


EDITS = {
    "process_instance": {"state": "'COMPLETED'", "started_at": "started_at - 1", "unit_id": "'1/'"},
    "element_instance": {"element_id": "'x'"},
    "user_task": {
        "name": "'x'",
        "sealed": "true",
        "due_at": "5",
        "candidate_groups": "'[\"x\"]'",
        "headers": "'no JSON'",
    },
    "job": {"retries": "9", "error_message": "'x'", "retry_at": "5"},
    "incident": {"message": "'x'", "state": "'RESOLVED'"},
    "subscription": {"correlation_key": "'HS-2'"},
    "timer": {"due_at": "5"},
    "variable": {"value": "'3'", "live": "false", "tenant_id": "'79'"},
}


def test_every_edited_row_is_named_with_its_columns(ward: Ward) -> None:
    before = {table: rows(ward, table) for table in EDITS}
    for table, columns in EDITS.items():
        assignments = ", ".join(f"{name} = {value}" for name, value in columns.items())
        ward.sql(f"UPDATE {table} SET {assignments} WHERE root_key = :root")

    found = ward.errors()
    for table, columns in EDITS.items():
        named = [line for line in found if line.startswith(f"{table}(")]
        assert len(named) == before[table] > 0
        for line in named:
            assert line.endswith(f") was changed in {', '.join(sorted(columns))}")
    assert len(found) == sum(before.values())


def test_every_deleted_row_is_named(ward: Ward) -> None:
    before = {table: rows(ward, table) for table in EDITS}
    for table in EDITS:
        ward.sql(f"DELETE FROM {table} WHERE root_key = :root")

    found = ward.errors()
    for table, count in before.items():
        gone = [line for line in found if line.startswith(f"{table}(")]
        assert len(gone) == count > 0
        assert all(line.endswith("is missing: it was deleted") for line in gone)


def rows(ward: Ward, table: str) -> int:
    """How many rows of a table hang on the root."""
    with ward.store.database.reading() as connection:
        statement = text(f"SELECT count(*) FROM {table} WHERE root_key = :root")
        return int(connection.execute(statement, {"root": ward.root}).scalar_one())


def test_candidates_are_accounted_for(ward: Ward) -> None:
    key = ward.task.key
    ward.sql(
        "DELETE FROM task_candidate WHERE task_key = :task AND group_id = 'h'",
        "INSERT INTO task_candidate (group_id, kind, task_key) VALUES ('boss', 'group', :task)",
    )

    assert sorted(ward.errors()) == [
        f"task_candidate(group_id=boss, kind=group, task_key={key}) "
        "was added: no event tells of it",
        f"task_candidate(group_id=h, kind=group, task_key={key}) is missing: it was deleted",
    ]


def test_values_swapped_between_two_rows_name_both(ward: Ward) -> None:
    ward.sql(
        "UPDATE variable SET value = CASE name WHEN 'phí' THEN '\"Đặng\"' ELSE '2.50' END "
        "WHERE root_key = :root"
    )

    found = sorted(ward.errors())
    root = ward.root
    assert found == [
        f"variable(scope_key={root}, name=phí) was changed in value",
        f"variable(scope_key={root}, name=tên) was changed in value",
    ]


OTHERS = {
    "snapshot": ("UPDATE root SET snapshot = salt WHERE key = :root", "was changed in snapshot"),
    "head": ("UPDATE root SET head = salt WHERE key = :root", "was changed: its head"),
    "count": ("UPDATE root SET seq = 15 WHERE key = :root", "was changed: it counts 15 events"),
    "unit": ("UPDATE root SET unit_id = '01/' WHERE key = :root", "was changed in tenant_id"),
    "rights": ("UPDATE account SET roles = '[\"admin\"]'", "was changed without a command"),
    "account": ("DELETE FROM account", "is missing: it was deleted"),
    "file": ("UPDATE resource SET content = sha256", "was changed: its content"),
    "deployed": (
        "UPDATE deployment_resource SET name = 'c.bpmn' WHERE name = 'a.bpmn'",
        "was changed without a deployment",
    ),
    "decision": ("UPDATE decision_instance SET result = '9'", "was changed, or one"),
    "no-json": ("UPDATE decision_instance SET inputs = 'x'", "was changed, or one"),
    "one-decision": ("DELETE FROM decision_instance WHERE number = 1", "was changed, or one"),
    "decisions": ("DELETE FROM decision_instance", "is missing: it was deleted"),
    "evaluation": ("UPDATE decision_instance SET evaluation_key = 5", "was added: no event"),
    "version": (
        "UPDATE process_definition SET resource_name = 'x'",
        "its deployment has no such file",
    ),
}


@pytest.mark.parametrize("name", list(OTHERS))
def test_other_rows_are_proved_too(ward: Ward, name: str) -> None:
    statement, expected = OTHERS[name]
    if name == "file" and not ward.store.database.is_sqlite:
        statement = "UPDATE resource SET content = sha256::bytea"
    ward.sql(statement)

    assert any(expected in line for line in ward.errors()), ward.errors()


def test_erasing_values_and_salt_keeps_the_chain_whole(ward: Ward) -> None:
    ward.sql(
        "UPDATE variable SET value = 'null' WHERE root_key = :root",
        "UPDATE incident SET message = '' WHERE root_key = :root",
        "UPDATE root SET salt = NULL WHERE key = :root",
    )

    assert ward.errors() == []


def test_one_root_can_be_examined_alone(ward: Ward) -> None:
    ward.sql("UPDATE event SET actor = 'x' WHERE seq = 3")

    found = examine(ward.settings, root_key=ward.root)
    places = [t.place for t in found.troubles if t.severity == "error"]
    assert places == [f"event(root_key={ward.root}, seq=3)"]
    assert (found.roots, found.events) == (1, 17)
