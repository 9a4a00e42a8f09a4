"""Open and close a browser session of a local account.

Wrong pairs are counted by a digest of the name; after ten within 15 minutes
the name is refused for the rest of that time, right or wrong.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass, field
from datetime import timedelta

from engine.commands.context import Context, Result
from engine.domain.events import LoggedIn, LoggedOut
from engine.errors import NotAuthenticated

FAILURES = 10
WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogIn:
    """A name and the password that goes with it."""

    name: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogOut:
    """``secret`` is the cookie's value."""

    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountFailedLogIn:
    """Internal: the refusal itself rolls back, so it is counted by a command of its own."""

    name: str


def digest(secret: str) -> bytes:
    """SHA-256 of a random secret: what the database keeps of it."""
    return hashlib.sha256(secret.encode()).digest()


def name_digest(name: str) -> bytes:
    """Digest under which failures of a name are counted, written either way."""
    return digest(unicodedata.normalize("NFC", name).casefold())


def log_in(command: LogIn, context: Context) -> Result:
    accounts = context.uow.accounts
    since = context.uow.real_now - WINDOW
    if accounts.failed_logins(name_digest(command.name), since) >= FAILURES:
        raise NotAuthenticated("Too many wrong attempts; wait 15 minutes.", code="locked-out")
    account = accounts.by_name(command.name)
    holds = context.passwords.verify(account.password_hash if account else None, command.password)
    if account is None or account.disabled or not holds:
        raise NotAuthenticated("The name or the password is wrong.", code="wrong-credentials")

    secret, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    accounts.clear_failed_logins(name_digest(command.name))
    accounts.open_session(digest(secret), account.key, csrf, context.uow.real_now)
    context.uow.record(None, LoggedIn(account_key=account.key))
    return {"secret": secret, "csrf": csrf, "account_key": account.key}


def log_out(command: LogOut, context: Context) -> Result:
    context.uow.accounts.close_session(digest(command.secret))
    context.uow.record(None, LoggedOut(account_key=context.actor.key))
    return {}


def count_failed_log_in(command: CountFailedLogIn, context: Context) -> Result:
    context.uow.accounts.count_failed_login(name_digest(command.name), context.uow.real_now)
    return {}
