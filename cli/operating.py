"""Who acts from a terminal: whoever may write the database is an operator of it."""

from __future__ import annotations

import getpass

from cli.options import add_database, settings_of
from engine.domain.actors import Actor

__all__ = ["add_database", "operator", "settings_of"]


def operator() -> Actor:
    """An operator named after the account of the machine, so that the chain tells who it was."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "unknown"
    return Actor(name=f"terminal:{name}", kind="system", roles=frozenset({"admin", "system"}))
