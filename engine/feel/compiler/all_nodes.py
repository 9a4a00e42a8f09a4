"""Loads every compiling module, so that each kind of node is known."""

from __future__ import annotations

from engine.feel.builtins import (
    contexts,
    conversion,
    extensions,
    lists,
    numbers,
    ranges,
    statistics,
    strings,
    temporal,
)
from engine.feel.compiler import calls, collections, logic, loops, names, paths, tests, typing
from engine.feel.compiler import numbers as arithmetic

MODULES = (
    arithmetic,
    calls,
    collections,
    contexts,
    conversion,
    extensions,
    lists,
    logic,
    loops,
    names,
    numbers,
    paths,
    ranges,
    statistics,
    strings,
    temporal,
    tests,
    typing,
)


def load() -> None:
    """Importing this module did the work."""
