"""Demo data: accounts whose password is their name, one per role of a counter.

Only for ``--demo``, which listens on loopback. Running it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.commands.manage_accounts import CreateAccount
from engine.domain.actors import Actor
from engine.errors import Conflict
from engine.packages.deploy import deploy_packages
from engine.packages.law.load import load_own
from engine.ports.engine import Engine

SEEDER = Actor(name="demo", kind="system", roles=frozenset({"admin", "system"}))

# Phường Hải Châu in Đà Nẵng; codes of the official list of units.
DEMO_COMMUNE = "20242"
DEMO_UNIT = f"48/{DEMO_COMMUNE}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """One person of the demo counter."""

    name: str
    display_name: str
    roles: frozenset[str]
    groups: tuple[str, ...] = ()
    unit_id: str = ""


def _clerk(name: str, display_name: str, group: str, *roles: str) -> DemoAccount:
    return DemoAccount(
        name=name,
        display_name=display_name,
        roles=frozenset({"clerk", *roles}),
        groups=(f"{group}@ubnd-{DEMO_COMMUNE}",),
        unit_id=DEMO_UNIT,
    )


DEMO_ACCOUNTS = (
    DemoAccount(name="admin", display_name="Quản trị hệ thống", roles=frozenset({"admin"})),
    _clerk("tiepnhan", "Trần Thị Mai, tiếp nhận", "reception"),
    _clerk("chuyenvien", "Lê Văn Đức, chuyên viên", "specialist"),
    _clerk("lanhdao", "Nguyễn Hữu Phước, lãnh đạo ký", "signer", "supervisor"),
    _clerk("vanthu", "Phạm Thị Hoà, văn thư", "records"),
    DemoAccount(
        name="tichhop",
        display_name="Hệ thống tích hợp",
        roles=frozenset({"integrator", "worker"}),
    ),
)


def seed_demo(engine: Engine) -> Iterator[str]:
    """Create what is missing; one line for each thing made."""
    for account in DEMO_ACCOUNTS:
        command = CreateAccount(
            name=account.name,
            password=account.name,
            display_name=account.display_name,
            roles=account.roles,
            groups=account.groups,
            unit_id=account.unit_id,
        )
        try:
            engine.execute(command, SEEDER)
        except Conflict:
            continue
        yield f"account {account.name}"
    law = list(load_own(engine, SEEDER))
    if law and law[-1] != "0 changes":
        yield from law
    settings = engine.settings
    for package in deploy_packages(engine, settings.packages_dir, settings.forms_dir, SEEDER):
        yield f"procedure {package}"
