"""No chain ever allows more than its first link."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.authorisation import ACTIONS, Act, Mandate, Policy, Scope, Subject, check, rights
from engine.domain.authorisation.narrowing import Rights

POLICY = Policy(term_years=1, least_age=15, adult_age=18)
START = datetime(2026, 1, 1, tzinfo=UTC)
PROCEDURES = ("a", "b", "c")
SUBJECTS = [Subject("person", str(number)) for number in range(6)]

scopes = st.builds(
    Scope,
    actions=st.frozensets(st.sampled_from(sorted(ACTIONS))),
    procedures=st.none() | st.frozensets(st.sampled_from(PROCEDURES)),
    dossiers=st.none() | st.frozensets(st.integers(1, 3)),
)
days = st.integers(0, 700).map(lambda number: START + timedelta(days=number))


@st.composite
def chains(draw: st.DrawFn) -> list[Mandate]:
    """A chain of one to five links, honest about who hands on to whom, wild in all else."""
    links: list[Mandate] = []
    for number in range(draw(st.integers(1, 5))):
        start = draw(days)
        links.append(
            Mandate(
                key=number + 1,
                kind="person",
                principal=SUBJECTS[number],
                agent=SUBJECTS[number + 1],
                scope=draw(scopes),
                valid_from=start,
                valid_until=draw(st.none() | days),
                sub_delegation=draw(st.booleans()),
                parent=number or None,
                confirmed_at=start,
            )
        )
    return links


@given(chains())
def test_rights_only_shrink_along_a_chain(chain: list[Mandate]) -> None:
    found = [rights(chain[:length], POLICY) for length in range(1, len(chain) + 1)]

    assert all(later.within(earlier) for earlier, later in pairwise(found))


@given(
    chains(),
    st.sampled_from(sorted(ACTIONS)),
    st.sampled_from((*PROCEDURES, "other")),
    st.none() | st.integers(1, 4),
    days,
)
def test_what_the_last_agent_may_do_every_link_allows(
    chain: list[Mandate], action: str, procedure: str, dossier: int | None, at: datetime
) -> None:
    act = Act(
        principal=chain[0].principal,
        agent=chain[-1].agent,
        action=action,  # type: ignore[arg-type]  # drawn from the very set
        procedure=procedure,
        at=at,
        dossier=dossier,
    )
    allowed = check(chain, act, POLICY) is None

    for link in chain:
        alone = replace(act, principal=link.principal, agent=link.agent)
        if allowed:
            assert check([link], alone, POLICY) is None
    if allowed:
        assert _covers(rights(chain, POLICY), act)


def _covers(held: Rights, act: Act) -> bool:
    scope = held.scope
    return (
        held.start <= act.at < held.end
        and act.action in scope.actions
        and (scope.procedures is None or act.procedure in scope.procedures)
        and (scope.dossiers is None or act.dossier in scope.dossiers)
    )


PARENT = Mandate(
    key=1,
    kind="person",
    principal=SUBJECTS[0],
    agent=SUBJECTS[1],
    scope=Scope(actions=frozenset({"submit", "collect"}), procedures=frozenset({"a"})),
    valid_from=START,
    sub_delegation=True,
    confirmed_at=START,
)
CHILD = replace(
    PARENT,
    key=2,
    principal=SUBJECTS[1],
    agent=SUBJECTS[2],
    parent=1,
    scope=Scope(actions=frozenset({"collect"}), procedures=frozenset({"a"})),
)


@pytest.mark.parametrize(
    ("parent", "child", "code"),
    [
        (replace(PARENT, sub_delegation=False), CHILD, "authorisation-not-sub-delegable"),
        (PARENT, replace(CHILD, parent=9), "authorisation-other-principal"),
        (
            PARENT,
            replace(CHILD, scope=replace(CHILD.scope, procedures=None)),
            "authorisation-widened",
        ),
        (
            PARENT,
            replace(CHILD, scope=replace(CHILD.scope, actions=frozenset({"collect", "pay"}))),
            "authorisation-widened",
        ),
        (PARENT, replace(CHILD, valid_until=START.replace(year=2028)), "authorisation-widened"),
    ],
)
def test_what_is_no_sub_delegation_is_refused_when_used(
    parent: Mandate, child: Mandate, code: str
) -> None:
    act = Act(
        principal=SUBJECTS[0],
        agent=SUBJECTS[2],
        action="collect",
        procedure="a",
        at=START + timedelta(days=1),
    )

    denial = check([parent, child], act, POLICY)

    assert check([PARENT, CHILD], act, POLICY) is None
    assert denial is not None
    assert denial.code == code
