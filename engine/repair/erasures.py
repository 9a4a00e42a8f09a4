"""The list of erasures outside the database, so that a restored backup forgets again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from engine.commands.cancel_instance import CancelInstance
from engine.commands.keep_history import EraseInstance
from engine.domain.actors import Actor
from engine.domain.ids import Key
from engine.errors import InvalidInput, NotFound, Rejected
from engine.ports.engine import Engine
from engine.ports.views import Query

_AT_ONCE = 1000


def erasures(engine: Engine, actor: Actor) -> Iterable[Mapping[str, object]]:
    """Every erasure the actor may see, the oldest first."""
    after: str | None = None
    while True:
        query = Query(sort=(("at", "asc"),), limit=_AT_ONCE, after=after)
        page = engine.views.search("erasure", actor, query)
        yield from page.items
        after = page.end_cursor
        if len(page.items) < _AT_ONCE:
            return


def replay_erasures(engine: Engine, actor: Actor, file: Path) -> int:
    """Erase again what the list names; what the backup does not know was never there."""
    return sum(_erase(engine, actor, key) for key in _keys(file))


def _keys(file: Path) -> list[Key]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        return [int(json.loads(line)["rootKey"]) for line in lines if line.strip()]
    except OSError as error:
        raise InvalidInput(f"The list {file} cannot be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError):
        raise InvalidInput(f"The list {file} is none of motcua erase --list.") from None


def _erase(engine: Engine, actor: Actor, key: Key) -> bool:
    try:
        return bool(engine.execute(EraseInstance(key=key), actor).result["erased"])
    except NotFound:
        return False
    except Rejected as refusal:
        if refusal.reason != "instance-running":
            raise
    # It ran when the backup was made and had ended when it was erased.
    engine.execute(CancelInstance(key=key), actor)
    return bool(engine.execute(EraseInstance(key=key), actor).result["erased"])
