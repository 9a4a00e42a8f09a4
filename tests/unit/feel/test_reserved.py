"""The parser's table of function names is the table of functions."""

from __future__ import annotations

from engine.feel.builtins.registry import BUILTINS
from engine.feel.syntax.reserved import (
    EXTENSION_FUNCTIONS,
    HOST_FUNCTIONS,
    STANDARD_FUNCTIONS,
)


def test_every_function_is_known_to_the_parser():
    assert {*STANDARD_FUNCTIONS, *EXTENSION_FUNCTIONS} == set(BUILTINS)
    assert not set(HOST_FUNCTIONS) & set(BUILTINS)


def test_every_function_has_an_explanation():
    for function in BUILTINS.values():
        for overload in function.overloads:
            if overload.function.__name__ != "relation":
                assert overload.function.__doc__, overload.text
