"""``motcua:notify``: rows for people and groups, read by those they concern only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from engine.commands.notifications import ListNotifications, ReadNotification
from engine.dispatch import CommandEngine
from engine.domain.actors import SYSTEM, Actor
from engine.errors import Forbidden, NotFound
from engine.testing import EngineDriver, InstanceDriver
from tests.contract.engine.models import built_in, end, process, start

GROUP = "reception@ubnd-20242"
MAI = Actor(name="mai", roles=frozenset({"clerk"}), groups=(GROUP,))
DUC = Actor(name="duc", roles=frozenset({"clerk"}), groups=("signer@ubnd-20242",))
ABROAD = Actor(name="mai", roles=frozenset({"clerk"}), groups=(GROUP,), tenant_id="other")


def notify(driver: EngineDriver, headers: Mapping[str, str]) -> InstanceDriver:
    nodes = [start(), built_in("tell", "motcua:notify", headers), end()]
    driver.deploy(process("tells", nodes, ["start tell", "tell end"]))
    return driver.start("tells", name="Hồ Thị Hạnh")


def listed(
    engine: CommandEngine, actor: Actor, *, unread: bool = True
) -> list[Mapping[str, object]]:
    found = engine.execute(ListNotifications(unread=unread), actor).result["notifications"]
    assert isinstance(found, list)
    return found


def read_all(engine: CommandEngine, actor: Actor) -> None:
    for row in listed(engine, actor):
        engine.execute(ReadNotification(key=int(str(row["key"]))), actor)


def test_people_and_groups_are_told(engine: CommandEngine, driver: EngineDriver) -> None:
    headers = {"to": f"duc, {GROUP}, duc", "subject": '= "Hồ sơ của " + name', "text": "Xin xem."}
    instance = notify(driver, headers)

    assert instance.state == "COMPLETED"
    (own,), (groups,) = listed(engine, DUC), listed(engine, MAI)
    assert (own["subject"], own["kind"]) == ("Hồ sơ của Hồ Thị Hạnh", "user")
    assert (groups["recipient"], groups["kind"]) == (GROUP, "group")
    assert listed(engine, ABROAD) == []
    read_all(engine, DUC)
    read_all(engine, MAI)


def test_reading_is_noted_once_and_by_whom(engine: CommandEngine, driver: EngineDriver) -> None:
    other = Actor(name="linh", roles=frozenset({"clerk"}), groups=(GROUP,))
    notify(driver, {"to": GROUP, "subject": "Mới"})
    (row,) = listed(engine, MAI)
    command = ReadNotification(key=int(str(row["key"])))

    with pytest.raises(NotFound):
        engine.execute(command, DUC)
    with pytest.raises(NotFound):
        engine.execute(command, ABROAD)
    engine.execute(command, MAI)
    engine.execute(command, other)
    assert listed(engine, other) == []
    assert listed(engine, other, unread=False)[0]["read_by"] == "mai"
    with pytest.raises(NotFound):
        engine.execute(ReadNotification(key=2**70), MAI)


@pytest.mark.parametrize(
    ("headers", "says"),
    [
        ({"subject": "x"}, "'to' must name"),
        ({"to": "=[]", "subject": "x"}, "'to' must name"),
        ({"to": "duc"}, "'subject' is missing"),
        ({"to": "duc", "subject": "x" * 201}, "have at most 200"),
        ({"to": "duc", "subject": "x", "channel": "sms"}, "can only be 'page'"),
    ],
)
def test_nothing_pretends_to_have_been_told(
    engine: CommandEngine, driver: EngineDriver, headers: dict[str, str], says: str
) -> None:
    instance = notify(driver, headers)

    (incident,) = instance.rows("incident", state="ACTIVE")
    assert says in str(incident["message"])
    assert listed(engine, DUC) == []


def test_old_ones_are_tidied_away(engine: CommandEngine, driver: EngineDriver) -> None:
    notify(driver, {"to": "old", "subject": "Cũ"})
    old = Actor(name="old", roles=frozenset({"clerk"}))
    with engine.store.unit_of_work(SYSTEM) as uow:
        uow.pin_clock(uow.now + timedelta(days=91))
        uow.commit()
    try:
        engine.tidy()
        assert listed(engine, old, unread=False) == []
    finally:
        with engine.store.unit_of_work(SYSTEM) as uow:
            uow.pin_clock(None)
            uow.commit()


def test_who_does_no_tasks_has_no_notifications(engine: CommandEngine) -> None:
    with pytest.raises(Forbidden):
        listed(engine, Actor(name="viewer", roles=frozenset({"viewer"})))
