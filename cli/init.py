"""`motcua init`: migrate the database and make the first administrator."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import Any

from cli.options import add_database, settings_of
from engine.bootstrap import build_engine, migrate
from engine.commands.manage_accounts import CreateAccount
from engine.domain.actors import Actor
from engine.errors import InvalidInput
from engine.packages.law.load import load_own
from engine.ports.views import Condition, Query

# Nobody exists yet who could allow it: whoever may write the database may do this.
INSTALLER = Actor(name="installer", kind="system", roles=frozenset({"admin", "system"}))


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("init", help="Create the database and the first administrator")
    add_database(parser)
    parser.add_argument("--admin", metavar="NAME", help="make this administrator")
    parser.add_argument(
        "--password-stdin", action="store_true", help="read the password from standard input"
    )


def run(arguments: argparse.Namespace) -> int:
    """Migrate; with --admin also make the account, unless an administrator exists."""
    settings = settings_of(arguments)
    migrate(settings)
    print("The database is up to date.")
    engine = build_engine(settings)
    try:
        for line in load_own(engine, INSTALLER):
            print(line)
        if not arguments.admin:
            print("Next: motcua init --admin NAME makes the first administrator.")
            return 0
        query = Query(where=(Condition(field="roles", op="eq", value="admin"),), limit=1)
        if engine.views.search("account", INSTALLER, query).items:
            raise InvalidInput("There is an administrator already; log in and add others there.")
        password = _password(arguments)
        engine.execute(
            CreateAccount(name=arguments.admin, password=password, roles=frozenset({"admin"})),
            INSTALLER,
        )
    finally:
        engine.close()
    print(f"Administrator {arguments.admin} is ready. Next: motcua serve")
    return 0


def _password(arguments: argparse.Namespace) -> str:
    if arguments.password_stdin:
        return sys.stdin.readline().rstrip("\n")
    return getpass.getpass("Password (at least 8 characters): ")
