"""What each part of an expression was worth, for the analyst."""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel.compiler.core import Evaluate
from engine.feel.evaluation import Scope
from engine.feel.syntax.nodes import Literal, Node

_STEP_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the text with its place and its value; ``times`` counts evaluations in loops."""

    start: int
    end: int
    text: str
    value: object
    times: int = 1


class Steps:
    """Collects steps while a traced expression runs; of a loop, the last round is kept."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._steps: dict[tuple[int, int], Step] = {}

    def trace(self, node: Node, evaluate: Evaluate) -> Evaluate:
        """The same callable, leaving a step each time."""
        if isinstance(node, Literal):
            return evaluate
        place = (node.start, node.end)
        text = self._text[node.start : node.end]

        def traced(scope: Scope) -> object:
            value = evaluate(scope)
            before = self._steps.pop(place, None)
            if len(self._steps) < _STEP_LIMIT:
                times = before.times + 1 if before else 1
                self._steps[place] = Step(*place, text, value, times)
            return value

        return traced

    def result(self) -> tuple[Step, ...]:
        """Steps in the order they were finished."""
        return tuple(self._steps.values())
