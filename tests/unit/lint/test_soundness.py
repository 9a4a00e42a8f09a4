"""Warnings on the flow graph: found where a model stalls, silent where it does not."""

from __future__ import annotations

from itertools import pairwise

import pytest

from engine.runtime.lint.dominance import components, dominators


def _flow(source: str, target: str, condition: str = "") -> str:
    ends = f'id="{source}-{target}" sourceRef="{source}" targetRef="{target}"'
    inner = f"<conditionExpression>={condition}</conditionExpression>" if condition else ""
    return f"<sequenceFlow {ends}>{inner}</sequenceFlow>"


def _chain(*ids: str) -> str:
    return "".join(_flow(source, target) for source, target in pairwise(ids))


NODES = {
    "s": '<startEvent id="s"/>',
    "e": '<endEvent id="e"/>',
    "x": '<exclusiveGateway id="x" default="x-b"/>',
    "m": '<exclusiveGateway id="m"/>',
    "f": '<parallelGateway id="f"/>',
    "j": '<parallelGateway id="j"/>',
    "a": '<task id="a"/>',
    "b": '<task id="b"/>',
    "c": '<task id="c"/>',
    "u": '<userTask id="u"/>',
    "sc": '<scriptTask id="sc"><extensionElements>'
    '<zeebe:script expression="=n + 1" resultVariable="n"/></extensionElements></scriptTask>',
}


def body(nodes: str, *flows: str) -> str:
    return "".join(NODES[name] for name in nodes.split()) + "".join(flows)


CHOICE = (_flow("x", "a", "p"), _flow("x", "b"))


@pytest.mark.parametrize(
    ("model", "stalls"),
    [
        (
            body("s x a b j e", _chain("s", "x"), *CHOICE, _chain("a", "j", "e"), _chain("b", "j")),
            True,
        ),
        (
            body("s x a b m e", _chain("s", "x"), *CHOICE, _chain("a", "m", "e"), _chain("b", "m")),
            False,
        ),
        (body("s f a b j e", _chain("s", "f", "a", "j", "e"), _chain("f", "b", "j")), False),
        # A choice inside one branch of a fork is merged before the join.
        (
            body(
                "s f x a b c m j e",
                _chain("s", "f", "x"),
                *CHOICE,
                _chain("a", "m", "j", "e"),
                _chain("b", "m"),
                _chain("f", "c", "j"),
            ),
            False,
        ),
        # The same choice led into the join directly.
        (
            body(
                "s f x a b c j e",
                _chain("s", "f", "x"),
                *CHOICE,
                _chain("a", "j", "e"),
                _chain("b", "j"),
                _chain("f", "c", "j"),
            ),
            True,
        ),
    ],
)
def test_a_choice_led_into_a_parallel_join(warnings, model: str, stalls: bool) -> None:
    assert (("split-join-mismatch", "j") in warnings(model)) == stalls


@pytest.mark.parametrize(
    ("inside", "endless"), [("a", True), ("u", False), ("sc", False), ("a sc", False)]
)
def test_a_loop_that_nothing_can_stop(warnings, inside: str, endless: bool) -> None:
    names = inside.split()
    model = body(f"s m x b e {inside}") + _chain("s", "m", *names, "x") + _flow("x", "m", "go")
    found = warnings(model + _flow("x", "b") + _chain("b", "e"))

    assert (("endless-loop", "m") in found) == endless


def test_components_of_a_long_chain_need_no_recursion() -> None:
    size = 50_000
    graph = [[index + 1] for index in range(size)] + [[0]]

    assert [len(component) for component in components(graph)] == [size + 1]


def test_dominators() -> None:
    #      0 -> 1 -> 2, 3 -> 4 -> 1 (back), 4 -> 5; 6 is out of reach
    graph = [[1], [2, 3], [4], [4], [1, 5], [], [5]]

    assert dominators(graph) == [0, 0, 1, 1, 1, 4, -1]
