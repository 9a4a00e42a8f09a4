"""Moving and migrating tokens, restored from the snapshot before and after every call."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine.domain.ids import DefinitionRef
from engine.errors import Conflict, InvalidInput, MigrationRefused
from engine.ports.repair import Modification, Move, Termination
from tests.unit.runtime.models import (
    COMPENSATE,
    MESSAGE,
    ROOTS,
    boundary,
    end,
    event_sub,
    start,
    sub,
    tasks,
    throw,
    timer,
)
from tests.unit.runtime.world import Driver, chain, process


def undoable(name: str, handler: bool = True) -> str:
    if not handler:
        return f'<userTask id="{name}"/>'
    return (
        f'<userTask id="{name}"/>'
        + boundary(f"b-{name}", name, COMPENSATE)
        + f'<userTask id="undo-{name}" isForCompensation="true"/>'
        + f'<association id="as-{name}" sourceRef="b-{name}" targetRef="undo-{name}"/>'
    )


def begin(body: str) -> Driver:
    return Driver(process(body, extra=ROOTS), every_turn=True)


def migrate(driver: Driver, body: str, **mapping: str) -> None:
    """Onto another version of the same process."""
    world = driver.world
    ref = DefinitionRef(key=world.next_key(), process_id="p", version=2)
    old = world.files["p"]
    world.files["p"] = process(body, extra=ROOTS)
    key = driver.instance.key
    try:
        driver._run(lambda p: p.migrate(key, ref, mapping, same_ids=True))
    except Exception:
        world.files["p"] = old
        raise
    driver.instance = type(driver.instance)(key=key, root_key=key, definition=ref)


def move(driver: Driver, source: str, target: str) -> None:
    changes = Modification(move=(Move(source=Termination(element_id=source), target_id=target),))
    driver._run(lambda p: p.modify(driver.instance.key, changes))


def scoped(inner: str) -> str:
    return start() + sub("u", start("us") + inner) + tasks("z") + chain("s", "u", "z")


def test_an_event_sub_process_of_the_new_version_listens() -> None:
    note = event_sub(
        "n", start("ns", MESSAGE, interrupting=False) + tasks("n1") + chain("ns", "n1")
    )
    body = start() + tasks("a") + end() + chain("s", "a", "e")
    driver = begin(body)
    migrate(driver, body + note)

    driver.message("M")

    assert driver.open() == ["a", "n1"]
    migrate_back = body
    driver.complete("n1")
    migrate(driver, migrate_back)
    assert driver.subscriptions == {}
    driver.complete("a")
    assert driver.finished


def test_what_can_be_undone_keeps_its_handler() -> None:
    def body(name: str, handler: bool = True) -> str:
        return (
            start() + undoable(name, handler) + tasks("d") + throw("undo", COMPENSATE) + end()
            + chain("s", name, "d", "undo", "e")
        )  # fmt: skip

    driver = begin(body("a"))
    driver.complete("a", x=1)
    with pytest.raises(MigrationRefused) as refused:
        migrate(driver, body("a", handler=False))
    assert {fault.code for fault in refused.value.faults} == {"compensation-not-mapped"}

    migrate(driver, body("b"), a="b")
    driver.complete("d")
    assert driver.open() == ["undo-b"]
    with pytest.raises(MigrationRefused) as running:
        migrate(driver, body("b"))
    assert "compensation-running" in {fault.code for fault in running.value.faults}
    driver.complete("undo-b")
    assert driver.finished


def test_a_handler_is_not_moved_half_way() -> None:
    body = (
        start() + undoable("a") + throw("undo", COMPENSATE) + tasks("z")
        + chain("s", "a", "undo", "z")
    )  # fmt: skip
    driver = begin(body)
    driver.complete("a")

    with pytest.raises(Conflict) as refused:
        move(driver, "undo-a", "z")

    assert refused.value.reason == "compensation-running"
    assert driver.open() == ["undo-a"]


def test_a_cycle_goes_on_counting() -> None:
    def body(host: str) -> str:
        remind = boundary("r", host, timer("Cycle", "R3/PT1H"), interrupting=False)
        return start() + tasks(host, "x") + remind + end() + chain("s", host, "e") + chain("r", "x")

    driver = begin(body("a"))
    driver.pass_time(timedelta(minutes=90))
    migrate(driver, body("b"), a="b")

    assert driver.pass_time(timedelta(hours=5)) == 2
    # The driver knows a task by the id it was created with.
    assert driver.open() == ["a", "x", "x", "x"]
    assert '"b"' in driver.snapshot.decode()


@pytest.mark.parametrize("restores", [1, 3])
def test_tokens_move_in_and_out_of_a_scope(restores: int) -> None:
    driver = begin(scoped(tasks("i", "j") + chain("us", "i", "j")))
    for _ in range(restores):
        move(driver, "i", "z")
        assert driver.open() == ["z"]
        move(driver, "z", "i")
        assert driver.open() == ["i"]
    driver.complete("i")
    driver.complete("j")
    driver.complete("z")
    assert driver.finished


def test_a_refused_change_leaves_the_snapshot_alone() -> None:
    driver = begin(scoped(tasks("i") + chain("us", "i")))
    before = driver.snapshot
    wrong: list[Any] = [("i", "ghost"), ("ghost", "z"), ("i", "us")]

    for source, target in wrong:
        with pytest.raises(InvalidInput):
            move(driver, source, target)

    assert driver.snapshot == before
