"""`motcua paper CODE FORM FILE`: a form of a dossier as PDF, printed from its log.

`motcua paper --register FROM TO FILE` is form 07. A printing is recorded; a
`--preview` is not.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from cli.init import INSTALLER
from cli.options import add_database, settings_of
from engine.bootstrap import build_engine
from engine.commands.print_paper import PrintPaper, PrintRegister
from engine.errors import InvalidInput
from engine.packages.papers import print_pdf


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("paper", help="Print a form of a dossier, or the register")
    add_database(parser)
    parser.add_argument("what", metavar="CODE|FROM", help="a dossier code; a day with --register")
    parser.add_argument("form", metavar="FORM|TO", help="01 to 06; a day with --register")
    parser.add_argument("file", type=Path, metavar="FILE", help="where the PDF goes")
    parser.add_argument("--register", action="store_true", help="form 07 between two days")
    parser.add_argument("--preview", action="store_true", help="record nothing")


def run(arguments: argparse.Namespace) -> int:
    """Write the file and say where it is."""
    command: object = PrintPaper(
        code=arguments.what, form=arguments.form, preview=arguments.preview
    )
    if arguments.register:
        command = PrintRegister(first=_day(arguments.what), last=_day(arguments.form))
    engine = build_engine(settings_of(arguments))
    try:
        made = print_pdf(engine, command, INSTALLER)
    finally:
        engine.close()
    try:
        arguments.file.write_bytes(made)
    except OSError as error:
        reason = error.strerror or "it cannot be written"
        raise InvalidInput(f"{arguments.file}: {reason}.", code="no-such-file") from None
    print(f"{arguments.file}: {len(made)} bytes")
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"{text}: write a day as 2026-11-24.", code="bad-time") from None
