"""Filters, pauses and signatures of webhooks, without a network."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.domain.feed.records import Outline
from engine.domain.feed.webhooks import (
    Secret,
    Wanted,
    Webhook,
    new_secret,
    pause_after,
    sign,
    signatures,
)
from engine.domain.records import Visibility
from engine.settings import PAUSES

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
EVENT = Outline(
    root_key=1,
    seq=2,
    type="motcua.task.completed.v1",
    at=NOW,
    visibility=Visibility(unit_id="48/20242/", procedure_code="2.000815"),
    process_id="copy",
)
HOOK = Webhook(
    key=9,
    label="x",
    url="https://x.example/",
    wanted=Wanted(),
    secrets=(),
    state="ACTIVE",
    unit_id="48/",
)


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (Wanted(), True),
        (Wanted(types=("motcua.task.completed.v1",)), True),
        (Wanted(types=("motcua.task.*",)), True),
        (Wanted(types=("motcua.task",)), False),
        (Wanted(types=("motcua.job.*", "*")), True),
        (Wanted(procedures=("2.000815", "1.0")), True),
        (Wanted(procedures=("1.0",)), False),
        (Wanted(units=("48/20242/",)), True),
        (Wanted(units=("48/20243/",)), False),
        (Wanted(processes=("copy",)), True),
        (Wanted(types=("motcua.task.*",), processes=("other",)), False),
    ],
)
def test_every_list_that_is_not_empty_must_be_met(wanted: Wanted, told: bool) -> None:
    assert replace(HOOK, wanted=wanted).is_told(EVENT) is told


@pytest.mark.parametrize(
    ("unit", "sealed", "tenant", "told"),
    [
        ("", False, "<default>", True),
        ("48/", False, "<default>", True),
        ("01/", False, "<default>", False),
        ("48/", True, "<default>", False),
        ("48/20242/", True, "<default>", True),
        ("48/", False, "hue", False),
    ],
)
def test_a_webhook_is_told_what_its_unit_may_see(
    unit: str, sealed: bool, tenant: str, told: bool
) -> None:
    seen = replace(EVENT.visibility, sealed=sealed)

    hook = replace(HOOK, unit_id=unit, tenant_id=tenant)

    assert hook.is_told(replace(EVENT, visibility=seen)) is told


def test_the_signature_of_the_standards_example() -> None:
    """The vector the standard's libraries test themselves with."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'

    found = sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)

    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_every_valid_secret_signs_and_an_ended_one_does_not() -> None:
    newest, older, ended = new_secret(), new_secret(), new_secret()
    held = (
        Secret(text=newest),
        Secret(text=older, valid_until=NOW + timedelta(seconds=1)),
        Secret(text=ended, valid_until=NOW),
    )

    found = signatures(held, "1-2", 5, b"{}", NOW).split(" ")

    def expected(secret: str) -> str:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        mark = hmac.new(key, b"1-2.5.{}", hashlib.sha256).digest()
        return f"v1,{base64.b64encode(mark).decode()}"

    assert found == [expected(newest), expected(older)]
    assert len(base64.b64decode(newest.removeprefix("whsec_"))) == 32


def test_pauses_grow_are_spread_and_end() -> None:
    assert pause_after(1, PAUSES, 0.5) == pytest.approx(PAUSES[0])
    assert pause_after(1, PAUSES, 0.0) == pytest.approx(PAUSES[0] * 0.8)
    assert pause_after(len(PAUSES), PAUSES, 0.999) == pytest.approx(PAUSES[-1] * 1.2, rel=0.01)
    assert pause_after(len(PAUSES) + 1, PAUSES, 0.5) is None
    assert list(PAUSES) == sorted(PAUSES)
