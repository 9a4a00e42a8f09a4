"""Bring accounts to what a list says: made when missing, changed when different, else left.

A password is set only when an account is made; one without a password cannot
log in until somebody gives it one (invited). Accounts the list leaves out stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from engine.commands.context import Context, Result
from engine.commands.manage_accounts import account_faults
from engine.domain.events import AccountChanged, AccountCreated
from engine.domain.ids import DEFAULT_TENANT
from engine.domain.records import AccountRecord
from engine.domain.skills import Skill
from engine.errors import Fault, InvalidInput

MOST = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSpec:
    """What one account shall be."""

    name: str
    display_name: str
    unit_id: str
    roles: frozenset[str]
    groups: tuple[str, ...]
    skills: tuple[Skill, ...] = ()
    disabled: bool = False
    initial_secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionAccounts:
    """At most 5,000 at once; a longer list is sent in parts."""

    accounts: Sequence[AccountSpec]


def provision_accounts(command: ProvisionAccounts, context: Context) -> Result:
    if len(command.accounts) > MOST:
        raise InvalidInput(f"At most {MOST} accounts at once.", code="accounts-many")
    faults = [fault for spec in command.accounts for fault in faults_of(spec)]
    faults += list(_twice(command.accounts))
    if faults:
        raise InvalidInput(faults[0].sentence, faults, code="accounts-refused")
    held = context.uow.accounts.by_names([spec.name for spec in command.accounts])

    made: list[AccountRecord] = []
    changed: list[AccountRecord] = []
    for spec in command.accounts:
        account = held.get(spec.name)
        if account is None:
            made.append(_new(spec, context))
        elif _differs(account, spec):
            changed.append(_changed(account, spec))
    context.uow.accounts.create_all(made)
    for account in changed:
        context.uow.accounts.update(account)

    context.uow.record(None, *(AccountCreated(account_key=account.key) for account in made))
    what = "display_name,groups,roles,skills,unit_id"
    context.uow.record(
        None, *(AccountChanged(account_key=account.key, what=what) for account in changed)
    )
    same = len(command.accounts) - len(made) - len(changed)
    invited = sum(account.password_hash is None for account in made)
    return {"added": len(made), "changed": len(changed), "same": same, "invited": invited}


def faults_of(spec: AccountSpec) -> Iterator[Fault]:
    """What is wrong with one account; an initial password may be short in no mode."""
    for fault in account_faults(spec.name, spec.initial_secret, spec.roles, spec.groups):
        yield Fault(
            pointer=spec.name[:100],
            code=fault.code,
            sentence=f"account {spec.name[:60]!r}: {fault.sentence}",
        )


def _twice(specs: Iterable[AccountSpec]) -> Iterator[Fault]:
    for name, times in Counter(spec.name for spec in specs).items():
        if times > 1:
            sentence = f"account {name[:60]!r} stands {times} times."
            yield Fault(pointer=name[:100], code="account-twice", sentence=sentence)


def _new(spec: AccountSpec, context: Context) -> AccountRecord:
    secret = spec.initial_secret
    return AccountRecord(
        key=context.uow.next_key(),
        name=spec.name,
        display_name=spec.display_name,
        password_hash=None if secret is None else context.passwords.hash(secret),
        credential_version=1,
        disabled=spec.disabled,
        roles=spec.roles,
        groups=spec.groups,
        unit_id=spec.unit_id,
        tenant_id=DEFAULT_TENANT,
        kind="user",
        skills=spec.skills,
    )


def _changed(account: AccountRecord, spec: AccountSpec) -> AccountRecord:
    return replace(
        account,
        display_name=spec.display_name,
        disabled=spec.disabled,
        roles=spec.roles,
        groups=spec.groups,
        unit_id=spec.unit_id,
        skills=spec.skills,
    )


def _differs(account: AccountRecord, spec: AccountSpec) -> bool:
    return _changed(account, spec) != account
