"""Every event changes rows in one known way, or is history on purpose."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime

import pytest

from engine.domain import events
from engine.domain.events import Event, TaskCanceled, TaskCreated, TaskUpdated
from engine.domain.ids import DefinitionRef, InstanceRef
from engine.domain.records import Visibility
from engine.store import chain
from engine.store.appliers import Projection, apply, registered
from engine.store.rows import Rows
from engine.store.tables import task_candidate, user_task

KINDS = [getattr(events, name) for name in events.__all__ if getattr(events, name) is not Event]
INSTANCE = InstanceRef(
    key=5, root_key=5, definition=DefinitionRef(key=9, process_id="p", version=1)
)


@pytest.fixture
def to() -> Projection:
    return Projection(Rows(), 5, Visibility(unit_id="48/"), datetime(2026, 11, 20, tzinfo=UTC))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_event_has_an_applier_and_a_wire_name(kind: type[Event]) -> None:
    assert kind in registered()
    assert chain.wires()[kind.wire] is kind
    assert kind.wire.startswith("motcua.")
    assert kind.wire.endswith(".v1")


def test_wire_names_are_different() -> None:
    assert len({kind.wire for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_message_text_is_never_public(kind: type[Event]) -> None:
    for field in fields(kind):
        if field.name in ("message", "correlation_key", "variables", "value", "decisions"):
            assert field.metadata.get("private"), f"{kind.__name__}.{field.name}"


def created(**more: object) -> TaskCreated:
    return TaskCreated(
        key=7,
        instance=INSTANCE,
        element_key=6,
        element_id="e",
        **more,  # type: ignore[arg-type]
    )


def test_a_task_copies_who_may_see_it(to: Projection) -> None:
    apply(created(candidate_groups=("g", "g"), candidate_users=("u",)), to)

    (row,) = to.rows.find(user_task)
    assert (row["unit_id"], row["state"], row["root_key"]) == ("48/", "CREATED", 5)
    invited = {(c["group_id"], c["kind"]) for c in to.rows.find(task_candidate)}
    assert invited == {("g", "group"), ("u", "user")}


def test_a_closure_reaches_rows_seen_and_unseen(to: Projection) -> None:
    apply(created(), to)
    apply(TaskCanceled(element_key=6), to)

    (row,) = to.rows.find(user_task)
    assert (row["state"], row["revision"]) == ("CANCELED", 2)
    (closure,) = to.rows.of(user_task).closures
    assert closure.hits({"element_key": 6, "state": "CREATED"})
    assert not closure.hits({"element_key": 6, "state": "COMPLETED"})
    assert not closure.hits({"element_key": 8, "state": "CREATED"})


def test_an_attribute_that_cannot_change_is_a_bug(to: Projection) -> None:
    with pytest.raises(KeyError, match="state"):
        apply(TaskUpdated(key=7, element_key=6, changes={"state": "COMPLETED"}), to)


def test_an_unknown_column_is_a_bug(to: Projection) -> None:
    with pytest.raises(KeyError, match="no column colour"):
        to.rows.insert(user_task, key=1, colour="red")
