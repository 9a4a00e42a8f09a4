"""Every command and every search, tried by somebody who has no business here."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import get_args

import pytest

from engine.commands.registry import ABILITIES
from engine.dispatch import CommandEngine
from engine.domain.actors import Actor
from engine.errors import Forbidden, NotFound
from engine.ports.views import Noun, Query
from engine.testing import EngineDriver
from tests.contract.engine.models import end, process, service_task, start, user_task

BUSY = process(
    "busy",
    [start(), user_task("check", "reception"), service_task("work", "w"), end()],
    ["start check", "start work", "check end", "work end"],
)
NOBODY = Actor(name="nobody")
CLERK = Actor(name="elsewhere", roles=frozenset({"clerk"}), groups=("x",), unit_id="01/00070/")
ABROAD = Actor(name="abroad", roles=frozenset({"admin"}), tenant_id="another-province")
# What every tenant may know: which procedures exist is public law, who works here is not.
OPEN: set[str] = {"deployment", "process_definition", "decision_definition"}
OPEN |= {"decision_requirements"}
GUARDED = sorted(
    (kind for kind, ability in ABILITIES.items() if ability.permission != "anybody"),
    key=lambda kind: kind.__name__,
)


@pytest.fixture
def busy(driver: EngineDriver) -> EngineDriver:
    driver.deploy(BUSY)
    driver.start("busy", applicant="Hồ Thị Hạnh")
    return driver


def sample(kind: type) -> object:
    """The command with some value in each field that needs one."""
    needed = {
        field.name: 1 if "Key" in str(field.type) else ()
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    }
    return kind(**needed)


@pytest.mark.parametrize("kind", GUARDED)
def test_command_is_refused_before_it_looks_at_anything(engine: CommandEngine, kind: type) -> None:
    with pytest.raises(Forbidden):
        engine.execute(sample(kind), NOBODY)


@pytest.mark.parametrize("noun", get_args(Noun))
@pytest.mark.parametrize("stranger", [NOBODY, CLERK, ABROAD], ids=lambda each: each.name)
def test_search_shows_a_stranger_nothing(busy: EngineDriver, noun: Noun, stranger: Actor) -> None:
    page = busy.engine.views.search(noun, stranger, Query())

    if noun in OPEN and stranger is not ABROAD:
        assert page.total >= 0
    elif noun == "account" and stranger is ABROAD:
        assert all(row["tenant_id"] == "another-province" for row in page.items)
    else:
        assert page.items == ()
        assert page.total == 0


@pytest.mark.parametrize("stranger", [CLERK, ABROAD], ids=lambda each: each.name)
def test_subject_of_others_does_not_exist(busy: EngineDriver, stranger: Actor) -> None:
    instance = busy.start("busy")
    key = instance.task_key("check")

    assert busy.engine.views.get("user_task", stranger, key) is None
    assert busy.engine.views.get("process_instance", stranger, instance.key) is None
    with pytest.raises((NotFound, Forbidden)):
        instance.claim("check", stranger)
    assert instance.tasks() == ["check"]
