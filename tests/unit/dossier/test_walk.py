"""Paths of a diagram whose codes the portal's table forbids."""

from __future__ import annotations

from engine.domain.dossier.walk import Graph, illegal_steps


def graph(codes: dict[str, int], *flows: str, **more: object) -> Graph:
    """Flows as ``a b``; the first node is the start."""
    found: dict[str, tuple[str, ...]] = {}
    for flow in flows:
        source, target = flow.split()
        found[source] = (*found.get(source, ()), target)
    start = flows[0].split()[0]
    return Graph(starts=(start,), flows=found, codes=codes, **more)  # type: ignore[arg-type]


def told(of: Graph) -> list[tuple[str, int, int]]:
    return [(step.node, step.before, step.after) for step in illegal_steps(of)]


def test_a_legal_road_is_silent() -> None:
    codes = {"work": 4, "sign": 9, "give": 10}
    assert told(graph(codes, "s work", "work sign", "sign give")) == []


def test_a_jump_is_told_with_its_path() -> None:
    (step,) = illegal_steps(graph({"give": 10}, "s work", "work give"))

    assert (step.before, step.after, step.path) == (2, 10, ("s", "work", "give"))


def test_only_the_branch_that_is_wrong() -> None:
    codes = {"work": 4, "done": 9, "give": 10}
    assert told(graph(codes, "s work", "work done", "done give", "work give")) == [("give", 4, 10)]


def test_a_loop_ends_and_a_finished_dossier_does_not_go_back() -> None:
    codes = {"work": 4, "done": 9}
    assert told(graph(codes, "s work", "work done", "done work")) == [("work", 9, 4)]


def test_a_detour_is_over_when_its_element_is_left() -> None:
    codes = {"pay": 6, "work": 4, "done": 9}
    assert told(graph(codes, "s pay", "pay work", "work done")) == []
    assert told(graph(codes, "s work", "work pay", "pay done")) == []
    assert told(graph({"ask": 5, "no": 3}, "s ask", "ask no")) == [("no", 5, 3)]


def test_a_boundary_leaves_in_the_state_of_its_host() -> None:
    codes = {"ask": 5, "late": 8}
    of = graph(codes, "s ask", "ask end", "timer late", boundary={"ask": ("timer",)})
    assert told(of) == []


def test_an_event_that_the_table_would_refuse_is_no_path() -> None:
    codes = {"done": 9, "withdraw": 7, "gone": 8}
    flows = ("s done", "begin withdraw", "withdraw gone")
    assert told(graph(codes, *flows, guarded={"done": ("begin",)})) == [("done", 2, 9)]
    legal = {"work": 4, "withdraw": 7, "gone": 10}
    flows = ("s work", "begin withdraw", "withdraw gone")
    assert told(graph(legal, *flows, guarded={"work": ("begin",)})) == [("gone", 7, 10)]
