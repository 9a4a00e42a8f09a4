"""Handing on narrows: what a chain allows is what every link allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.domain.authorisation.mandate import Mandate, Scope
from engine.domain.authorisation.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What may be done from ``start`` until just before ``end``."""

    scope: Scope
    start: datetime
    end: datetime

    def within(self, wider: Rights) -> bool:
        """True when nothing is allowed that ``wider`` does not allow."""
        if self.start >= self.end or not self.scope.actions:
            return True
        return (
            self.scope.within(wider.scope) and wider.start <= self.start and self.end <= wider.end
        )


def rights(chain: Sequence[Mandate], policy: Policy) -> Rights:
    """The rights of the last agent of a chain, the principal's own mandate first."""
    first, *others = chain
    scope, start, end = first.scope, first.valid_from, policy.until(first)
    for link in others:
        scope = scope.common(link.scope)
        start, end = max(start, link.valid_from), min(end, policy.until(link))
    return Rights(scope=scope, start=start, end=end)


def widened(parent: Mandate, child: Mandate, policy: Policy) -> str | None:
    """The code of what makes ``child`` no sub-delegation of ``parent``; None when it is one."""
    if not parent.sub_delegation:
        return "authorisation-not-sub-delegable"
    if child.principal != parent.agent or child.parent != parent.key:
        return "authorisation-other-principal"
    inside = child.scope.within(parent.scope)
    in_time = parent.valid_from <= child.valid_from and policy.until(child) <= policy.until(parent)
    return None if inside and in_time else "authorisation-widened"
