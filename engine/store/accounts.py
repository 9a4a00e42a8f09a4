"""Accounts, tokens, browser sessions and refused log-ins; secrets arrive hashed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.domain.ids import Key
from engine.domain.records import AccountRecord
from engine.errors import Conflict
from engine.store import mapping
from engine.store.tables import account, login_failure, session, token
from engine.store.transaction import Transaction

IDLE = timedelta(hours=2)
ABSOLUTE = timedelta(hours=12)
TOUCH = timedelta(minutes=1)
AT_ONCE = 500

_BY_NAME = select(account).where(account.c.name == bindparam("n"))
_BY_TOKEN = (
    select(account, token.c.job_types, token.c.expires_at)
    .join(token)
    .where(token.c.token_hash == bindparam("h"), token.c.revoked_at.is_(None))
)
_BY_SESSION = (
    select(account, session.c.csrf, session.c.opened_at, session.c.seen_at)
    .join(session)
    .where(session.c.session_hash == bindparam("h"))
)


class SqlAccounts:
    """``engine.ports.store.Accounts`` in SQL."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        # Sessions seen in a reading transaction, to be noted in a writing one.
        self.seen: list[tuple[bytes, datetime]] = []

    def by_name(self, name: str) -> AccountRecord | None:
        """The account of that name."""
        row = self._tx.read(_BY_NAME, {"n": name}).one_or_none()
        return None if row is None else mapping.account(row._asdict())

    def by_token(
        self, token_hash: bytes, now: datetime
    ) -> tuple[AccountRecord, frozenset[str] | None] | None:
        """The account of a valid token and the job types it is bound to."""
        row = self._tx.read(_BY_TOKEN, {"h": token_hash}).one_or_none()
        if row is None or (row.expires_at is not None and row.expires_at <= now):
            return None
        types = None if row.job_types is None else frozenset(row.job_types)
        return mapping.account(row._asdict()), types

    def by_session(self, session_hash: bytes, now: datetime) -> tuple[AccountRecord, str] | None:
        """Account and CSRF token of a live session."""
        row = self._tx.read(_BY_SESSION, {"h": session_hash}).one_or_none()
        if row is None or now - row.seen_at > IDLE or now - row.opened_at > ABSOLUTE:
            return None
        if now - row.seen_at > TOUCH:
            self.seen.append((session_hash, now))
        return mapping.account(row._asdict()), row.csrf

    def touch(self, session_hash: bytes, now: datetime) -> None:
        """The session was used."""
        self._tx.write(
            update(session).where(session.c.session_hash == session_hash).values(seen_at=now)
        )

    def create(self, account: AccountRecord) -> None:
        """``Conflict`` when the name exists."""
        make = sqlite.insert if self._tx.is_sqlite else postgresql.insert
        row = _row(account) | {"key": account.key, "created_at": self._tx.now}
        statement = make(_account).on_conflict_do_nothing(index_elements=["name"])
        if self._tx.write(statement.returning(_account.c.key), row).first() is None:
            raise Conflict("There is an account with this name already.", code="account-exists")

    def by_names(self, names: Sequence[str]) -> Mapping[str, AccountRecord]:
        """Those of the names that exist."""
        found: dict[str, AccountRecord] = {}
        for begin in range(0, len(names), AT_ONCE):
            wanted = select(_account).where(_account.c.name.in_(names[begin : begin + AT_ONCE]))
            for row in self._tx.read(wanted):
                found[row.name] = mapping.account(row._asdict())
        return found

    def create_all(self, accounts: Sequence[AccountRecord]) -> None:
        """Many at once; a name that exists is a lost race of two lists."""
        rows = [_row(each) | {"key": each.key, "created_at": self._tx.now} for each in accounts]
        if rows:
            self._tx.write(insert(_account), rows)

    def of_unit(self, unit_id: str) -> Sequence[AccountRecord]:
        """Enabled accounts of exactly this unit."""
        wanted = select(_account).where(
            _account.c.unit_id == unit_id, _account.c.disabled.is_(False)
        )
        return [mapping.account(row._asdict()) for row in self._tx.read(wanted)]

    def update(self, account: AccountRecord) -> None:
        """All columns; the credential version rises."""
        row = _row(account) | {"credential_version": _account.c.credential_version + 1}
        self._tx.write(update(_account).where(_account.c.key == account.key).values(**row))

    def any(self) -> bool:
        """True when at least one account exists."""
        return self._tx.read(select(_account.c.key).limit(1)).first() is not None

    def add_token(
        self,
        token_hash: bytes,
        account_key: Key,
        label: str,
        job_types: Iterable[str] | None,
        expires_at: datetime | None,
    ) -> None:
        """A token; its hash is its identity."""
        row = {
            "token_hash": token_hash,
            "account_key": account_key,
            "label": label,
            "job_types": None if job_types is None else sorted(job_types),
            "created_at": self._tx.now,
            "expires_at": expires_at,
            "revoked_at": None,
        }
        self._tx.write(insert(token), row)

    def revoke_token(self, account_key: Key, label: str) -> bool:
        """Every valid token of that label; False when there was none."""
        result = self._tx.write(
            update(token)
            .where(
                token.c.account_key == account_key,
                token.c.label == label,
                token.c.revoked_at.is_(None),
            )
            .values(revoked_at=self._tx.real_now)
        )
        return result.rowcount > 0

    def open_session(self, session_hash: bytes, account_key: Key, csrf: str, now: datetime) -> None:
        """A new browser session; those that timed out go."""
        self._tx.write(delete(session).where(session.c.opened_at < now - ABSOLUTE))
        row = {
            "session_hash": session_hash,
            "account_key": account_key,
            "csrf": csrf,
            "opened_at": now,
            "seen_at": now,
        }
        self._tx.write(insert(session), row)

    def close_session(self, session_hash: bytes) -> None:
        """The session ends at once."""
        self._tx.write(delete(session).where(session.c.session_hash == session_hash))

    def failed_logins(self, name_hash: bytes, since: datetime) -> int:
        """Refused attempts since then."""
        statement = (
            select(func.count())
            .select_from(login_failure)
            .where(login_failure.c.name_hash == name_hash, login_failure.c.at >= since)
        )
        return int(self._tx.read(statement).scalar_one())

    def count_failed_login(self, name_hash: bytes, now: datetime) -> None:
        """One more refused attempt."""
        row = {"key": self._tx.next_key(), "name_hash": name_hash, "at": now}
        self._tx.write(insert(login_failure), row)

    def clear_failed_logins(self, name_hash: bytes) -> None:
        """The right password was given."""
        self._tx.write(delete(login_failure).where(login_failure.c.name_hash == name_hash))


_account = account


def _row(record: AccountRecord) -> dict[str, Any]:
    return {
        "tenant_id": record.tenant_id,
        "name": record.name,
        "display_name": record.display_name,
        "password_hash": record.password_hash,
        "credential_version": record.credential_version,
        "disabled": record.disabled,
        "roles": sorted(record.roles),
        "groups": list(record.groups),
        "unit_id": record.unit_id,
        "kind": record.kind,
        "skills": sorted(map(str, record.skills)) or None,
    }
