"""Local accounts and their tokens: create, change, block, issue, revoke."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from engine.commands.context import Context, Result
from engine.commands.log_in import digest
from engine.domain.events import AccountChanged, AccountCreated, TokenIssued, TokenRevoked
from engine.domain.ids import DEFAULT_TENANT
from engine.domain.permissions import ROLES
from engine.domain.records import AccountRecord
from engine.errors import Fault, InvalidInput, NotFound

MIN_PASSWORD = 8
MAX_GROUPS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateAccount:
    """``password`` None makes an account that only tokens can use."""

    name: str
    password: str | None = field(default=None, repr=False)
    display_name: str = ""
    roles: frozenset[str] = frozenset()
    groups: tuple[str, ...] = ()
    unit_id: str = ""
    tenant_id: str = DEFAULT_TENANT
    kind: str = "user"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAccount:
    """Only what is not None changes; a block acts with the next command."""

    name: str
    password: str | None = field(default=None, repr=False)
    display_name: str | None = None
    roles: frozenset[str] | None = None
    groups: tuple[str, ...] | None = None
    unit_id: str | None = None
    disabled: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueToken:
    """A bearer token; shown once. ``job_types`` None = all the account may do."""

    name: str
    label: str
    job_types: tuple[str, ...] | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeToken:
    name: str
    label: str


def create_account(command: CreateAccount, context: Context) -> Result:
    shortest = 1 if context.settings.demo else MIN_PASSWORD
    _require_valid(command.name, command.password, command.roles, command.groups, shortest)

    key = context.uow.next_key()
    context.uow.accounts.create(
        AccountRecord(
            key=key,
            name=command.name,
            display_name=command.display_name or command.name,
            password_hash=command.password and context.passwords.hash(command.password),
            credential_version=1,
            disabled=False,
            roles=command.roles,
            groups=command.groups,
            unit_id=command.unit_id,
            tenant_id=command.tenant_id,
            kind=command.kind,
        )
    )
    context.uow.record(None, AccountCreated(account_key=key))
    return {"key": key, "name": command.name}


def change_account(command: ChangeAccount, context: Context) -> Result:
    shortest = 1 if context.settings.demo else MIN_PASSWORD
    _require_valid(
        command.name, command.password, command.roles or (), command.groups or (), shortest
    )
    account = _account(command.name, context)

    changes: dict[str, object] = {
        name: getattr(command, name)
        for name in ("display_name", "roles", "groups", "unit_id", "disabled")
        if getattr(command, name) is not None
    }
    if command.password is not None:
        changes["password_hash"] = context.passwords.hash(command.password)
    context.uow.accounts.update(replace(account, **changes))  # type: ignore[arg-type]  # same names
    what = ",".join(sorted(changes))
    context.uow.record(None, AccountChanged(account_key=account.key, what=what))
    return {"key": account.key, "name": account.name}


def issue_token(command: IssueToken, context: Context) -> Result:
    if not command.label:
        raise InvalidInput("A token needs a label to revoke it by.", code="token-label-empty")
    account = _account(command.name, context)

    token = secrets.token_urlsafe(32)
    context.uow.accounts.add_token(
        digest(token), account.key, command.label, command.job_types, command.expires_at
    )
    context.uow.record(None, TokenIssued(account_key=account.key, label=command.label))
    return {"token": token, "label": command.label}


def revoke_token(command: RevokeToken, context: Context) -> Result:
    account = _account(command.name, context)
    if not context.uow.accounts.revoke_token(account.key, command.label):
        raise NotFound("The account has no such token.", code="no-token")
    context.uow.record(None, TokenRevoked(account_key=account.key, label=command.label))
    return {"label": command.label}


def _account(name: str, context: Context) -> AccountRecord:
    account = context.uow.accounts.by_name(name)
    if account is None:
        raise NotFound("There is no such account.", code="no-account")
    return account


def account_faults(
    name: str,
    password: str | None,
    roles: Iterable[str],
    groups: tuple[str, ...],
    shortest: int = MIN_PASSWORD,
) -> list[Fault]:
    """What no account may be."""
    faults = []
    if not name.strip() or len(name) > 200:
        faults.append(Fault(pointer="/name", code="name", sentence="Name: 1 to 200 characters."))
    if password is not None and len(password) < shortest:
        sentence = f"Password: at least {shortest} characters."
        faults.append(Fault(pointer="/password", code="password-short", sentence=sentence))
    unknown = sorted(set(roles) - set(ROLES) | ({"system"} & set(roles)))
    if unknown:
        sentence = f"Unknown roles: {', '.join(unknown)}."
        faults.append(Fault(pointer="/roles", code="role-unknown", sentence=sentence))
    if len(groups) > MAX_GROUPS:
        sentence = f"At most {MAX_GROUPS} groups."
        faults.append(Fault(pointer="/groups", code="groups-many", sentence=sentence))
    return faults


def _require_valid(
    name: str,
    password: str | None,
    roles: Iterable[str],
    groups: tuple[str, ...],
    shortest: int,
) -> None:
    faults = account_faults(name, password, roles, groups, shortest)
    if faults:
        raise InvalidInput("The account is not acceptable.", faults)
