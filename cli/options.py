"""Options and settings several commands share."""

from __future__ import annotations

import argparse
import os
from typing import Any

from engine.settings import Settings


def add_database(parser: argparse.ArgumentParser) -> None:
    """`--database URL`; it wins over MOTCUA_DATABASE_URL."""
    parser.add_argument(
        "--database",
        metavar="URL",
        help="sqlite:///FILE or postgresql://…; default: MOTCUA_DATABASE_URL, else a file in var/",
    )


def settings_of(arguments: argparse.Namespace, **overrides: Any) -> Settings:
    """Settings from the environment, the flags on top of them."""
    if arguments.database:
        overrides["database_url"] = arguments.database
    return Settings.from_env(os.environ, **overrides)


def export(settings: Settings) -> None:
    """Hand the settings to processes started from here."""
    os.environ["MOTCUA_DATABASE_URL"] = settings.database_url
    if settings.demo:
        os.environ["MOTCUA_DEMO"] = "1"
    if settings.test:
        os.environ["MOTCUA_TEST"] = "1"


def no_database() -> Settings:
    """Settings of commands that read files only."""
    return Settings.from_env(os.environ)
