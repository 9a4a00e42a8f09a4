"""What every part of compilation needs: types, names in sight, and a place for faults.

A text that is no FEEL is a fault. A tolerant compiler, as the standard's test
kit asks for, makes it null instead and says so in every evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from engine.dmn.compile.boxed import compile_boxed
from engine.dmn.faults import Faults
from engine.dmn.run import Check, Node, Run, Scope
from engine.dmn.syntax import Expression, Where
from engine.dmn.types import TypeTable
from engine.feel import (
    FeelError,
    FeelSyntaxError,
    compile_expression,
    compile_unary_tests,
)
from engine.feel.types import ANY, FeelType


class Compiler:
    """Compiles the logic of one model."""

    def __init__(
        self, types: TypeTable, members: Iterable[str], faults: Faults, *, tolerant: bool
    ) -> None:
        self.types = types
        self.members = frozenset(members)
        self.faults = faults
        self.tolerant = tolerant
        # Names that the texts compiled so far take from their scope.
        self.used: set[str] = set()
        # Those of them that are not in sight, and where.
        self.unseen: list[tuple[Where, str]] = []

    def node(self, expression: Expression, names: frozenset[str]) -> Node:
        """The closure of a boxed expression, conforming to the type it declares."""
        compiled = compile_boxed(self, expression, names)
        return self.typed(compiled, expression.type_ref, expression.where, "the expression")

    def typed(self, node: Node, type_ref: str | None, where: Where, what: str) -> Node:
        """``node`` made to conform to a type reference."""
        return conforming(node, self.types.resolve(type_ref, where), where, what)

    def text(self, text: str, where: Where, names: frozenset[str], what: str) -> Node:
        """The closure of one FEEL text."""
        try:
            compiled = compile_expression(text, names, members=self.members)
        except FeelError as error:
            return self._null(where, what, error)
        self._uses(compiled.names_used, where, names)

        def evaluate(scope: Scope, run: Run) -> object:
            value = compiled.evaluate_within(run.feel, scope)
            run.feel_noted(where)
            return value

        return evaluate

    def tests(self, text: str, where: Where, names: frozenset[str], what: str) -> Check:
        """The closure of unary tests; it is null for a value that cannot be compared."""
        try:
            compiled = compile_unary_tests(text, names, members=self.members)
        except FeelError as error:
            note = self._null(where, what, error)

            def never(_value: object, scope: Scope, run: Run) -> None:
                note(scope, run)

            return never
        self._uses(compiled.names_used - {"?"}, where, names)

        def check(value: object, scope: Scope, run: Run) -> bool | None:
            verdict = compiled.test_within(run.feel, value, scope)
            run.feel_noted(where)
            return verdict

        return check

    def _uses(self, used: frozenset[str], where: Where, names: frozenset[str]) -> None:
        self.used |= used
        self.unseen += [(where, name) for name in sorted(used - names)]

    def _null(self, where: Where, what: str, error: FeelError) -> Node:
        sentence = f"{what}: {error}"
        if not self.tolerant:
            told = f"{what}: {error.told.vi}" if isinstance(error, FeelSyntaxError) else ""
            self.faults.add(where, "feel-syntax", sentence, told)

        def evaluate(_scope: Scope, run: Run) -> object:
            run.note(where, "feel-syntax", sentence)
            return None

        return evaluate


def conforming(node: Node, kind: FeelType, where: Where, what: str) -> Node:
    """``node`` whose value is converted to a type, or null when it does not fit."""
    if kind == ANY:
        return node
    fit = fitter(kind, where, what)
    return lambda scope, run: fit(node(scope, run), run)


def fitter(kind: FeelType, where: Where, what: str) -> Callable[[object, Run], object]:
    """A function that converts a value to a type, or notes that it does not fit."""

    def fit(value: object, run: Run) -> object:
        kind.pay(value, run.feel.spend)
        result, fits = kind.coerce(value)
        if not fits:
            run.note(where, "type", f"{what} is no {kind}")
        return result

    return fit
