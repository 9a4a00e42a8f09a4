"""What an evaluation did, for audit: inputs, matched rules, outputs, and what became null."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.dmn.syntax import Where


@dataclass(frozen=True, slots=True)
class Named:
    """A value at an input or output clause: the clause's id, its label and the value."""

    id: str
    name: str
    value: object


@dataclass(frozen=True, slots=True)
class MatchedRule:
    """A rule that applied: its id, its 1-based place in the table, what it concluded."""

    id: str
    index: int
    outputs: tuple[Named, ...]
    annotations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableTrace:
    """One evaluation of one decision table."""

    id: str
    hit_policy: str
    inputs: tuple[Named, ...]
    rules: tuple[MatchedRule, ...]


@dataclass(frozen=True, slots=True)
class EvaluationWarning:
    """Something became null, or a value did not fit: where, which rule, in words."""

    where: Where
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class DecisionTrace:
    """One decision: what it was given, the tables it went through, what it decided."""

    id: str
    name: str
    namespace: str
    given: Mapping[str, object]
    tables: tuple[TableTrace, ...]
    value: object
    warnings: tuple[EvaluationWarning, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The result of one evaluation and how it came about; ``outputs`` by decision name."""

    value: object
    outputs: Mapping[str, object]
    trace: tuple[DecisionTrace, ...]
    warnings: tuple[EvaluationWarning, ...]
