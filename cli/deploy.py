"""`motcua deploy FILE …`: deploy BPMN, DMN and form files as one deployment."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from cli.init import INSTALLER
from cli.options import add_database, settings_of
from engine.bootstrap import build_engine, migrate
from engine.commands.deploy_resources import DeployResources
from engine.errors import DeployRefused, InvalidInput
from engine.ports.runtime import Finding


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("deploy", help="Deploy files together, all or none")
    add_database(parser)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")


def run(arguments: argparse.Namespace) -> int:
    """0 when all files are deployed, 1 with the findings otherwise."""
    for path in arguments.files:
        if not path.is_file():
            raise InvalidInput(f"{path}: there is no such file.", code="no-such-file")
    resources = tuple((path.name, path.read_bytes()) for path in arguments.files)
    settings = settings_of(arguments)
    migrate(settings)
    engine = build_engine(settings)
    try:
        done = engine.execute(DeployResources(resources=resources), INSTALLER)
    except DeployRefused as refusal:
        for finding in refusal.findings:
            if isinstance(finding, Finding):
                print(_line(finding))
        raise
    finally:
        engine.close()
    print(f"Deployment {done.result['deployment_key']}: {len(resources)} files.")
    return 0


def _line(finding: Finding) -> str:
    place = f"{finding.resource}:{finding.line} {finding.element_id}"
    return f"{place} [{finding.rule}] {finding.message['en']} | {finding.message['vi']}"
