"""What happens without an instance: its rows are written by the commands' own calls."""

from __future__ import annotations

from engine.domain.events import (
    AccountChanged,
    AccountCreated,
    ClockPinned,
    LawChanged,
    LoggedIn,
    LoggedOut,
    LogInRefused,
    MessagePublished,
    ResourcesDeployed,
    SignalBroadcast,
    TokenIssued,
    TokenRevoked,
)
from engine.store.appliers.registry import only_history

only_history(
    AccountChanged,
    AccountCreated,
    ClockPinned,
    LawChanged,
    LoggedIn,
    LoggedOut,
    LogInRefused,
    MessagePublished,
    ResourcesDeployed,
    SignalBroadcast,
    TokenIssued,
    TokenRevoked,
)
