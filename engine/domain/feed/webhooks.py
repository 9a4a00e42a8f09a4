"""Webhooks: which events a subscription wants, when it is tried again, and its signature.

Signatures follow Standard Webhooks: HMAC-SHA256 over id, timestamp and body, one
per valid secret, so that a receiver can change secrets without losing a message.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from engine.domain.feed.records import Outline, Published
from engine.domain.ids import DEFAULT_TENANT, Key

WebhookState = Literal["ACTIVE", "PAUSED", "DISABLED"]
DeliveryState = Literal["PENDING", "DELIVERED", "DEAD"]
PREFIX: Final = "whsec_"
SECRET_BYTES: Final = 32
# Two senders that failed together shall not come back together.
JITTER: Final = 0.2
LONGEST_RETRY_AFTER: Final = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """One signing secret; ``valid_until`` None is the newest one."""

    text: str
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A subscription's filter: every list that is not empty must be met.

    ``types`` may end in ``*``; ``units`` are paths and mean all below them.
    """

    types: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()

    def meets(self, event: Outline) -> bool:
        """True when the event passes every list."""
        return (
            (not self.types or any(is_named(event.type, name) for name in self.types))
            and (not self.procedures or event.visibility.procedure_code in self.procedures)
            and (not self.processes or event.process_id in self.processes)
            and (not self.units or event.visibility.unit_id.startswith(self.units))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A subscription as the engine knows it; it sees what its unit sees, sealed rows at home only.

    ``failing_since`` is the first failure after the last success.
    """

    key: Key
    label: str
    url: str
    wanted: Wanted
    secrets: tuple[Secret, ...]
    state: WebhookState
    unit_id: str
    tenant_id: str = DEFAULT_TENANT
    reason: str | None = None
    failing_since: datetime | None = None
    created_by: str = ""

    def is_told(self, event: Outline) -> bool:
        """True when the subscription may see the event and wants it."""
        seen = event.visibility
        if seen.tenant_id != self.tenant_id:
            return False
        if seen.sealed:
            return seen.unit_id == self.unit_id and self.wanted.meets(event)
        return seen.unit_id.startswith(self.unit_id) and self.wanted.meets(event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One event on its way to one subscription, leased; ``attempts`` were made before."""

    key: Key
    fence: int
    attempts: int
    webhook: Webhook
    event: Published


def new_secret() -> str:
    """A fresh secret as receivers' libraries read it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signatures(held: Sequence[Secret], message: str, at: int, body: bytes, now: datetime) -> str:
    """Value of ``webhook-signature``: one entry per secret that is valid at ``now``."""
    valid = [each for each in held if each.valid_until is None or each.valid_until > now]
    return " ".join(sign(each.text, message, at, body) for each in valid)


def sign(secret: str, message: str, at: int, body: bytes) -> str:
    """``v1,`` and the HMAC over ``id.timestamp.body``; ``at`` in seconds."""
    content = f"{message}.{at}.".encode() + body
    mark = hmac.digest(_bytes(secret), content, hashlib.sha256)
    return "v1," + base64.b64encode(mark).decode()


def pause_after(attempts: int, pauses: Sequence[float], chance: float) -> float | None:
    """Seconds until the next attempt after so many were made, None when there is none left;
    ``chance`` in [0, 1) spreads them."""
    if attempts > len(pauses):
        return None
    return pauses[attempts - 1] * (1 - JITTER + 2 * JITTER * chance)


def is_named(type: str, name: str) -> bool:
    """True when a filter's name means the event type; it may end in ``*``."""
    return type.startswith(name[:-1]) if name.endswith("*") else type == name


def _bytes(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("the secret is not base64") from None
