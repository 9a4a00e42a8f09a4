"""Compiles decision tables.

Cells are compiled column by column; a fault names rule, column and label. An
input or output outside its allowed values counts as null.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.dmn.compile.hit_policies import (
    Outputs,
    PolicyBroken,
    aggregate,
    multiple_hit,
    single_hit,
)
from engine.dmn.compile.priorities import rank_by
from engine.dmn.run import Check, Node, Run, Scope
from engine.dmn.syntax import DecisionTable, InputClause, OutputClause, Rule
from engine.dmn.trace import MatchedRule, Named, TableTrace

if TYPE_CHECKING:
    from engine.dmn.compile.compiler import Compiler

_ALWAYS = frozenset({"", "-"})


@dataclass(frozen=True, slots=True)
class _Input:
    clause: InputClause
    node: Node
    allowed: Check | None


@dataclass(frozen=True, slots=True)
class _Output:
    clause: OutputClause
    name: str
    allowed: Check | None
    rank: Callable[[object], int]
    default: Node | None


@dataclass(frozen=True, slots=True)
class _Rule:
    rule: Rule
    # Column and test of each condition that is not "any".
    conditions: tuple[tuple[int, Check], ...]
    conclusions: tuple[Node, ...]


def compile_table(compiler: Compiler, table: DecisionTable, names: frozenset[str]) -> Node:
    """The closure of a decision table."""
    compiled = _Table(
        table=table,
        inputs=tuple(
            _input(compiler, clause, column, names) for column, clause in enumerate(table.inputs, 1)
        ),
        outputs=tuple(
            _output(compiler, clause, column, names)
            for column, clause in enumerate(table.outputs, 1)
        ),
        rules=tuple(_rule(compiler, table, rule, names) for rule in table.rules),
    )
    return compiled.evaluate


def _input(compiler: Compiler, clause: InputClause, column: int, names: frozenset[str]) -> _Input:
    what = f"input '{clause.label}' (column {column})"
    node = compiler.text(clause.expression.text, clause.expression.where, names, what)
    node = compiler.typed(node, clause.type_ref, clause.where, what)
    allowed = None
    if clause.allowed is not None:
        allowed = compiler.tests(
            clause.allowed.text, clause.allowed.where, names, f"allowed values of {what}"
        )
    return _Input(clause, node, allowed)


def _output(
    compiler: Compiler, clause: OutputClause, column: int, names: frozenset[str]
) -> _Output:
    name = clause.name or clause.label or str(column)
    what = f"output '{name}' (column {column})"
    allowed = None
    rank = rank_by(None)
    if clause.allowed is not None:
        where = clause.allowed.where
        allowed = compiler.tests(clause.allowed.text, where, names, f"allowed values of {what}")
        rank = rank_by(clause.allowed.text)
    default = None
    if clause.default is not None:
        node = compiler.text(clause.default.text, clause.default.where, names, f"default of {what}")
        default = compiler.typed(node, clause.type_ref, clause.where, f"default of {what}")
    return _Output(clause, name, allowed, rank, default)


def _rule(compiler: Compiler, table: DecisionTable, rule: Rule, names: frozenset[str]) -> _Rule:
    conditions = []
    for column, (cell, clause) in enumerate(zip(rule.conditions, table.inputs, strict=False)):
        if cell.text in _ALWAYS:
            continue
        what = f"rule {rule.index}, input '{clause.label}' (column {column + 1})"
        conditions.append((column, compiler.tests(cell.text, cell.where, names, what)))
    conclusions = []
    for column, (cell, output) in enumerate(zip(rule.conclusions, table.outputs, strict=False), 1):
        name = output.name or output.label or str(column)
        what = f"rule {rule.index}, output '{name}' (column {column})"
        node = compiler.text(cell.text or "null", cell.where, names, what)
        node = compiler.typed(node, cell.type_ref, cell.where, what)
        conclusions.append(compiler.typed(node, output.type_ref, cell.where, what))
    return _Rule(rule, tuple(conditions), tuple(conclusions))


@dataclass(frozen=True, slots=True)
class _Table:
    table: DecisionTable
    inputs: tuple[_Input, ...]
    outputs: tuple[_Output, ...]
    rules: tuple[_Rule, ...]

    def evaluate(self, scope: Scope, run: Run) -> object:
        values = [self._input_value(column, scope, run) for column in self.inputs]
        matched: list[MatchedRule] = []
        result = self._result(self._match(values, scope, run), matched, scope, run)
        run.tables.append(self._trace(values, matched))
        return result

    def _input_value(self, column: _Input, scope: Scope, run: Run) -> object:
        value = column.node(scope, run)
        if value is None or column.allowed is None or column.allowed(value, scope, run) is True:
            return value
        sentence = f"input '{column.clause.label}' is not an allowed value"
        run.note(column.clause.where, "input-values", sentence)
        return None

    def _match(self, values: list[object], scope: Scope, run: Run) -> list[_Rule]:
        matches = []
        for rule in self.rules:
            if all(check(values[column], scope, run) is True for column, check in rule.conditions):
                matches.append(rule)
                if self.table.hit_policy == "F":
                    break
        return matches

    def _result(
        self, matches: list[_Rule], matched: list[MatchedRule], scope: Scope, run: Run
    ) -> object:
        hits: list[Outputs] = []
        for rule in matches:
            outputs = tuple(
                self._allowed_output(column, node(scope, run), scope, run)
                for column, node in zip(self.outputs, rule.conclusions, strict=True)
            )
            hits.append(outputs)
            matched.append(self._matched(rule.rule, outputs))
        table = self.table
        if not hits and any(column.default is not None for column in self.outputs):
            return self._default(scope, run)
        ranks = [column.rank for column in self.outputs]
        if table.hit_policy in "CRO":
            ordered = [self._shaped(hit) for hit in multiple_hit(table.hit_policy, hits, ranks)]
            return aggregate(table.aggregation, ordered) if table.aggregation else ordered
        if not hits:
            return None
        try:
            return self._shaped(single_hit(table.hit_policy, hits, ranks))
        except PolicyBroken as broken:
            run.note(table.where, "hit-policy", str(broken))
            return None

    def _allowed_output(self, column: _Output, value: object, scope: Scope, run: Run) -> object:
        if value is None or column.allowed is None:
            return value
        if column.allowed(value, scope, run) is True:
            return value
        sentence = f"output '{column.name}' is not an allowed value"
        run.note(column.clause.where, "output-values", sentence)
        return None

    def _default(self, scope: Scope, run: Run) -> object:
        outputs = tuple(
            column.default(scope, run) if column.default is not None else None
            for column in self.outputs
        )
        return self._shaped(outputs)

    def _shaped(self, outputs: Outputs) -> object:
        if len(self.outputs) == 1:
            return outputs[0]
        return {column.name: value for column, value in zip(self.outputs, outputs, strict=True)}

    def _matched(self, rule: Rule, outputs: Outputs) -> MatchedRule:
        named = tuple(
            Named(column.clause.where.element, column.name, value)
            for column, value in zip(self.outputs, outputs, strict=True)
        )
        return MatchedRule(rule.where.element, rule.index, named, rule.annotations)

    def _trace(self, values: list[object], matched: list[MatchedRule]) -> TableTrace:
        named = tuple(
            Named(column.clause.where.element, column.clause.label, value)
            for column, value in zip(self.inputs, values, strict=True)
        )
        return TableTrace(self.table.where.element, self.table.hit_policy, named, tuple(matched))
