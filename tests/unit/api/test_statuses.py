"""Every public error has a row in the one table of statuses, and only statuses of the contract."""

from __future__ import annotations

import importlib
import pkgutil

import api
import engine.errors
from api.errors import STATUSES, status_of
from engine.errors import MotcuaError, PreconditionFailed

CONTRACT = {400, 401, 403, 404, 409, 412, 413, 415, 500, 501, 503, 504}


def _public_errors() -> set[type[MotcuaError]]:
    for module in pkgutil.walk_packages(api.__path__, "api."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: set[type[MotcuaError]] = set()
    todo: list[type[MotcuaError]] = [MotcuaError]
    while todo:
        kind = todo.pop()
        if kind.__module__ in {engine.errors.__name__, "api.body"}:
            found.add(kind)
        todo.extend(kind.__subclasses__())
    return found


def test_each_error_has_a_row() -> None:
    assert _public_errors() == set(STATUSES)


def test_only_statuses_of_the_contract() -> None:
    assert set(STATUSES.values()) == CONTRACT


def test_a_subclass_without_a_row_takes_its_parents() -> None:
    class Later(PreconditionFailed):
        """Made for this test."""

    assert status_of(Later("stale")) == STATUSES[PreconditionFailed]
