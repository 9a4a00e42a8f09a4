"""What a pattern consists of."""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel.regex.classes import Predicate


@dataclass(frozen=True, slots=True)
class Char:
    """One character."""

    char: str


@dataclass(frozen=True, slots=True)
class Class:
    """One character of a class."""

    predicate: Predicate
    negated: bool = False


@dataclass(frozen=True, slots=True)
class AnyChar:
    """``.``."""


@dataclass(frozen=True, slots=True)
class Edge:
    """``^`` or ``$``."""

    at_start: bool


@dataclass(frozen=True, slots=True)
class BackReference:
    """``\\1``."""

    group: int


@dataclass(frozen=True, slots=True)
class Group:
    """A parenthesis; ``number`` 0 when it does not capture."""

    number: int
    body: Tree


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several."""

    branches: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A quantifier; ``most`` None for no upper bound."""

    body: Tree
    least: int
    most: int | None
    lazy: bool


Tree = Char | Class | AnyChar | Edge | BackReference | Group | Sequence | Choice | Repeat
