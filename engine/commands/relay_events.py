"""Internal: publish what commands recorded, root by root, a bounded number at a time."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import Context, Result

ROOTS = 100
PER_ROOT = 200
REPLAYED = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class RelayEvents:
    """At most ``roots`` roots and ``per_root`` events of each."""

    roots: int = ROOTS
    per_root: int = PER_ROOT


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinueReplay:
    """The next ``limit`` events of one running replay."""

    limit: int = REPLAYED


def relay_events(command: RelayEvents, context: Context) -> Result:
    events = context.uow.feed.take(command.roots, command.per_root)
    if events:
        listening = context.uow.webhooks.listening()
        told = [(each, event) for event in events for each in listening if each.is_told(event)]
        context.uow.webhooks.deliver(told)
        # Last, because the head is held until the commit.
        context.uow.feed.append(events)
    return {"published": len(events)}


def continue_replay(command: ContinueReplay, context: Context) -> Result:
    found = context.uow.webhooks.next_replay(command.limit)
    if found is None:
        return {"replayed": 0}
    webhook, events = found
    context.uow.webhooks.deliver([(webhook, event) for event in events if webhook.is_told(event)])
    # A replay whose last page was empty still made progress: it ended.
    return {"replayed": max(1, len(events))}
