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
from engine.packages.deploy import deploy_packages
from engine.ports.engine import Engine
from engine.ports.runtime import Finding


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("deploy", help="Deploy files together, all or none")
    add_database(parser)
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="none: all procedure packages"
    )


def run(arguments: argparse.Namespace) -> int:
    """0 when all files are deployed, 1 with the findings otherwise."""
    for path in arguments.files:
        if not path.is_file():
            raise InvalidInput(f"{path}: there is no such file.", code="no-such-file")
    settings = settings_of(arguments)
    migrate(settings)
    engine = build_engine(settings)
    try:
        if arguments.files:
            _deploy_files(engine, arguments.files)
        else:
            _deploy_packages(engine)
    finally:
        engine.close()
    return 0


def _deploy_packages(engine: Engine) -> None:
    settings = engine.settings
    for name in deploy_packages(engine, settings.packages_dir, settings.forms_dir, INSTALLER):
        print(f"Procedure {name} is deployed.")


def _deploy_files(engine: Engine, files: list[Path]) -> None:
    resources = tuple((path.name, path.read_bytes()) for path in files)
    try:
        done = engine.execute(DeployResources(resources=resources), INSTALLER)
    except DeployRefused as refusal:
        for finding in refusal.findings:
            if isinstance(finding, Finding):
                print(_line(finding))
        raise
    print(f"Deployment {done.result['deployment_key']}: {len(resources)} files.")


def _line(finding: Finding) -> str:
    place = f"{finding.resource}:{finding.line} {finding.element_id}"
    return f"{place} [{finding.rule}] {finding.message['en']} | {finding.message['vi']}"
