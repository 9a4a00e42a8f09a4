"""Who is calling: Basic pairs, bearer tokens and browser sessions become actors.

The account's row is read with each call, so a block acts at once. A verified
Basic pair is remembered five minutes as an HMAC over name, password and
credential version: argon2 on each request would cost more than the command.
"""

from __future__ import annotations

import hmac
import secrets
import time
import unicodedata
from collections import OrderedDict
from datetime import datetime
from threading import Lock

from engine.commands.log_in import FAILURES, WINDOW, digest, name_digest
from engine.domain.actors import SYSTEM, Actor
from engine.domain.records import AccountRecord
from engine.domain.skills import with_skills
from engine.errors import NotAuthenticated
from engine.ports.engine import Session
from engine.ports.passwords import Passwords
from engine.ports.store import Store
from engine.settings import HANOI

REMEMBER_SECONDS = 300.0
REMEMBER_PAIRS = 1024


class Authentication:
    """One per process; the memory of verified pairs never leaves it."""

    def __init__(self, store: Store, passwords: Passwords) -> None:
        self._store = store
        self._passwords = passwords
        self._secret = secrets.token_bytes(32)
        self._verified: OrderedDict[bytes, float] = OrderedDict()
        self._lock = Lock()

    def basic(self, name: str, password: str) -> Actor:
        """The actor of a name and password; ``NotAuthenticated`` otherwise."""
        with self._store.reading(SYSTEM) as uow:
            account = uow.accounts.by_name(unicodedata.normalize("NFC", name))
        version = account.credential_version if account else 0
        proof = self._proof(name, password, version)
        if account is None or not self._remembers(proof):
            self._verify(name, account, password)
            self._remember(proof)
        return actor_of(_enabled(account))

    def token(self, token: str) -> Actor:
        """The actor of a bearer token."""
        token_hash = digest(token)
        with self._store.reading(SYSTEM) as uow:
            found = uow.accounts.by_token(token_hash, uow.real_now)
        if found is None:
            raise NotAuthenticated("The token is unknown, expired or revoked.")
        account, job_types = found
        return actor_of(_enabled(account), job_types)

    def session(self, secret: str) -> Session | None:
        """The live session of a cookie's secret."""
        with self._store.reading(SYSTEM) as uow:
            found = uow.accounts.by_session(digest(secret), uow.real_now)
        if found is None or found[0].disabled:
            return None
        return Session(actor=actor_of(found[0]), csrf=found[1])

    def account(self, name: str) -> Actor | None:
        """The acting side of an account that is not blocked."""
        with self._store.reading(SYSTEM) as uow:
            found = uow.accounts.by_name(name)
        return None if found is None or found.disabled else actor_of(found)

    def _verify(self, name: str, account: AccountRecord | None, password: str) -> None:
        with self._store.reading(SYSTEM) as uow:
            failures = uow.accounts.failed_logins(name_digest(name), uow.real_now - WINDOW)
        if failures >= FAILURES:
            raise NotAuthenticated("Too many wrong attempts; wait 15 minutes.", code="locked-out")
        if not self._passwords.verify(account.password_hash if account else None, password):
            raise NotAuthenticated("The name or the password is wrong.", code="wrong-credentials")

    def _proof(self, name: str, password: str, version: int) -> bytes:
        text = f"{name}\0{password}\0{version}".encode()
        return hmac.digest(self._secret, text, "sha256")

    def _remembers(self, proof: bytes) -> bool:
        with self._lock:
            until = self._verified.get(proof)
        return until is not None and until > time.monotonic()

    def _remember(self, proof: bytes) -> None:
        with self._lock:
            self._verified[proof] = time.monotonic() + REMEMBER_SECONDS
            self._verified.move_to_end(proof)
            while len(self._verified) > REMEMBER_PAIRS:
                self._verified.popitem(last=False)


def actor_of(account: AccountRecord, job_types: frozenset[str] | None = None) -> Actor:
    """The acting side of an account."""
    return Actor(
        name=account.name,
        key=account.key,
        kind="client" if account.kind == "client" else "user",
        display_name=account.display_name,
        roles=account.roles,
        groups=with_skills(account.groups, account.skills, datetime.now(HANOI).date()),
        unit_id=account.unit_id,
        tenant_id=account.tenant_id,
        job_types=job_types,
    )


def _enabled(account: AccountRecord | None) -> AccountRecord:
    if account is None or account.disabled:
        raise NotAuthenticated("The name or the password is wrong.", code="wrong-credentials")
    return account
