"""Functions as values: built-in, written in FEEL, or lent by the host.

A host function gets FEEL values and must return one (or raise ``NoValue`` or
``FeelError``); it is refused to be stored in an engine variable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.feel.errors import NoValue

if TYPE_CHECKING:
    from engine.feel.evaluation import Evaluation
    from engine.feel.types import FeelType


@dataclass(frozen=True, slots=True)
class Parameter:
    """A name that a caller may use, and the type it must conform to."""

    name: str
    type: FeelType | None = None


class FeelFunction:
    """What can be called in FEEL."""

    __slots__ = ("name", "parameters", "result_type")

    def __init__(
        self,
        name: str,
        parameters: Sequence[Parameter],
        result_type: FeelType | None = None,
    ) -> None:
        self.name = name
        self.parameters = tuple(parameters)
        self.result_type = result_type

    def takes(self, count: int) -> bool:
        """True when it can be called with so many positional arguments."""
        return count == len(self.parameters)

    def call(self, evaluation: Evaluation, arguments: list[object]) -> object:
        """Value for positional arguments; raises ``NoValue`` when there is none."""
        raise NotImplementedError

    def call_named(self, evaluation: Evaluation, arguments: dict[str, object]) -> object:
        """Value for named arguments."""
        names = [parameter.name for parameter in self.parameters]
        unknown = arguments.keys() - set(names)
        if unknown:
            known = ", ".join(names) or "none"
            raise NoValue(
                f"{self.name} has no parameter {min(unknown)!r} (it has: {known})", "call"
            )
        if len(arguments) != len(names):
            missing = next(name for name in names if name not in arguments)
            raise NoValue(f"{self.name} needs a value for {missing!r}", "call")
        return self.call(evaluation, [arguments[name] for name in names])

    def _typed(self, evaluation: Evaluation, arguments: list[object]) -> list[object]:
        if len(arguments) != len(self.parameters):
            wanted = len(self.parameters)
            raise NoValue(f"{self.name} takes {wanted} arguments, got {len(arguments)}", "call")
        values: list[object] = []
        for parameter, value in zip(self.parameters, arguments, strict=True):
            if parameter.type is not None:
                parameter.type.pay(value, evaluation.spend)
                value = _conform(
                    parameter.type, value, f"argument {parameter.name!r} of {self.name}"
                )
            values.append(value)
        return values

    def _result(self, value: object) -> object:
        if self.result_type is None:
            return value
        return _conform(self.result_type, value, f"the result of {self.name}")


def _conform(wanted: FeelType, value: object, what: str) -> object:
    result, fits = wanted.coerce(value)
    if not fits:
        raise NoValue(f"{what} is no {wanted}", "type")
    return result


class HostFunction(FeelFunction):
    """A Python callable lent to FEEL; with ``wants_evaluation`` it gets the evaluation first."""

    __slots__ = ("_function", "_optional", "_wants_evaluation")

    def __init__(
        self,
        name: str,
        parameters: Sequence[str | Parameter],
        function: Callable[..., object],
        *,
        result_type: FeelType | None = None,
        optional: int = 0,
        wants_evaluation: bool = False,
    ) -> None:
        named = [p if isinstance(p, Parameter) else Parameter(p) for p in parameters]
        super().__init__(name, named, result_type)
        self._function = function
        self._optional = optional
        self._wants_evaluation = wants_evaluation

    def takes(self, count: int) -> bool:
        return 0 <= len(self.parameters) - count <= self._optional

    def call(self, evaluation: Evaluation, arguments: list[object]) -> object:
        missing = len(self.parameters) - len(arguments)
        if 0 < missing <= self._optional:
            arguments = arguments + [None] * missing
        values = self._typed(evaluation, arguments)
        with evaluation.deeper():
            if self._wants_evaluation:
                return self._result(self._function(evaluation, *values))
            return self._result(self._function(*values))

    def call_named(self, evaluation: Evaluation, arguments: dict[str, object]) -> object:
        if self._optional:
            optional = self.parameters[len(self.parameters) - self._optional :]
            arguments = {p.name: None for p in optional} | arguments
        return super().call_named(evaluation, arguments)
