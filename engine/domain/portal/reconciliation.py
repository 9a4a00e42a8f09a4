"""Ours against the portal's, by code and status: what is missing, differs or came late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Kind = Literal["missing_there", "missing_here", "differs", "late"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """A dossier of ours: its code, and its status since ``changed_at``."""

    code: str
    status: int
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    """The same as the portal shows it; ``heard_at`` is when it was told."""

    code: str
    status: int
    heard_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One line for a person to settle."""

    kind: Kind
    code: str
    ours: int | None = None
    theirs: int | None = None
    late_seconds: int | None = None


def differences(
    ours: Iterable[Ours], theirs: Iterable[Theirs], now: datetime, patience: timedelta
) -> tuple[Difference, ...]:
    """By code. What changed within ``patience`` may still be under way and is no difference."""
    here, there = ({one.code: one for one in ours}), ({one.code: one for one in theirs})
    found = []
    for code, own in here.items():
        other = there.get(code)
        fresh = now - own.changed_at <= patience
        if other is None:
            if not fresh:
                found.append(Difference(kind="missing_there", code=code, ours=own.status))
        elif other.status != own.status:
            if not fresh:
                both = {"ours": own.status, "theirs": other.status}
                found.append(Difference(kind="differs", code=code, **both))
        elif other.heard_at is not None and other.heard_at - own.changed_at > patience:
            late = int((other.heard_at - own.changed_at).total_seconds())
            shown = {"ours": own.status, "theirs": other.status, "late_seconds": late}
            found.append(Difference(kind="late", code=code, **shown))
    found += [
        Difference(kind="missing_here", code=code, theirs=other.status)
        for code, other in there.items()
        if code not in here
    ]
    return tuple(sorted(found, key=lambda one: (one.code, one.kind)))
