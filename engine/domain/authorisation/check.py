"""May this agent do this now? Asked at every action, not only at the start.

The answer is None, or one denial with its own code, the link of the chain that
does not hold and the times a clerk reads to the agent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from engine.domain.authorisation.mandate import Action, Mandate, Subject
from engine.domain.authorisation.narrowing import widened
from engine.domain.authorisation.policy import Policy
from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What somebody is about to do for somebody else.

    ``agent_age`` is None where nobody knows it (no verified date of birth);
    ``opposite`` are the parties whose interests stand against the principal's,
    the officer who decides among them.
    """

    principal: Subject
    agent: Subject
    action: Action
    procedure: str
    at: datetime
    dossier: Key | None = None
    agent_age: int | None = None
    opposite: Set[Subject] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """Why not. ``times`` names instants: ``declaredAt``, ``noticedAt``, ``endedAt``, ``from``."""

    code: str
    mandate: Key | None = None
    times: tuple[tuple[str, datetime], ...] = ()


def check(chain: Sequence[Mandate], act: Act, policy: Policy) -> Denial | None:
    """The first reason against the act, in a fixed order; None when it is allowed.

    ``chain`` begins with the mandate the principal gave and ends with the agent's own.
    """
    if not chain:
        return Denial(code="authorisation-missing")
    return next(_reasons(chain, act, policy), None)


def _reasons(chain: Sequence[Mandate], act: Act, policy: Policy) -> Iterator[Denial]:
    if chain[0].principal != act.principal:
        yield Denial(code="authorisation-other-principal", mandate=chain[0].key)
    if chain[-1].agent != act.agent:
        yield Denial(code="authorisation-other-agent", mandate=chain[-1].key)
    if act.procedure in policy.not_delegable and any(_asks_a_deed(link) for link in chain):
        yield Denial(code="authorisation-not-delegable", mandate=chain[0].key)
    for parent, child in pairwise(chain):
        code = widened(parent, child, policy)
        if code is not None:
            yield Denial(code=code, mandate=child.key)
    for link in chain:
        yield from _in_force(link, act, policy)
        yield from _in_scope(link, act)
    if act.agent in act.opposite:
        yield Denial(code="authorisation-self-dealing", mandate=chain[-1].key)
    if act.agent_age is not None and act.agent_age < policy.age_for(act.procedure):
        yield Denial(code="authorisation-agent-too-young", mandate=chain[-1].key)


def _in_force(link: Mandate, act: Act, policy: Policy) -> Iterator[Denial]:
    if link.confirmed_at is None and link.kind not in policy.without_confirmation:
        yield Denial(code="authorisation-unconfirmed", mandate=link.key)
    begins = max(link.valid_from, link.confirmed_at or link.valid_from)
    if act.at < begins:
        yield Denial(
            code="authorisation-not-yet-valid", mandate=link.key, times=(("from", begins),)
        )
    revoked = link.revocation
    if revoked is not None and act.at >= revoked.noticed_at:
        times = (("declaredAt", revoked.declared_at), ("noticedAt", revoked.noticed_at))
        yield Denial(code="authorisation-revoked", mandate=link.key, times=times)
    if link.end is not None and act.at >= link.end.at:
        code = f"authorisation-ended-{link.end.reason}"
        yield Denial(code=code, mandate=link.key, times=(("endedAt", link.end.at),))
    until = policy.until(link)
    if act.at >= until:
        yield Denial(code="authorisation-expired", mandate=link.key, times=(("endedAt", until),))


def _in_scope(link: Mandate, act: Act) -> Iterator[Denial]:
    scope = link.scope
    if scope.procedures is not None and act.procedure not in scope.procedures:
        yield Denial(code="authorisation-other-procedure", mandate=link.key)
    if act.action not in scope.actions:
        yield Denial(code="authorisation-other-action", mandate=link.key)
    if scope.dossiers is not None and act.dossier not in scope.dossiers:
        yield Denial(code="authorisation-wrong-dossier", mandate=link.key)


def _asks_a_deed(link: Mandate) -> bool:
    # A guardian and a body's own deputy act by law, not by a mandate the principal could not give.
    return link.kind not in {"guardian", "deputy", "agency"}
