"""Sending mail: a message, and how it fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from engine.errors import MotcuaError


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One message in plain text; ``message_id`` stays the same when it is sent again."""

    to: Sequence[str]
    subject: str
    text: str
    message_id: str
    cc: Sequence[str] = ()


class MailFailed(MotcuaError):
    """The server did not take the message; ``reason`` is a stable word without any address.

    Words: ``not-configured``, ``unfit``, ``unreachable``, ``tls``, ``log-in-refused``,
    ``refused``, ``later``, ``broken``. ``may_repeat`` is False when it can never work.
    """

    code = "mail-failed"

    def __init__(self, reason: str, *, may_repeat: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.may_repeat = may_repeat


class Mailer(Protocol):
    """The installation's mail server. Taken by the server is not yet delivered."""

    def send(self, mail: Mail) -> int:
        """How many recipients the server refused while taking the message for others."""
