"""Who acts: a person, a client program or the engine itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.domain.ids import DEFAULT_TENANT, Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Identity and rights, read with each command so that a block acts at once.

    ``unit_id`` is a tree path with trailing slash (``48/20242/``); the empty
    path is the installation's root. ``groups`` are ``role@agency`` names, at
    most 64. ``job_types`` restricts a worker's token; None means all.
    """

    name: str
    key: Key = 0
    kind: Literal["user", "client", "system"] = "user"
    display_name: str = ""
    roles: frozenset[str] = frozenset()
    groups: tuple[str, ...] = ()
    unit_id: str = ""
    tenant_id: str = DEFAULT_TENANT
    job_types: frozenset[str] | None = None
    demo: bool = False

    def has(self, *roles: str) -> bool:
        """True when the actor holds one of ``roles``."""
        return not self.roles.isdisjoint(roles)


SYSTEM = Actor(name="motcua", kind="system", roles=frozenset({"system"}))

ANONYMOUS = Actor(name="anonymous")
"""Nobody yet: may only try to log in."""
