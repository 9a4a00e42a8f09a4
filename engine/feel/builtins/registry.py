"""Functions of the language, declared by their signature as the standard writes it.

A signature reads ``name(parameter: kind, optional: kind?, rest: kind...)``. An
argument that is null or of another kind makes the call null, unless the kind
ends in ``?``. Several signatures of a name are tried in turn.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from engine.feel.builtins.kinds import KINDS, Kind, kind_type, result_type_of
from engine.feel.errors import NoValue
from engine.feel.evaluation import Evaluation
from engine.feel.values.functions import FeelFunction, Parameter
from engine.feel.values.kinds import type_of

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

    def takes(self, count: int) -> bool:
        """True when so many arguments may be given."""
        gathers = bool(self.formals) and self.formals[-1].mark in _GATHERING
        return count >= self.required and (gathers or count <= len(self.formals))

    def bind(self, arguments: list[object]) -> list[object] | None:
        """Arguments made to fit, or None when one does not."""
        formals = self.formals
        if formals and formals[-1].mark in _GATHERING:
            arguments = self._gathered(arguments)
        if not self.required <= len(arguments) <= len(formals):
            return None
        bound: list[object] = []
        for formal, value in zip(formals, arguments, strict=False):
            fitted = None if value is None else formal.kind(value)
            if fitted is None and (value is not None or not formal.takes_null):
                return None
            bound.append(fitted)
        if len(bound) < len(formals):
            bound.extend([None] * (len(formals) - len(bound)))
        return bound

    def _gathered(self, arguments: list[object]) -> list[object]:
        fixed = len(self.formals) - 1
        rest = arguments[fixed:]
        if not rest:
            return arguments
        if self.formals[-1].mark == "..." and len(rest) == 1:
            return arguments
        return [*arguments[:fixed], rest]

    def positions(self, arguments: dict[str, object]) -> list[object] | None:
        """Named arguments in the order of the signature, or None when the names differ."""
        names = [formal.name for formal in self.formals]
        if not arguments.keys() <= set(names):
            return None
        if any(f.mark != "?" and f.name not in arguments for f in self.formals):
            return None
        return [arguments.get(name) for name in names]

    def problem(self, name: str, arguments: list[object]) -> NoValue:
        """Why the arguments do not fit."""
        if self.formals and self.formals[-1].mark in _GATHERING:
            arguments = self._gathered(arguments)
        for formal, value in zip(self.formals, arguments, strict=False):
            if value is None and not formal.takes_null:
                return NoValue(f"{name}: argument {formal.name!r} is null", "argument")
            if value is not None and formal.kind(value) is None:
                found = f"is a {type_of(value)}, not a {formal.kind_name}"
                return NoValue(f"{name}: argument {formal.name!r} {found}", "argument")
        return NoValue(f"{name} was called with {len(arguments)} arguments", "call")


class Builtin(FeelFunction):
    """A function of the language."""

    __slots__ = ("overloads",)

    def __init__(self, name: str, overloads: list[Overload]) -> None:
        first = overloads[0]
        parameters = [Parameter(f.name, kind_type(f.kind_name)) for f in first.formals]
        super().__init__(name, parameters, result_type_of(first.function))
        self.overloads = overloads

    def takes(self, count: int) -> bool:
        return any(overload.takes(count) for overload in self.overloads)

    def call(self, evaluation: Evaluation, arguments: list[object]) -> object:
        for overload in self.overloads:
            bound = overload.bind(arguments)
            if bound is not None:
                return _run(evaluation, overload, bound)
        raise self._problem(arguments)

    def call_named(self, evaluation: Evaluation, arguments: dict[str, object]) -> object:
        ordered: list[object] | None = None
        for overload in self.overloads:
            positions = overload.positions(arguments)
            if positions is None:
                continue
            ordered = positions
            bound = overload.bind(positions)
            if bound is not None:
                return _run(evaluation, overload, bound)
        if ordered is not None:
            raise self._problem(ordered)
        known = " or ".join(overload.text for overload in self.overloads)
        raise NoValue(f"{self.name} has no such parameters: {known}", "call")

    def _problem(self, arguments: list[object]) -> NoValue:
        fitting = [o for o in self.overloads if o.required <= len(arguments) <= len(o.formals)]
        return (fitting or self.overloads)[0].problem(self.name, arguments)


def _run(evaluation: Evaluation, overload: Overload, values: list[object]) -> object:
    """Call the function behind a signature; data in and out is paid for."""
    for value in values:
        if type(value) is list or type(value) is dict:
            evaluation.spend(len(value))
        elif type(value) is str:
            evaluation.spend(len(value) >> 5)
    if overload.wants_evaluation:
        result = overload.function(evaluation, *values)
    else:
        result = overload.function(*values)
    if type(result) is list or type(result) is dict:
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
