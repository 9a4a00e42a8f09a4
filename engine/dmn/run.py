"""One evaluation of a model: its budget, what is known so far, what is noted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from engine.dmn.syntax import Where
from engine.dmn.trace import DecisionTrace, EvaluationWarning, TableTrace
from engine.feel import Environment, Evaluation, FeelWarning

if TYPE_CHECKING:
    from engine.dmn.graph import Graph

Scope: TypeAlias = dict[str, object]
Key: TypeAlias = tuple[str, str]

_NOTED = 200


class Run:
    """State of one evaluation; compiled nodes are shared, a run is not.

    ``ambient`` holds given values that the model does not declare: every
    decision sees them, as modelers who draw no inputs expect.
    """

    def __init__(
        self, graph: Graph, given: Mapping[str, object], declared: frozenset[str], env: Environment
    ) -> None:
        self.graph = graph
        self.given = given
        self.ambient = {name: given[name] for name in given if name not in declared}
        self._feel_warnings: list[FeelWarning] = []
        self.feel = Evaluation(env, self._feel_warnings)
        self.values: dict[Key, object] = {}
        self.trace: list[DecisionTrace] = []
        self.tables: list[TableTrace] = []
        self.warnings: list[EvaluationWarning] = []

    def within(self, values: dict[Key, object]) -> Run:
        """A run inside this one that knows only ``values``: the body of a decision service."""
        inner = object.__new__(Run)
        inner.__dict__.update(self.__dict__)
        inner.given = {}
        inner.ambient = {}
        inner.values = values
        inner.tables = []
        return inner

    def given_value(self, namespace: str, *names: str) -> tuple[bool, object]:
        """Whether an input was given by one of its names; ``{namespace}name`` is more exact."""
        for name in names:
            for key in (f"{{{namespace}}}{name}", name):
                if key in self.given:
                    return True, self.given[key]
        return False, None

    def note(self, where: Where, code: str, sentence: str) -> None:
        """Keep why something became null."""
        if len(self.warnings) < _NOTED:
            self.warnings.append(EvaluationWarning(where, code, sentence))

    def untold(self) -> tuple[EvaluationWarning, ...]:
        """What was noted since the last decision was made."""
        told = sum(len(trace.warnings) for trace in self.trace)
        return tuple(self.warnings[told:])

    def feel_noted(self, where: Where) -> None:
        """Say where the FEEL warnings since the last call came from."""
        if self._feel_warnings:
            for warning in self._feel_warnings:
                self.note(where, warning.code, str(warning))
            self._feel_warnings.clear()


Node: TypeAlias = Callable[[Scope, Run], object]
Check: TypeAlias = Callable[[object, Scope, Run], bool | None]
