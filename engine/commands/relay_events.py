"""Internal: publish what commands recorded, root by root, a bounded number at a time."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import Context, Result

ROOTS = 100
PER_ROOT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RelayEvents:
    """At most ``roots`` roots and ``per_root`` events of each."""

    roots: int = ROOTS
    per_root: int = PER_ROOT


def relay_events(command: RelayEvents, context: Context) -> Result:
    events = context.uow.feed.take(command.roots, command.per_root)
    if events:
        # Last, because the head is held until the commit.
        context.uow.feed.append(events)
    return {"published": len(events)}
