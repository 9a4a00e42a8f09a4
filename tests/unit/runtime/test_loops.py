"""Multi-instance and standard loops."""

from __future__ import annotations

import pytest

from engine.domain.events import ElementActivated
from tests.unit.runtime.models import (
    ERROR,
    ROOTS,
    boundary,
    end,
    job,
    script,
    start,
    sub,
    tasks,
)
from tests.unit.runtime.world import Driver, chain, process


def mi(attributes: str = "", inner: str = "", **extension: str) -> str:
    extra = " ".join(f'{key}="{value}"' for key, value in extension.items())
    zeebe = f"<zeebe:loopCharacteristics {extra}/>" if extra else ""
    return (
        f"<multiInstanceLoopCharacteristics {attributes}><extensionElements>{zeebe}"
        f"</extensionElements>{inner}</multiInstanceLoopCharacteristics>"
    )


def looped(loop: str, variables: dict[str, object] | None = None, more: str = "") -> Driver:
    body = start() + f'<userTask id="t">{loop}</userTask>' + tasks("z") + chain("s", "t", "z")
    return Driver(process(body + more, extra=ROOTS), variables)


COLLECT = {
    "inputCollection": "=items",
    "inputElement": "item",
    "outputCollection": "results",
    "outputElement": "=result",
}


def test_parallel_collects_results_in_order_of_the_items() -> None:
    driver = looped(mi(**COLLECT), {"items": ["a", "b", "c"]})
    assert driver.open() == ["t", "t", "t"]
    keys = list(driver.tasks)
    for key in reversed(keys):
        item = driver.variables[key]["item"].strip('"')
        del driver.tasks[key]
        driver._run(lambda p, key=key, item=item: p.submit(key, {"result": item.upper()}))
    assert driver.open() == ["z"]
    assert driver.value("results") == ["A", "B", "C"]
    assert driver.names() == {"items", "results"}


def test_sequential_runs_one_at_a_time_over_the_collection_as_it_was() -> None:
    driver = looped(mi('isSequential="true"', **COLLECT), {"items": [1, 2, 3]})
    for number in (1, 2, 3):
        assert driver.open() == ["t"]
        (key,) = driver.tasks
        assert driver.variables[key]["item"] == str(number)
        assert driver.variables[key]["loopCounter"] == str(number)
        driver.complete("t", result=number * 2, items=[])
    assert driver.value("results") == [2, 4, 6]


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_empty_collection_passes(sequential: str) -> None:
    driver = looped(mi(f'isSequential="{sequential}"', **COLLECT), {"items": []})
    assert driver.open() == ["z"]
    assert driver.value("results") == []


def test_none_items_do_not_stop_a_sequence() -> None:
    driver = looped(mi('isSequential="true"', **COLLECT), {"items": [None, None]})
    driver.complete("t", result=1)
    driver.complete("t", result=None)
    assert driver.value("results") == [1, None]


def test_completion_condition_cuts_the_others_short() -> None:
    condition = (
        "<completionCondition>=numberOfCompletedInstances &gt;= 2 and numberOfActiveInstances = 3"
        "</completionCondition>"
    )
    driver = looped(mi("", condition, inputCollection="=items"), {"items": [1, 2, 3, 4, 5]})
    driver.complete("t")
    driver.complete("t")
    assert driver.open() == ["z"]


def test_condition_sees_the_results_so_far() -> None:
    condition = '<completionCondition>=some x in results satisfies x = "no"</completionCondition>'
    driver = looped(mi("", condition, **COLLECT), {"items": [1, 2, 3]})
    driver.complete("t", result="yes")
    assert driver.open() == ["t", "t"]
    driver.complete("t", result="no")
    assert driver.open() == ["z"]
    assert driver.value("results") == ["yes", "no", None]


def test_a_bad_completion_condition_parks_that_instance_only() -> None:
    condition = "<completionCondition>=stop</completionCondition>"
    driver = looped(mi("", condition, **COLLECT), {"items": [1, 2]})
    driver.complete("t", result="a")
    (incident,) = driver.incidents.values()
    assert incident.element_id == "t"
    driver.set(stop=False)
    driver.retry("t")
    driver.complete("t", result="b")
    assert driver.value("results") == ["a", "b"]


def test_standard_attributes_without_extension() -> None:
    inner = (
        "<loopDataInputRef>items</loopDataInputRef><loopDataOutputRef>out</loopDataOutputRef>"
        '<inputDataItem name="x"/><outputDataItem name="y"/>'
    )
    driver = looped(mi("", inner), {"items": [1, 2]})
    driver.complete("t", y="p")
    driver.complete("t", y="q")
    assert driver.value("out") == ["p", "q"]


@pytest.mark.parametrize(("text", "count"), [("3", 3), ("=n + 1", 5), ("0", 0)])
def test_cardinality(text: str, count: int) -> None:
    driver = looped(mi("", f"<loopCardinality>{text}</loopCardinality>"), {"n": 4})
    assert driver.open() == (["t"] * count or ["z"])


@pytest.mark.parametrize("items", [5, None, {"a": 1}])
def test_what_is_no_list_is_an_incident(items: object) -> None:
    driver = looped(mi(inputCollection="=items"), {"items": items})
    (incident,) = driver.incidents.values()
    assert incident.error_type == "EXTRACT_VALUE_ERROR"
    driver.set(items=[1])
    driver.retry("t")
    assert driver.open() == ["t"]


def test_multi_instance_sub_process_caught_by_its_border() -> None:
    body = (
        start()
        + sub(
            "u",
            start("us") + job("j") + chain("us", "j") + mi(inputCollection="=items"),
        )
        + boundary("b", "u", ERROR)
        + tasks("c", "z")
        + chain("s", "u", "z")
        + chain("b", "c")
    )
    driver = Driver(process(body, extra=ROOTS), {"items": [1, 2, 3]})
    assert driver.open() == ["j", "j", "j"]
    driver.error("j", "E1")
    assert driver.open() == ["c"]
    types = [e.element_type for e in driver.of(ElementActivated) if e.element_id == "u"]
    assert types == ["MULTI_INSTANCE_BODY", "SUB_PROCESS", "SUB_PROCESS", "SUB_PROCESS"]


@pytest.mark.parametrize(
    ("attributes", "condition", "rounds"),
    [
        ('loopMaximum="3"', "", 3),
        ("", "n &lt; 3", 3),
        ('loopMaximum="2"', "n &lt; 9", 2),
        ('testBefore="true"', "n &lt; 2", 2),
        ('testBefore="true"', "n &lt; 0", 0),
        ("", "loopCounter &lt; 4", 4),
        ('loopMaximum="0"', "", 0),
    ],
)
def test_standard_loop(attributes: str, condition: str, rounds: int) -> None:
    asked = f"<loopCondition>{condition}</loopCondition>" if condition else ""
    loop = f"<standardLoopCharacteristics {attributes}>{asked}</standardLoopCharacteristics>"
    counting = script("t", "n + 1", "n").replace("</scriptTask>", loop + "</scriptTask>")
    body = start() + counting + end() + chain("s", "t", "e")
    driver = Driver(process(body), {"n": 0})
    assert driver.finished
    assert driver.value("n") == rounds


def test_five_thousand_automatic_rounds_of_each_kind() -> None:
    for loop in (
        '<standardLoopCharacteristics loopMaximum="5000"/>',
        mi('isSequential="true"', "<loopCardinality>5000</loopCardinality>"),
        mi("", "<loopCardinality>5000</loopCardinality>"),
    ):
        counting = script("t", "n + 1", "n").replace("</scriptTask>", loop + "</scriptTask>")
        body = start() + counting + end() + chain("s", "t", "e")
        driver = Driver(process(body), {"n": 0}, every_turn=False)
        assert driver.finished
        assert driver.value("n") == 5000
