"""Who may see, take, hand out and complete a task."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.commands import guards
from engine.domain.actors import Actor
from engine.domain.ids import DefinitionRef
from engine.domain.records import TaskRecord, Visibility
from engine.errors import Conflict, Forbidden, NotFound, PreconditionFailed

HAI_CHAU, TRA_LINH = "48/20242/", "48/20950/"

TASK = TaskRecord(
    key=1,
    root_key=2,
    instance_key=2,
    element_key=3,
    definition=DefinitionRef(key=4, process_id="p", version=1),
    element_id="review",
    name="Thẩm định",
    state="CREATED",
    assignee=None,
    candidate_groups=("specialist",),
    candidate_users=(),
    form_id=None,
    form_binding="latest",
    form_version_tag=None,
    revision=7,
    visibility=Visibility(unit_id=HAI_CHAU),
)


def clerk(name: str = "duc", group: str = "specialist", unit: str = HAI_CHAU) -> Actor:
    return Actor(name=name, roles=frozenset({"clerk"}), groups=(group,), unit_id=unit)


def test_candidate_may_complete_while_nobody_holds_the_task() -> None:
    guards.require_may_complete(TASK, clerk())

    with pytest.raises(Forbidden) as refusal:
        guards.require_may_complete(replace(TASK, assignee="mai"), clerk())
    assert refusal.value.reason == "task-held-by-other"


def test_other_group_may_not_complete() -> None:
    with pytest.raises(Forbidden) as refusal:
        guards.require_may_complete(TASK, clerk(group="records"))

    assert refusal.value.reason == "task-not-candidate"


def test_stranger_does_not_know_of_the_task() -> None:
    stranger = clerk(name="lan", group="reception", unit=TRA_LINH)

    with pytest.raises(NotFound):
        guards.require_task_visible(TASK, stranger)


@pytest.mark.parametrize(
    ("unit", "sealed", "seen"),
    [
        ("", False, True),
        ("48/", False, True),
        (HAI_CHAU, False, True),
        (TRA_LINH, False, False),
        ("48/", True, False),
        (HAI_CHAU, True, True),
    ],
)
def test_units_see_themselves_and_below_and_sealed_rows_only_at_home(
    unit: str, sealed: bool, seen: bool
) -> None:
    supervisor = Actor(name="phuoc", roles=frozenset({"supervisor"}), unit_id=unit)
    visibility = Visibility(unit_id=HAI_CHAU, sealed=sealed)

    assert guards.sees_visible(supervisor, visibility) is seen


def test_other_province_sees_nothing() -> None:
    admin = Actor(name="admin", roles=frozenset({"admin"}), tenant_id="hue")

    assert not guards.sees_visible(admin, Visibility())


def test_clerk_takes_a_task_but_does_not_hand_it_out() -> None:
    guards.require_may_hand_out(TASK, clerk(), "duc")

    with pytest.raises(Forbidden):
        guards.require_may_hand_out(TASK, clerk(), "mai")


def test_finished_task_and_stale_revision_are_refused() -> None:
    with pytest.raises(Conflict) as closed:
        guards.require_open(replace(TASK, state="COMPLETED"))
    assert closed.value.reason == "task-not-open"

    guards.require_revision(7, None)
    guards.require_revision(7, 7)
    with pytest.raises(PreconditionFailed):
        guards.require_revision(7, 6)
