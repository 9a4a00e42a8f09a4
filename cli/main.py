"""`motcua`: one file per command; a command is imported only when it is called.

So commands that need no database run in a fresh clone without one, and on
machines where gunicorn does not exist.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

from engine.errors import InvalidInput, MotcuaError

COMMANDS = {
    "init": "Create the database and the first administrator",
    "serve": "Serve the API and the pages; with SQLite also the jobs",
    "worker": "Run timers and jobs beside other servers (PostgreSQL)",
    "load": "Load rows of law (units, procedures, calendars) from files",
    "provision": "Bring units, users, roles and skills to what files say",
    "merge-units": "Merge communes by decision; open dossiers and people move along",
    "where": "Who decides a procedure handed in here, and why; needs no database",
    "day-close": "A unit's day: received, solved, overdue by cause, channel, cash",
    "catalogue": "How far the procedures of the catalogue are, and the gaps",
    "deploy": "Deploy files or procedure packages",
    "lint": "Check procedure packages; needs no database",
    "test": "Run the scenarios of procedure packages; needs no database",
    "diff": "Tell in sentences what a new version of a procedure changes",
    "paper": "Print a form of a dossier, or the register, as PDF",
    "clock": "Compute legal due dates and explain them; `due` needs no database",
    "new": "Begin a procedure from one that works; needs no database",
    "templates": "Write element templates for Camunda Modeler",
    "feel": "Evaluate a FEEL expression and explain it; needs no database",
    "verify": "Verify an electronic copy; needs no database and no network",
    "instance": "Suspend or resume a process instance",
    "incidents": "List, explain and retry what is stuck",
    "connectors": "Systems procedures ask: owner, legal basis, health",
    "migrate": "Put running instances onto another version, or tell what that would do",
    "modify": "Begin, move and end elements of an instance, or tell what that would do",
    "mock-portal": "Run a national portal for training and tests",
    "reconcile": "Compare our dossiers with the national portal's",
    "inspect": "Show an instance: where it stands, what it waits for",
    "webhooks": "List webhooks, show dead letters, replay",
    "backup": "Write the whole installation into a folder",
    "restore": "Load a backup into an installation without data",
    "cleanup": "Remove ended instances whose time is over; set how long they are kept",
    "hold": "Keep an instance from removal and erasure, or let it go again",
    "erase": "Erase what persons gave to an ended instance; list what was erased",
    "doctor": "Check settings, schema and the chains of events",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 = done, 1 = found something wrong, 2 = called wrongly."""
    words = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(
        prog="motcua", description="The process engine of one-stop counters."
    )
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    wanted = next((word for word in words if word in COMMANDS), None)
    for name, summary in COMMANDS.items():
        if name == wanted:
            importlib.import_module(_module(name)).register(subparsers)
        else:
            subparsers.add_parser(name, help=summary)
    arguments = parser.parse_args(words)
    if arguments.command is None:
        parser.print_help()
        return 2
    return _run(arguments)


def _module(command: str) -> str:
    return f"cli.{command.replace('-', '_')}"


def _run(arguments: argparse.Namespace) -> int:
    try:
        code: int = importlib.import_module(_module(arguments.command)).run(arguments)
    except MotcuaError as error:
        print(f"motcua {arguments.command}: {error}", file=sys.stderr)
        for fault in error.faults if isinstance(error, InvalidInput) else ():
            print(f"  {fault.pointer}: {fault.sentence}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0
    return code


if __name__ == "__main__":
    sys.exit(main())
