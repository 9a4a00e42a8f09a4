"""Accounts, tokens, sessions and refused log-ins."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.domain.actors import SYSTEM
from engine.domain.ids import DEFAULT_TENANT
from engine.domain.records import AccountRecord
from engine.errors import Conflict
from engine.store import SqlStore
from engine.store.accounts import ABSOLUTE, IDLE


def account(store: SqlStore, name: str) -> AccountRecord:
    with store.unit_of_work(SYSTEM) as uow:
        made = AccountRecord(
            key=uow.next_key(),
            name=name,
            display_name="Đặng Thị Ánh",
            password_hash="$argon2id$x",
            credential_version=1,
            disabled=False,
            roles=frozenset({"clerk"}),
            groups=("thẩm-định@48",),
            unit_id="48/20242/",
            tenant_id=DEFAULT_TENANT,
            kind="user",
        )
        uow.accounts.create(made)
        uow.commit()
    return made


def test_an_account_is_found_by_its_name(store: SqlStore) -> None:
    made = account(store, "ánh")

    with store.reading(SYSTEM) as uow:
        assert uow.accounts.by_name("ánh") == made
        assert uow.accounts.by_name("anh") is None
        assert uow.accounts.any()


def test_a_name_is_given_once(store: SqlStore) -> None:
    made = account(store, "once")

    with store.unit_of_work(SYSTEM) as uow, pytest.raises(Conflict):
        uow.accounts.create(replace(made, key=uow.next_key()))


def test_a_change_raises_the_credential_version(store: SqlStore) -> None:
    made = account(store, "changing")
    with store.unit_of_work(SYSTEM) as uow:
        uow.accounts.update(replace(made, disabled=True, groups=()))
        uow.commit()

    with store.reading(SYSTEM) as uow:
        found = uow.accounts.by_name("changing")
    assert found == replace(made, disabled=True, groups=(), credential_version=2)


def test_a_token_leads_to_its_account_until_it_ends(store: SqlStore) -> None:
    made = account(store, "bot")
    with store.unit_of_work(SYSTEM) as uow:
        now = uow.real_now
        uow.accounts.add_token(b"1" * 32, made.key, "all", None, None)
        uow.accounts.add_token(b"2" * 32, made.key, "print", ["print"], now + timedelta(hours=1))
        uow.commit()

    with store.unit_of_work(SYSTEM) as uow:
        assert uow.accounts.by_token(b"1" * 32, now) == (made, None)
        assert uow.accounts.by_token(b"2" * 32, now) == (made, frozenset({"print"}))
        assert uow.accounts.by_token(b"2" * 32, now + timedelta(hours=1)) is None
        assert uow.accounts.by_token(b"3" * 32, now) is None
        assert uow.accounts.revoke_token(made.key, "all")
        assert not uow.accounts.revoke_token(made.key, "all")
        assert uow.accounts.by_token(b"1" * 32, now) is None


def test_a_session_ends_idle_or_old(store: SqlStore) -> None:
    made = account(store, "browser")
    with store.unit_of_work(SYSTEM) as uow:
        start = uow.real_now
        uow.accounts.open_session(b"s" * 32, made.key, "csrf", start)
        uow.commit()

    def live(at: timedelta) -> object:
        with store.reading(SYSTEM) as uow:
            return uow.accounts.by_session(b"s" * 32, start + at)

    assert live(timedelta(0)) == (made, "csrf")
    assert live(IDLE + timedelta(seconds=1)) is None
    steps = int(ABSOLUTE / IDLE) * 2
    for number in range(1, steps + 1):
        assert live(IDLE / 2 * number) == (made, "csrf"), "each use is noted"
    assert live(ABSOLUTE + timedelta(seconds=1)) is None


def test_a_closed_session_is_gone(store: SqlStore) -> None:
    made = account(store, "leaver")
    with store.unit_of_work(SYSTEM) as uow:
        uow.accounts.open_session(b"c" * 32, made.key, "csrf", uow.real_now)
        uow.accounts.close_session(b"c" * 32)
        assert uow.accounts.by_session(b"c" * 32, uow.real_now) is None


def test_refused_log_ins_are_counted(store: SqlStore) -> None:
    with store.unit_of_work(SYSTEM) as uow:
        now = uow.real_now
        for minutes in (0, 5, 30):
            uow.accounts.count_failed_login(b"n" * 32, now - timedelta(minutes=minutes))
        assert uow.accounts.failed_logins(b"n" * 32, now - timedelta(minutes=15)) == 2
        assert uow.accounts.failed_logins(b"o" * 32, now - timedelta(minutes=15)) == 0
        uow.accounts.clear_failed_logins(b"n" * 32)
        assert uow.accounts.failed_logins(b"n" * 32, now - timedelta(hours=9)) == 0
