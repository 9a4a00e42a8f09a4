"""Reads boxed expressions."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from engine.dmn.parse.reader import DEPTH_LIMIT, Reader, normal_name
from engine.dmn.parse.tables import read_table
from engine.dmn.syntax import (
    Binding,
    BoxedContext,
    BoxedList,
    Conditional,
    ContextEntry,
    Expression,
    Filter,
    FunctionDefinition,
    Invocation,
    Iteration,
    Literal,
    Relation,
    Variable,
)


def is_expression(name: str) -> bool:
    """True when a child of this local name is a boxed expression."""
    return name in _READERS


def read_expression(reader: Reader, name: str, element: etree._Element) -> Expression:
    """The boxed expression of an element whose name ``is_expression``."""
    with reader.deeper() as fits:
        if fits:
            return _READERS[name](reader, element)
    sentence = f"boxed expressions stand more than {DEPTH_LIMIT} deep in each other; split them"
    reader.refuse(element, "too-deep", sentence)
    return Literal(where=reader.where(element), type_ref=None, text="null")


def _literal(reader: Reader, element: etree._Element) -> Literal:
    return Literal(
        where=reader.where(element),
        type_ref=reader.type_ref(element),
        text=reader.text(element).text,
    )


def _context(reader: Reader, element: etree._Element) -> BoxedContext:
    entries: list[ContextEntry] = []
    for name, child in reader.children(element):
        if name == "contextEntry":
            entry = _entry(reader, child)
            if entry is not None:
                entries.append(entry)
        else:
            reader.unknown(name, child)
    if any(entry.variable is None for entry in entries[:-1]):
        reader.refuse(element, "result-entry", "only the last entry may be without a name")
    return BoxedContext(
        where=reader.where(element), type_ref=reader.type_ref(element), entries=tuple(entries)
    )


def _entry(reader: Reader, element: etree._Element) -> ContextEntry | None:
    variable: Variable | None = None
    value: Expression | None = None
    for name, child in reader.children(element):
        if name == "variable":
            variable = reader.variable(child)
        elif is_expression(name):
            value = read_expression(reader, name, child)
        else:
            reader.unknown(name, child)
    if value is None:
        reader.refuse(element, "no-expression", "a context entry needs an expression")
        return None
    return ContextEntry(variable=variable, value=value)


def _expressions(reader: Reader, element: etree._Element) -> tuple[Expression, ...]:
    found: list[Expression] = []
    for name, child in reader.children(element):
        if is_expression(name):
            found.append(read_expression(reader, name, child))
        else:
            reader.unknown(name, child)
    return tuple(found)


def _list(reader: Reader, element: etree._Element) -> BoxedList:
    return BoxedList(
        where=reader.where(element),
        type_ref=reader.type_ref(element),
        items=_expressions(reader, element),
    )


def _relation(reader: Reader, element: etree._Element) -> Relation:
    columns: list[Variable] = []
    rows: list[tuple[Expression, ...]] = []
    for name, child in reader.children(element):
        if name == "column":
            columns.append(reader.variable(child))
        elif name == "row":
            rows.append(_expressions(reader, child))
        else:
            reader.unknown(name, child)
    for number, row in enumerate(rows, 1):
        if len(row) != len(columns):
            sentence = f"row {number} has {len(row)} cells, the relation {len(columns)} columns"
            reader.refuse(element, "row-width", sentence)
    return Relation(
        where=reader.where(element),
        type_ref=reader.type_ref(element),
        columns=tuple(columns),
        rows=tuple(rows),
    )


def _invocation(reader: Reader, element: etree._Element) -> Invocation | Literal:
    callee: Expression | None = None
    bindings: list[Binding] = []
    for name, child in reader.children(element):
        if name == "binding":
            bindings.append(_binding(reader, child))
        elif is_expression(name):
            callee = read_expression(reader, name, child)
        else:
            reader.unknown(name, child)
    where = reader.where(element)
    if callee is None:
        reader.refuse(element, "no-expression", "an invocation needs the function to call")
        return Literal(where=where, type_ref=None, text="null")
    return Invocation(
        where=where, type_ref=reader.type_ref(element), callee=callee, bindings=tuple(bindings)
    )


def _binding(reader: Reader, element: etree._Element) -> Binding:
    parameter = Variable("", None, reader.where(element))
    value: Expression | None = None
    for name, child in reader.children(element):
        if name == "parameter":
            parameter = reader.variable(child)
        elif is_expression(name):
            value = read_expression(reader, name, child)
        else:
            reader.unknown(name, child)
    if not parameter.name:
        reader.refuse(element, "no-name", "a binding needs a parameter name")
    return Binding(parameter=parameter, value=value)


def read_function(reader: Reader, element: etree._Element) -> FunctionDefinition:
    """A ``functionDefinition`` or ``encapsulatedLogic``."""
    parameters: list[Variable] = []
    body: Expression | None = None
    for name, child in reader.children(element):
        if name == "formalParameter":
            parameters.append(reader.variable(child))
        elif is_expression(name):
            body = read_expression(reader, name, child)
        else:
            reader.unknown(name, child)
    kind = element.get("kind") or "FEEL"
    if kind not in ("FEEL", "Java", "PMML"):
        reader.refuse(element, "unknown-keyword", f"function kind '{kind}' is not known")
    if len({parameter.name for parameter in parameters}) < len(parameters):
        reader.refuse(element, "duplicate-name", "two parameters have the same name")
    return FunctionDefinition(
        where=reader.where(element),
        type_ref=reader.type_ref(element),
        kind=kind,
        parameters=tuple(parameters),
        body=body,
    )


def _parts(
    reader: Reader, element: etree._Element, names: tuple[str, ...]
) -> dict[str, Expression]:
    """The single expression under each of the named child elements, all required."""
    found: dict[str, Expression] = {}
    for name, child in reader.children(element):
        if name in names:
            for expression in _expressions(reader, child):
                found[name] = expression
        else:
            reader.unknown(name, child)
    for name in names:
        if name not in found:
            reader.refuse(element, "no-expression", f"'{name}' is missing or empty")
            found[name] = Literal(where=reader.where(element), type_ref=None, text="null")
    return found


def _conditional(reader: Reader, element: etree._Element) -> Conditional:
    parts = _parts(reader, element, ("if", "then", "else"))
    return Conditional(
        where=reader.where(element),
        type_ref=reader.type_ref(element),
        condition=parts["if"],
        then=parts["then"],
        otherwise=parts["else"],
    )


def _iteration(kind: str, body: str) -> Callable[[Reader, etree._Element], Iteration]:
    def read(reader: Reader, element: etree._Element) -> Iteration:
        parts = _parts(reader, element, ("in", body))
        variable = normal_name(element.get("iteratorVariable") or "")
        if not variable:
            reader.refuse(element, "no-name", f"'{kind}' needs an iteratorVariable")
        return Iteration(
            where=reader.where(element),
            type_ref=reader.type_ref(element),
            kind=kind,
            variable=variable,
            source=parts["in"],
            body=parts[body],
        )

    return read


def _filter(reader: Reader, element: etree._Element) -> Filter:
    parts = _parts(reader, element, ("in", "match"))
    return Filter(
        where=reader.where(element),
        type_ref=reader.type_ref(element),
        source=parts["in"],
        match=parts["match"],
    )


_READERS: dict[str, Callable[[Reader, etree._Element], Expression]] = {
    "literalExpression": _literal,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "invocation": _invocation,
    "functionDefinition": read_function,
    "decisionTable": read_table,
    "conditional": _conditional,
    "for": _iteration("for", "return"),
    "some": _iteration("some", "satisfies"),
    "every": _iteration("every", "satisfies"),
    "filter": _filter,
}
