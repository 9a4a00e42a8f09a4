"""Which role may send which kind of command; the subject is checked by the command's guards.

Rows are data for documentation and tests: every command names one permission,
and a permission without a role would be a command nobody can send.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from engine.domain.actors import Actor

ROLES: Final = ("admin", "operator", "developer", "integrator", "supervisor", "clerk", "worker",
                "viewer", "system")  # fmt: skip

PERMISSIONS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "deploy": frozenset({"admin", "developer"}),
        "start": frozenset({"admin", "developer", "integrator", "operator", "system"}),
        "decide": frozenset({"admin", "developer", "integrator", "operator", "system"}),
        "cancel": frozenset({"admin", "operator", "integrator", "system"}),
        "task": frozenset({"admin", "operator", "supervisor", "clerk", "integrator", "developer"}),
        "dossier": frozenset({"admin", "supervisor", "clerk", "integrator", "system"}),
        "intake": frozenset({"admin", "integrator", "system"}),
        "receive": frozenset({"admin", "supervisor", "clerk", "integrator", "system"}),
        "job": frozenset({"admin", "worker", "integrator", "system"}),
        "message": frozenset({"admin", "operator", "integrator", "developer", "system"}),
        "operate": frozenset({"admin", "operator", "system"}),
        "erase": frozenset({"admin", "system"}),
        "variables": frozenset({"admin", "operator", "integrator"}),
        "document": frozenset({"admin", "operator", "supervisor", "clerk", "integrator", "worker"}),
        "clock": frozenset({"admin"}),
        "webhooks": frozenset({"admin", "integrator", "operator"}),
        "accounts": frozenset({"admin"}),
        "law": frozenset({"admin"}),
        "merge": frozenset({"admin"}),
        "what-if": frozenset({"admin", "operator", "supervisor"}),
        "internal": frozenset({"system"}),
        "anybody": frozenset(ROLES),
    }
)


def allows(actor: Actor, permission: str) -> bool:
    """True when one of the actor's roles holds the permission."""
    return permission == "anybody" or not actor.roles.isdisjoint(PERMISSIONS[permission])


def sees_unit(actor: Actor, unit_id: str, sealed: bool) -> bool:
    """Tree rule of design 14.7: own unit and below; sealed rows in their own unit only."""
    if actor.has("system"):
        return True
    return unit_id == actor.unit_id if sealed else unit_id.startswith(actor.unit_id)


BROAD: Final = frozenset(
    {"admin", "operator", "developer", "integrator", "supervisor", "viewer", "worker", "system"}
)
"""Roles that see all rows of their units; a clerk sees what they hold or may take."""
