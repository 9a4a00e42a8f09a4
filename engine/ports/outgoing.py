"""Calling others over HTTP: what is asked, what came back, and how it fails.

Used by deliveries of webhooks and by built-in job handlers, never while a
transaction is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from engine.errors import MotcuaError


class OutgoingFailed(MotcuaError):
    """No answer came; ``reason`` is a stable word and safe to store and show.

    Words: ``url-refused``, ``address-refused``, ``name-unknown``, ``unreachable``,
    ``tls``, ``timed-out``, ``header-refused``, ``answer-too-large``, ``answer-broken``,
    ``redirects``.
    ``may_repeat`` is False when the same call can never work.
    """

    code = "outgoing-failed"

    def __init__(self, reason: str, *, may_repeat: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.may_repeat = may_repeat


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call; times in seconds, sizes in bytes.

    ``seconds`` bounds the whole call, redirects included. With ``redirects`` 0
    an answer 3xx comes back as it is.
    """

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    seconds: float = 20.0
    answer_limit: int = 1_000_000
    redirects: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back; header names in lower case, several values joined by a comma."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


class Outgoing(Protocol):
    """The one way out."""

    def send(self, call: Call) -> Reply:
        """The answer, whatever its status; ``OutgoingFailed`` when there is none."""
