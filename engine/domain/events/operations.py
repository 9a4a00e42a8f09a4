"""What happens without a process instance; hung on a day of the installation or unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.domain.events.event import Event
from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourcesDeployed(Event):
    wire = "motcua.deployment.created.v1"
    key: Key
    resources: tuple[str, ...]
    definitions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePublished(Event):
    wire = "motcua.message.published.v1"
    key: Key
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalBroadcast(Event):
    wire = "motcua.signal.broadcast.v1"
    key: Key
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPinned(Event):
    """``at`` None: the clock runs again."""

    wire = "motcua.clock.pinned.v1"
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedIn(Event):
    wire = "motcua.session.opened.v1"
    account_key: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class LogInRefused(Event):
    """Nothing about who tried: the name may be a person's id."""

    wire = "motcua.session.refused.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedOut(Event):
    wire = "motcua.session.closed.v1"
    account_key: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCreated(Event):
    wire = "motcua.account.created.v1"
    account_key: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChanged(Event):
    wire = "motcua.account.changed.v1"
    account_key: Key
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenIssued(Event):
    wire = "motcua.token.issued.v1"
    account_key: Key
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRevoked(Event):
    wire = "motcua.token.revoked.v1"
    account_key: Key
    label: str
