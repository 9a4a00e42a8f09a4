"""Compile a tree to one Python callable; which names are where is decided here.

A compiled node is a function of a ``Scope``. Frames mirror the scopes that will
stand above it at run time, so that most names are found without searching.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

from engine.feel.evaluation import Scope
from engine.feel.syntax.nodes import Node

Evaluate = Callable[[Scope], object]
_N = TypeVar("_N", bound=Node)
_Handler = Callable[["Compiler", Node], Evaluate]
_HANDLERS: dict[type[Node], _Handler] = {}

Tracer = Callable[[Node, Evaluate], Evaluate]


class Frame:
    """Names of one scope; ``open`` when others may be in it too at run time."""

    __slots__ = ("names", "open")

    def __init__(self, names: set[str], is_open: bool) -> None:
        self.names = names
        self.open = is_open


def compiles(kind: type[_N]) -> Callable[[Callable[[Compiler, _N], Evaluate]], _Handler]:
    """Register the compiling function of one kind of node."""

    def register(handler: Callable[[Compiler, _N], Evaluate]) -> _Handler:
        _HANDLERS[kind] = cast("_Handler", handler)
        return _HANDLERS[kind]

    return register


class Compiler:
    """Compiles one text; collects the names it takes from outside."""

    def __init__(self, tracer: Tracer | None = None) -> None:
        self.frames: list[Frame] = []
        self.names_used: set[str] = set()
        self._tracer = tracer

    def compile(self, node: Node) -> Evaluate:
        """The callable for a node."""
        compiled = _HANDLERS[type(node)](self, node)
        return compiled if self._tracer is None else self._tracer(node, compiled)

    @contextmanager
    def frame(self, names: set[str], is_open: bool = False) -> Iterator[Frame]:
        """One more scope around what is compiled inside the block."""
        inner = Frame(names, is_open)
        self.frames.append(inner)
        yield inner
        self.frames.pop()

    def hops(self, name: str) -> int | None:
        """How many scopes up the name is for sure; None when it must be searched.

        The scope of the context is the one above all frames.
        """
        for count, frame in enumerate(reversed(self.frames)):
            if name in frame.names:
                return count
            if frame.open:
                return None
        return len(self.frames)

    def is_bound(self, name: str) -> bool:
        """True when a frame of the expression itself declares the name."""
        return any(name in frame.names for frame in self.frames)
