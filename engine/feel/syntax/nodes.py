"""The syntax tree. Every node knows the part of the text it was read from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of syntax with its place: ``start`` and ``end`` are offsets."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A constant: number, text, boolean, null or ``@``-literal."""

    value: object


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable or function by name; ``?`` is the value under test."""

    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """``source.name``."""

    source: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """``source[condition]``."""

    source: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """``function(arguments)`` by position."""

    function: Node
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class NamedCall(Node):
    """``function(name: argument)``."""

    function: Node
    names: tuple[str, ...]
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """``-operand``."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """A chain of one precedence, read from the left: ``first + a - b``."""

    operators: tuple[str, ...]
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """``left < right`` and its like."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """``value between low and high``."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """``value in tests``: true when one of the tests holds."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Junction(Node):
    """``a and b and c`` or ``a or b or c``."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class If(Node):
    """``if c1 then r1 else if c2 then r2 ... else otherwise``."""

    conditions: tuple[Node, ...]
    results: tuple[Node, ...]
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Iteration(Node):
    """``name in domain``, or ``name in domain..end`` when ``last`` is given."""

    name: str
    domain: Node
    last: Node | None


@dataclass(frozen=True, slots=True)
class For(Node):
    """``for iterations return body``."""

    iterations: tuple[Iteration, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """``some|every iterations satisfies condition``."""

    every: bool
    iterations: tuple[Iteration, ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class RangeNode(Node):
    """``[low..high]`` with open or closed ends."""

    low: Node
    high: Node
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True, slots=True)
class Test(Node):
    """``< operand``: a range as a literal, or one unary test."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class ListNode(Node):
    """``[a, b, c]``."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextNode(Node):
    """``{a: 1, b: a + 1}``."""

    names: tuple[str, ...]
    values: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class TypeNode(Node):
    """A type expression: its head and its parts by position or name."""

    head: str
    parts: tuple[TypeNode, ...] = ()
    names: tuple[str, ...] = ()
    result: TypeNode | None = None


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """``value instance of type``."""

    value: Node
    type: TypeNode


@dataclass(frozen=True, slots=True)
class FunctionNode(Node):
    """``function(a, b: number) body``."""

    parameters: tuple[str, ...]
    types: tuple[TypeNode | None, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Tests(Node):
    """Unary tests of a decision table cell; ``tests`` is empty for ``-``."""

    negated: bool
    tests: tuple[Node, ...]


def children(node: Node) -> Iterator[Node]:
    """The nodes right below a node."""
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            for item in value:
                if isinstance(item, Node):
                    yield item


def any_node(root: Node, test: Callable[[Node], bool]) -> bool:
    """True when a node of the tree passes the test; walks without recursion."""
    stack = [root]
    while stack:
        node = stack.pop()
        if test(node):
            return True
        stack.extend(children(node))
    return False


def mentions(root: Node, name: str) -> bool:
    """True when a name occurs in the tree."""
    return any_node(root, lambda node: isinstance(node, Name) and node.name == name)


def makes_functions(root: Node) -> bool:
    """True when a function is written in the tree, which may outlive its scope."""
    return any_node(root, lambda node: isinstance(node, FunctionNode))


def height_exceeds(node: Node, limit: int) -> bool:
    """True when the tree is deeper than ``limit``; walks without recursion."""
    level = [node]
    for _ in range(limit):
        level = [child for parent in level for child in children(parent)]
        if not level:
            return False
    return True
