"""Paths into contexts, lists and temporal values; filters."""

from __future__ import annotations

from decimal import Decimal

from engine.feel.adopt import NATIVE, adopt
from engine.feel.compiler.core import Compiler, Evaluate, compiles
from engine.feel.compiler.names import MISSING
from engine.feel.decimals import to_int
from engine.feel.errors import NoValue
from engine.feel.evaluation import Scope
from engine.feel.properties import property_of
from engine.feel.syntax.nodes import Filter, Literal, Negation, Path, makes_functions
from engine.feel.values.functions import FeelFunction

_NO_ENTRIES: dict[str, object] = {}


@compiles(Path)
def compile_path(compiler: Compiler, node: Path) -> Evaluate:
    """``source.name``; of a list, the entry of every item."""
    source, name, position = compiler.compile(node.source), node.name, node.start

    def path(scope: Scope) -> object:
        value = source(scope)
        if type(value) is dict and name in value:
            entry = value[name]
            return entry if type(entry) in NATIVE else _foreign(entry, name)
        try:
            return _entry(scope, value, name)
        except NoValue as nothing:
            scope.run.warn(position, nothing.code, nothing.reason)
            return None

    return path


def _foreign(entry: object, name: str) -> object:
    return entry if isinstance(entry, FeelFunction) else adopt(entry, name)


def _entry(scope: Scope, value: object, name: str) -> object:
    if isinstance(value, list):
        scope.run.sized(len(value))
        return [
            item[name]
            if type(item) is dict and type(item.get(name, MISSING)) in NATIVE
            else _entry_or_null(scope, item, name)
            for item in value
        ]
    if isinstance(value, dict):
        if name in value:
            return _foreign(value[name], name)
        raise NoValue(f"the context has no entry {name!r}", "path")
    return property_of(value, name)


def _entry_or_null(scope: Scope, item: object, name: str) -> object:
    if isinstance(item, list):
        return None
    try:
        return _entry(scope, item, name)
    except NoValue:
        return None


@compiles(Filter)
def compile_filter(compiler: Compiler, node: Filter) -> Evaluate:
    """``list[3]``, ``list[-1]`` or ``list[condition]``; a single value counts as a list of one."""
    source = compiler.compile(node.source)
    index = _constant_index(node)
    if index is not None:
        return lambda scope: _item_at(scope, _as_list(source(scope)), index, node.start)
    with compiler.frame({"item"}), compiler.frame(set(), is_open=True):
        condition = compiler.compile(node.condition)

    fresh = makes_functions(node.condition)

    def filtered(scope: Scope) -> object:
        items = _as_list(source(scope))
        run = scope.run
        run.sized(len(items))
        kept: list[object] = []
        outer = Scope({}, scope, run)
        inner = Scope({}, outer, run)
        # An empty list still asks once, to know whether the brackets hold a position.
        for item in items or [None]:
            if fresh:
                outer = Scope({}, scope, run)
                inner = Scope({}, outer, run)
            outer.vars = {"item": item}
            inner.vars = item if type(item) is dict else _NO_ENTRIES
            verdict = condition(inner)
            if verdict is True:
                kept.append(item)
            elif type(verdict) is Decimal:
                return _item_at(scope, items, verdict, node.start)
        return kept if items else []

    return filtered


def _as_list(value: object) -> list[object]:
    if type(value) is list:
        return value
    return [] if value is None else [value]


def _constant_index(node: Filter) -> Decimal | None:
    condition = node.condition
    if isinstance(condition, Literal) and type(condition.value) is Decimal:
        return condition.value
    if isinstance(condition, Negation) and isinstance(condition.operand, Literal):
        value = condition.operand.value
        return -value if type(value) is Decimal else None
    return None


def _item_at(scope: Scope, items: list[object], position: Decimal, at: int) -> object:
    try:
        index = to_int(position)
    except NoValue:
        index = 0
    if 1 <= index <= len(items):
        return items[index - 1]
    if -len(items) <= index <= -1:
        return items[index]
    scope.run.warn(at, "index", f"a list of {len(items)} items has no item {index}")
    return None
