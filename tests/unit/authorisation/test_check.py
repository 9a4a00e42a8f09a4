"""Each way an authorisation fails has a code of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engine.domain.authorisation import (
    Act,
    End,
    Mandate,
    Policy,
    Revocation,
    Scope,
    Subject,
    check,
)

FATHER, DAUGHTER, FRIEND = (Subject("person", name) for name in ("lam", "hanh", "ban"))
DAY = timedelta(days=1)
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
POLICY = Policy(
    term_years=1,
    least_age=15,
    adult_age=18,
    adult_procedures=frozenset({"1.001612"}),
    not_delegable=frozenset({"1.000894"}),
    without_confirmation=frozenset({"guardian"}),
)
GIVEN = Mandate(
    key=1,
    kind="person",
    principal=FATHER,
    agent=DAUGHTER,
    scope=Scope(
        actions=frozenset({"submit", "supplement", "collect"}),
        procedures=frozenset({"1.004873", "1.000894", "1.001612"}),
    ),
    valid_from=START,
    valid_until=START + 30 * DAY,
    confirmed_at=START,
)
ACT = Act(
    principal=FATHER,
    agent=DAUGHTER,
    action="submit",
    procedure="1.004873",
    at=START + DAY,
    agent_age=40,
)


def _code(mandate: Mandate | None, act: Act) -> str | None:
    denial = check([] if mandate is None else [mandate], act, POLICY)
    return None if denial is None else denial.code


def test_what_was_given_is_allowed() -> None:
    assert _code(GIVEN, ACT) is None


@pytest.mark.parametrize(
    ("code", "changed", "act"),
    [
        ("other-principal", {"principal": FRIEND}, {}),
        ("other-agent", {}, {"agent": FRIEND}),
        ("unconfirmed", {"confirmed_at": None}, {}),
        ("not-yet-valid", {"confirmed_at": START + 2 * DAY}, {}),
        ("not-yet-valid", {}, {"at": START - DAY}),
        ("expired", {}, {"at": START + 30 * DAY}),
        ("expired", {"valid_until": None}, {"at": START.replace(year=2027)}),
        ("ended-death", {"end": End(reason="death", at=START)}, {}),
        ("ended-incapacity", {"end": End(reason="incapacity", at=START)}, {}),
        ("ended-completed", {"end": End(reason="completed", at=START)}, {}),
        ("other-procedure", {}, {"procedure": "2.000815"}),
        ("other-action", {}, {"action": "pay"}),
        (
            "wrong-dossier",
            {"scope": replace(GIVEN.scope, dossiers=frozenset({7}))},
            {"dossier": 8},
        ),
        ("not-delegable", {}, {"procedure": "1.000894"}),
        ("self-dealing", {}, {"opposite": frozenset({DAUGHTER})}),
        ("agent-too-young", {}, {"agent_age": 14}),
        ("agent-too-young", {}, {"agent_age": 17, "procedure": "1.001612"}),
    ],
)
def test_each_denial_has_its_code(code: str, changed: dict[str, Any], act: dict[str, Any]) -> None:
    assert _code(replace(GIVEN, **changed), replace(ACT, **act)) == f"authorisation-{code}"


def test_nothing_given() -> None:
    assert _code(None, ACT) == "authorisation-missing"


def test_a_revocation_binds_from_its_notice_and_tells_both_times() -> None:
    told = START + 3 * DAY
    revoked = replace(GIVEN, revocation=Revocation(declared_at=START, noticed_at=told))

    before = check([revoked], replace(ACT, at=told - timedelta(seconds=1)), POLICY)
    after = check([revoked], replace(ACT, at=told, action="collect"), POLICY)

    assert before is None
    assert after is not None
    assert after.code == "authorisation-revoked"
    assert dict(after.times) == {"declaredAt": START, "noticedAt": told}


def test_a_guardian_needs_no_confirmation_and_may_do_what_cannot_be_delegated() -> None:
    guardian = replace(GIVEN, kind="guardian", confirmed_at=None)

    assert _code(guardian, replace(ACT, procedure="1.000894")) is None


def test_seventeen_is_old_enough_where_the_law_asks_fifteen() -> None:
    assert _code(GIVEN, replace(ACT, agent_age=17)) is None


def test_a_term_from_29_february_ends_on_28_february() -> None:
    leap = datetime(2028, 2, 29, tzinfo=UTC)

    assert POLICY.until(replace(GIVEN, valid_from=leap, valid_until=None)) == datetime(
        2029, 2, 28, tzinfo=UTC
    )
