"""What a compiled form is made of: components, their rules and where their values live.

Nothing here reads JSON or evaluates; see ``parse``, ``settle`` and ``check``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from engine.errors import Fault
from engine.forms.expressions import Expression

Path: TypeAlias = tuple[str | int, ...]
Binding: TypeAlias = Literal["none", "value", "group", "list"]
Limit: TypeAlias = int | str | Expression | None
Switch: TypeAlias = bool | Expression

STAR = "*"
"""Stands for every index in the path of something inside a dynamic list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The ``validate`` options and their relatives, FEEL compiled."""

    required: bool = False
    min_length: Limit = None
    max_length: Limit = None
    minimum: Limit = None
    maximum: Limit = None
    pattern: str | None = None
    pattern_message: str | None = None
    kind: Literal["email", "phone"] | None = None
    decimal_digits: int | None = None
    increment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Where the choices of a select-like field come from; exactly one of the three is set."""

    static: tuple[tuple[object, str], ...] | None = None
    key: str | None = None
    expression: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """How a dynamic list may grow."""

    fixed: bool = False
    default: int = 1
    minimum: int = 0
    maximum: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One component of the form, in document order.

    ``steps`` is its own key or path, split at the dots; ``pointer`` is its
    place in the ``.form`` file; ``properties`` are the file's own members, with
    HTML sanitised, for whoever draws the form.
    """

    id: str
    type: str
    pointer: str
    binding: Binding
    steps: tuple[str, ...] = ()
    label: str = ""
    hide: Expression | None = None
    readonly: Switch = False
    disabled: Switch = False
    rules: Rules = field(default_factory=Rules)
    options: Options | None = None
    compute: Expression | None = None
    rows: Rows | None = None
    source: Expression | None = None
    multiple: Switch = False
    children: tuple[Component, ...] = ()
    properties: Mapping[str, object] = field(default_factory=dict)

    @property
    def computed(self) -> bool:
        """True when the server calculates the value and ignores what was sent."""
        return self.type == "expression"

    def walk(self) -> Iterator[Component]:
        """This component and everything in it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFault(Fault):
    """A fault of an answer, in both languages; ``sentence`` is the Vietnamese one."""

    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Validated:
    """What the answers come to: variables to write, and what was wrong (then write nothing).

    ``files`` are the document keys in the answers: the caller checks that the
    actor may read them.
    """

    values: Mapping[str, object]
    faults: tuple[FormFault, ...]
    files: tuple[str, ...] = ()
