"""Every command has a row, and every row a permission somebody holds."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil

import pytest

import engine.commands
from engine.commands.registry import ABILITIES
from engine.domain.permissions import PERMISSIONS, ROLES

NOT_COMMANDS = {"Context", "Ability", "AccountSpec"}


def _command_classes() -> set[type]:
    found = set()
    for module in pkgutil.iter_modules(engine.commands.__path__):
        loaded = importlib.import_module(f"engine.commands.{module.name}")
        for name, value in inspect.getmembers(loaded, inspect.isclass):
            own = value.__module__ == loaded.__name__ and dataclasses.is_dataclass(value)
            if own and name not in NOT_COMMANDS:
                found.add(value)
    return found


def test_every_command_dataclass_is_registered() -> None:
    assert _command_classes() == set(ABILITIES)


@pytest.mark.parametrize("command", sorted(ABILITIES, key=lambda each: each.__name__))
def test_permission_is_known_and_held_by_a_role(command: type) -> None:
    permission = ABILITIES[command].permission

    assert permission in PERMISSIONS
    assert PERMISSIONS[permission]
    assert PERMISSIONS[permission] <= set(ROLES)


@pytest.mark.parametrize("command", sorted(ABILITIES, key=lambda each: each.__name__))
def test_commands_cannot_be_changed_after_they_were_made(command: type) -> None:
    parameters = command.__dataclass_params__

    assert parameters.frozen
