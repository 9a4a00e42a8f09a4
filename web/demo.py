"""What the pages of a demonstration show: who can sign in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """An account anybody may try; its password is no secret."""

    name: str
    password: str
    person: str
