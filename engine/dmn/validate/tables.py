"""Overlaps and gaps of UNIQUE tables, as findings with rule numbers and an example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from engine.dmn.definitions import Definitions, ItemDefinition
from engine.dmn.findings import Finding
from engine.dmn.syntax import DecisionTable, InputClause
from engine.dmn.validate.conditions import Condition, read_condition
from engine.dmn.validate.coverage import gaps, overlaps
from engine.dmn.validate.domains import Column, column
from engine.dmn.validate.walk import tables_of

_OVERLAPS_TOLD = 20
_GAPS_TOLD = 5


def check_tables(definitions: Definitions) -> list[Finding]:
    """Findings about every UNIQUE table of a model."""
    allowed = _AllowedValues(definitions)
    found: list[Finding] = []
    for table in tables_of(definitions):
        if table.hit_policy == "U":
            columns = _columns(table, allowed)
            found += islice(_overlaps(table, columns), _OVERLAPS_TOLD)
            if all(output.default is None for output in table.outputs):
                found += islice(_gaps(table, columns), _GAPS_TOLD)
    return found


def _columns(table: DecisionTable, allowed: _AllowedValues) -> list[Column]:
    return [
        column(
            clause.label,
            [read_condition(rule.conditions[place].text) for rule in table.rules],
            allowed.of(clause),
        )
        for place, clause in enumerate(table.inputs)
    ]


def _overlaps(table: DecisionTable, columns: list[Column]) -> Iterator[Finding]:
    for first, second, example in overlaps(columns, len(table.rules)):
        yield Finding(
            code="rules-overlap",
            where=table.rules[second].where,
            sentence=f"rules {first + 1} and {second + 1} both match {_told(example)};"
            " a UNIQUE table has no result there",
            rules=(first + 1, second + 1),
            example=example,
        )


def _gaps(table: DecisionTable, columns: list[Column]) -> Iterator[Finding]:
    for example in gaps(columns, len(table.rules)):
        yield Finding(
            code="rules-gap",
            where=table.where,
            sentence=f"no rule matches {_told(example)}; the result is null there",
            example=example,
        )


def _told(example: Mapping[str, str]) -> str:
    return ", ".join(f"{label} = {value}" for label, value in example.items()) or "any input"


class _AllowedValues:
    """The allowed values of an input column: its own, or those of its type."""

    def __init__(self, definitions: Definitions) -> None:
        self._items = {item.name: item for item in definitions.items}
        self._variables = {
            element.variable.name: element.variable.type_ref for element in definitions.elements
        }

    def of(self, clause: InputClause) -> Condition | None:
        if clause.allowed is not None:
            return read_condition(clause.allowed.text)
        return self._of_item(self._items.get(clause.type_ref or "") or self._of_path(clause))

    def _of_path(self, clause: InputClause) -> ItemDefinition | None:
        variable, *path = (part.strip() for part in clause.expression.text.split("."))
        item = self._items.get(self._variables.get(variable) or "")
        for name in path:
            components = item.components if item is not None else ()
            item = next((one for one in components if one.name == name), None)
        return item

    def _of_item(self, item: ItemDefinition | None) -> Condition | None:
        if item is None or item.collection:
            return None
        if item.allowed is not None:
            return read_condition(item.allowed.text)
        # A component or alias may point on to a type that has the values.
        target = self._items.get(item.type_ref or "")
        return None if target is item else self._of_item(target)
