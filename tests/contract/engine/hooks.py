"""Webhooks in tests: a receiver that checks what it gets by the standard, not by our code."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterable
from typing import Any

from engine.adapters.outgoing import GuardedHttp
from engine.commands.manage_webhooks import CreateWebhook
from engine.dispatch import CommandEngine
from engine.domain.feed.webhooks import Wanted
from engine.ports.views import Condition, Query
from engine.settings import Settings, Webhooks
from engine.testing import TESTER
from engine.worker.couriers import Couriers
from tests.live.receiver import Receiver, Seen

# Three attempts without a pause worth waiting for.
QUICK = Webhooks(pauses=(0.01, 0.01), seconds=2.0, disable_after=3600.0)
PATIENCE = 60.0


def settings(url: str, webhooks: Webhooks = QUICK) -> Settings:
    return Settings(
        database_url=url,
        test=True,
        webhooks=webhooks,
        outgoing_schemes=("http",),
        outgoing_private=("127.0.0.0/8",),
    )


def subscribe(engine: CommandEngine, url: str, **wanted: Any) -> tuple[int, str]:
    """Key and secret of a new webhook."""
    command = CreateWebhook(label="test", url=url, wanted=Wanted(**wanted))
    result = engine.execute(command, TESTER).result
    return int(str(result["key"])), str(result["once_secret"])


def couriers(engine: CommandEngine, hands: int = 4) -> Couriers:
    return Couriers(engine, GuardedHttp.of(engine.settings), hands=hands)


def carry(engine: CommandEngine, crew: Couriers, *, hook: int = 0) -> None:
    """Publish and carry until nothing is pending (of ``hook``, when it is given)."""
    while engine.relay():
        continue
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        crew.turn()
        if not crew.busy and not deliveries(engine, hook, state="PENDING"):
            return
        time.sleep(0.01)
    raise AssertionError(f"{len(deliveries(engine, hook, state='PENDING'))} are still pending")


def deliveries(engine: CommandEngine, hook: int = 0, **where: Any) -> list[dict[str, Any]]:
    """Delivery rows, oldest first."""
    if hook:
        where["webhook_key"] = hook
    conditions = tuple(Condition(field=name, op="eq", value=each) for name, each in where.items())
    query = Query(where=conditions, limit=10_000)
    return [dict(row) for row in engine.views.search("webhook_delivery", TESTER, query).items]


def webhook(engine: CommandEngine, key: int) -> dict[str, Any]:
    row = engine.views.get("webhook", TESTER, key)
    assert row is not None
    return dict(row)


def bodies(seen: Iterable[Seen]) -> list[dict[str, Any]]:
    return [json.loads(each.body) for each in seen]


def is_signed(seen: Seen, secret: str) -> bool:
    """Standard Webhooks, written from its text: any entry of the header may match."""
    content = b".".join(
        [seen.headers["webhook-id"].encode(), seen.headers["webhook-timestamp"].encode(), seen.body]
    )
    key = base64.b64decode(secret.split("_", 1)[1])
    mark = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    fresh = abs(time.time() - int(seen.headers["webhook-timestamp"])) < 300
    return fresh and f"v1,{mark}" in seen.headers["webhook-signature"].split(" ")


def taken(receiver: Receiver, path: str = "/") -> list[Seen]:
    return [each for each in receiver.seen if each.path == path]
