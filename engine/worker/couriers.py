"""Couriers: threads that carry deliveries to webhooks, with no transaction open meanwhile.

A subscription gets half of the hands at most, so one slow receiver cannot keep
all others waiting. A courier that dies leaves a lease that ends by itself: the
message goes out again with the same id.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import orjson

from engine.commands.relay_events import ContinueReplay
from engine.commands.send_webhooks import ClaimDeliveries, SettleDelivery
from engine.domain.actors import SYSTEM
from engine.domain.feed.cloudevents import MEDIA_TYPE, cloud_event
from engine.domain.feed.records import message_id
from engine.domain.feed.webhooks import Delivery, signatures
from engine.domain.ids import Key
from engine.ports.engine import Engine
from engine.ports.outgoing import Call, Outgoing, OutgoingFailed

log = logging.getLogger("motcua.webhooks")

HANDS = 6
ANSWER_LIMIT = 64_000


class Couriers:
    """``turn`` begins what is due; a courier goes on by itself while there is more."""

    def __init__(self, engine: Engine, outgoing: Outgoing, *, hands: int = HANDS) -> None:
        self._engine = engine
        self._outgoing = outgoing
        self._hands = hands
        self._busy: Counter[Key] = Counter()
        self._lock = threading.Lock()
        self._ended = threading.Event()

    @property
    def busy(self) -> int:
        """How many deliveries are on their way."""
        with self._lock:
            return self._busy.total()

    def turn(self) -> int:
        """Continue replays, then begin deliveries for the free hands; how much was done."""
        done = int(str(self._engine.execute(ContinueReplay(), SYSTEM).result["replayed"]))
        free = self._hands - self.busy
        while free > 0 and not self._ended.is_set():
            found = self._claim(min(free, max(1, self._hands // 2)))
            for delivery in found:
                name = "motcua-courier"
                threading.Thread(target=self._go, args=(delivery,), name=name, daemon=True).start()
            done += len(found)
            free -= len(found)
            if not found:
                break
        return done

    def stop(self, timeout: float) -> None:
        """Begin nothing more; wait for those under way."""
        self._ended.set()
        end = time.monotonic() + timeout
        while self.busy and time.monotonic() < end:
            time.sleep(0.02)

    def _claim(self, limit: int) -> tuple[Delivery, ...]:
        half = max(1, self._hands // 2)
        with self._lock:
            full = [key for key, number in self._busy.items() if number >= half]
        settings = self._engine.settings
        # The lease outlives the longest call, so nobody else sends meanwhile.
        lease = settings.webhooks.seconds + settings.lease_seconds
        command = ClaimDeliveries(limit=limit, lease_seconds=lease, without=full)
        result: Any = self._engine.execute(command, SYSTEM).result
        found: tuple[Delivery, ...] = tuple(result["deliveries"])
        with self._lock:
            self._busy.update(delivery.webhook.key for delivery in found)
        return found

    def _go(self, first: Delivery) -> None:
        waiting = [first]
        while waiting:
            delivery = waiting.pop()
            try:
                self._engine.execute(self._send(delivery), SYSTEM)
            except Exception as error:
                # The lease ends by itself and the delivery is sent again.
                log.warning("delivery %s not settled: %s", delivery.key, type(error).__name__)
            finally:
                self._release(delivery)
            waiting += self._next()

    def _next(self) -> tuple[Delivery, ...]:
        try:
            return () if self._ended.is_set() else self._claim(1)
        except Exception as error:
            log.warning("nothing claimed: %s", type(error).__name__)
            return ()

    def _release(self, delivery: Delivery) -> None:
        key = delivery.webhook.key
        with self._lock:
            self._busy[key] -= 1
            if self._busy[key] <= 0:
                del self._busy[key]

    def _send(self, delivery: Delivery) -> SettleDelivery:
        try:
            reply = self._outgoing.send(self._call(delivery))
        except OutgoingFailed as failed:
            return SettleDelivery(key=delivery.key, fence=delivery.fence, failure=failed.reason)
        pause = reply.headers.get("retry-after", "")
        return SettleDelivery(
            key=delivery.key,
            fence=delivery.fence,
            status=reply.status,
            retry_after=float(pause) if pause.isascii() and pause.isdigit() else 0.0,
        )

    def _call(self, delivery: Delivery) -> Call:
        settings, outline = self._engine.settings, delivery.event.outline
        body = orjson.dumps(cloud_event(delivery.event, settings.installation))
        message, now = message_id(outline.root_key, outline.seq), datetime.now(UTC)
        at = int(now.timestamp())
        return Call(
            url=delivery.webhook.url,
            method="POST",
            body=body,
            headers={
                "Content-Type": MEDIA_TYPE,
                "webhook-id": message,
                "webhook-timestamp": str(at),
                "webhook-signature": signatures(delivery.webhook.secrets, message, at, body, now),
            },
            seconds=settings.webhooks.seconds,
            answer_limit=ANSWER_LIMIT,
        )
