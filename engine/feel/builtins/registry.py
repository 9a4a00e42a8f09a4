"""Functions of the language, declared by their signature as the standard writes it.

A signature reads ``name(parameter: kind, optional: kind?, rest: kind...)``. An
argument that is null or of another kind makes the call null, unless the kind
ends in ``?``. Several signatures of a name are tried in turn.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from engine.feel.builtins.kinds import KINDS, Kind, kind_type
from engine.feel.errors import NoValue
from engine.feel.evaluation import Evaluation
from engine.feel.types import type_of
from engine.feel.values.functions import FeelFunction, Parameter

_GATHERING = ("...", "*")
_SIGNATURE = re.compile(r"(?P<name>[^(]+)\((?P<parameters>[^)]*)\)")


@dataclass(frozen=True, slots=True)
class Formal:
    """One parameter of a signature.

    ``...`` gathers the arguments unless there is one list alone, ``*`` gathers
    always; ``?`` may be null or left out, ``+`` may be null but not left out.
    """

    name: str
    kind_name: str
    kind: Kind
    mark: str

    @property
    def takes_null(self) -> bool:
        """True when null is an argument like others."""
        return self.mark in ("?", "+")


@dataclass(frozen=True, slots=True)
class Overload:
    """One signature with the function behind it."""

    text: str
    formals: tuple[Formal, ...]
    function: Callable[..., object]
    wants_evaluation: bool
    required: int

    def bind(self, name: str, arguments: list[object]) -> list[object]:
        """Arguments made to fit; raises ``NoValue`` saying which does not."""
        formals = self.formals
        if formals and formals[-1].mark in _GATHERING:
            arguments = self._gathered(arguments)
        if not self.required <= len(arguments) <= len(formals):
            raise NoValue(f"{self.text} was called with {len(arguments)} arguments", "call")
        bound: list[object] = []
        for formal, value in zip(formals, arguments, strict=False):
            if value is None:
                if not formal.takes_null:
                    raise NoValue(f"{name}: argument {formal.name!r} is null", "argument")
                bound.append(None)
            else:
                bound.append(self._fitted(name, formal, value))
        bound.extend([None] * (len(formals) - len(bound)))
        return bound

    def _fitted(self, name: str, formal: Formal, value: object) -> object:
        fitted = formal.kind(value)
        if fitted is None:
            wanted = formal.kind_name
            raise NoValue(
                f"{name}: argument {formal.name!r} is a {type_of(value)}, not a {wanted}",
                "argument",
            )
        return fitted

    def _gathered(self, arguments: list[object]) -> list[object]:
        fixed = len(self.formals) - 1
        rest = arguments[fixed:]
        if not rest:
            return arguments
        if self.formals[-1].mark == "..." and len(rest) == 1:
            return arguments
        return [*arguments[:fixed], rest]

    def positions(self, name: str, arguments: dict[str, object]) -> list[object]:
        """Named arguments in the order of the signature."""
        known = [formal.name for formal in self.formals]
        for given in arguments:
            if given not in known:
                listed = ", ".join(known) or "none"
                raise NoValue(f"{name} has no parameter {given!r} (it has: {listed})", "call")
        for formal in self.formals:
            if formal.mark != "?" and formal.name not in arguments:
                raise NoValue(f"{name}: the argument {formal.name!r} is missing", "call")
        return [arguments.get(formal.name) for formal in self.formals]


class Builtin(FeelFunction):
    """A function of the language."""

    __slots__ = ("overloads",)

    def __init__(self, name: str, overloads: list[Overload]) -> None:
        first = overloads[0]
        parameters = [
            Parameter(formal.name, kind_type(formal.kind_name)) for formal in first.formals
        ]
        super().__init__(name, parameters)
        self.overloads = overloads

    def call(self, evaluation: Evaluation, arguments: list[object]) -> object:
        return self._try(evaluation, lambda _overload: arguments)

    def call_named(self, evaluation: Evaluation, arguments: dict[str, object]) -> object:
        return self._try(evaluation, lambda overload: overload.positions(self.name, arguments))

    def _try(self, evaluation: Evaluation, positions: Callable[[Overload], list[object]]) -> object:
        problem: NoValue | None = None
        for overload in self.overloads:
            try:
                values = overload.bind(self.name, positions(overload))
            except NoValue as nothing:
                if problem is None or problem.code == "call":
                    problem = nothing
                continue
            return self._run(evaluation, overload, values)
        raise problem or NoValue(f"{self.name} cannot be called", "call")

    def _run(self, evaluation: Evaluation, overload: Overload, values: list[object]) -> object:
        for value in values:
            if type(value) is list:
                evaluation.spend(len(value))
            elif type(value) is str:
                evaluation.spend(len(value) >> 6)
        if overload.wants_evaluation:
            result = overload.function(evaluation, *values)
        else:
            result = overload.function(*values)
        if type(result) is list:
            evaluation.sized(len(result))
        elif type(result) is str:
            evaluation.lettered(len(result))
        return result


BUILTINS: dict[str, Builtin] = {}


def builtin(
    *signatures: str, wants_evaluation: bool = False
) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Register a function under its signatures; spellings of one function share it."""

    def register(function: Callable[..., object]) -> Callable[..., object]:
        for signature in signatures:
            name, overload = _overload(signature, function, wants_evaluation)
            known = BUILTINS.get(name)
            if known is None:
                BUILTINS[name] = Builtin(name, [overload])
            else:
                known.overloads.append(overload)
        return function

    return register


def _overload(
    signature: str, function: Callable[..., object], wants_evaluation: bool
) -> tuple[str, Overload]:
    match = _SIGNATURE.fullmatch(signature)
    if match is None:
        raise ValueError(signature)
    formals = tuple(map(_formal, filter(None, match["parameters"].split(", "))))
    required = sum(1 for formal in formals if formal.mark != "?")
    overload = Overload(signature, formals, function, wants_evaluation, required)
    return match["name"], overload


def _formal(text: str) -> Formal:
    name, _, kind = text.partition(": ")
    kind_name = kind.rstrip("?+*.")
    return Formal(name, kind_name, KINDS[kind_name], kind[len(kind_name) :])
