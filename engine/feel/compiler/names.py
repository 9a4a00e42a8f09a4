"""Variables, constants and functions by name."""

from __future__ import annotations

from difflib import get_close_matches

from engine.feel.adopt import NATIVE, adopt
from engine.feel.builtins.registry import BUILTINS
from engine.feel.compiler.core import Compiler, Evaluate, compiles
from engine.feel.evaluation import Scope
from engine.feel.syntax.nodes import Literal, Name
from engine.feel.syntax.reserved import HOST_FUNCTIONS
from engine.feel.values.functions import FeelFunction

MISSING = object()


@compiles(Literal)
def compile_literal(_compiler: Compiler, node: Literal) -> Evaluate:
    """A constant."""
    value = node.value
    return lambda _scope: value


@compiles(Name)
def compile_name(compiler: Compiler, node: Name) -> Evaluate:
    """A variable; else the function of that name; else null."""
    name, position = node.name, node.start
    if not compiler.is_bound(name) and name not in BUILTINS:
        compiler.names_used.add(name)
    if compiler.hops(name) == 0:
        return _near_load(name, position)
    find = finder(compiler, name)

    def load(scope: Scope) -> object:
        value = find(scope)
        if type(value) in NATIVE:
            return value
        return otherwise(scope, value, name, position)

    return load


def _near_load(name: str, position: int) -> Evaluate:
    """The short road for a name of the innermost scope."""

    def load(scope: Scope) -> object:
        value = scope.vars.get(name, MISSING)
        if type(value) in NATIVE:
            return value
        return otherwise(scope, value, name, position)

    return load


def finder(compiler: Compiler, name: str) -> Evaluate:
    """A search for a name that answers ``MISSING`` when nothing has it."""
    hops = compiler.hops(name)
    if hops is None:
        return _searcher(name)

    def find(scope: Scope) -> object:
        at = scope
        for _ in range(hops):
            at = at.parent  # type: ignore[assignment]  # as many scopes as frames, by construction
        return at.vars.get(name, MISSING)

    return find


def _searcher(name: str) -> Evaluate:
    def search(scope: Scope) -> object:
        at: Scope | None = scope
        while at is not None:
            value = at.vars.get(name, MISSING)
            if value is not MISSING:
                return value
            at = at.parent
        return MISSING

    return search


def otherwise(scope: Scope, value: object, name: str, position: int) -> object:
    """What a name stands for when its scope holds no plain FEEL value."""
    if value is not MISSING:
        return value if isinstance(value, FeelFunction) else adopt(value, name)
    function = function_named(scope, name)
    if function is None:
        _warn_unknown(scope, name, position)
    return function


def function_named(scope: Scope, name: str) -> FeelFunction | None:
    """A function of the host or of the language."""
    return scope.run.env.functions.get(name) or BUILTINS.get(name)


def _warn_unknown(scope: Scope, name: str, position: int) -> None:
    if scope.run.warnings is None:
        return
    known: list[str] = []
    at: Scope | None = scope
    while at is not None:
        known.extend(str(key) for key in at.vars)
        at = at.parent
    close = get_close_matches(name, known, n=1)
    hint = f"; did you mean {close[0]!r}?" if close else ""
    scope.run.warn(position, "unknown-name", f"nothing is called {name!r}{hint}")


def warn_unknown_function(scope: Scope, name: str, position: int) -> None:
    """Note that a function does not exist, or only with a host."""
    if scope.run.warnings is None:
        return
    if name in HOST_FUNCTIONS:
        message = f"the function {name!r} is not offered here"
    else:
        close = get_close_matches(name, BUILTINS, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        message = f"there is no function {name!r}{hint}"
    scope.run.warn(position, "unknown-function", message)
