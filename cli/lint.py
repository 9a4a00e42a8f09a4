"""`motcua lint [PATH]`: everything wrong or doubtful about procedure packages; no database.

Exit code 1 when there is an error, 0 when there are only warnings.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from engine.packages import Package, lint, select
from engine.packages.rules import RULES
from engine.ports.runtime import Finding
from engine.runtime import SpiffRuntime
from engine.settings import Settings

_WORDS = {
    "vi": {
        "error": "LỖI",
        "warning": "LƯU Ý",
        "sum": "{packages} gói: {errors} lỗi, {warnings} lưu ý.",
        "mend": "Cách sửa",
    },
    "en": {
        "error": "ERROR",
        "warning": "WARNING",
        "sum": "{packages} packages: {errors} errors, {warnings} warnings.",
        "mend": "To mend",
    },
}


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("lint", help="Check procedure packages; needs no database")
    add_package_arguments(parser)
    parser.add_argument("--rules", action="store_true", help="list the rules and stop")


def add_package_arguments(parser: argparse.ArgumentParser) -> None:
    """PATH and language, shared with `motcua test`."""
    parser.add_argument(
        "path",
        nargs="?",
        type=Path,
        metavar="PATH",
        help="folder of procedures, one procedure or one version; default: processes/",
    )
    parser.add_argument(
        "--lang", choices=("vi", "en"), default="vi", help="language of the report (vi)"
    )


def selected(path: Path | None) -> tuple[Package, ...]:
    """The packages at PATH, else those the settings name."""
    if path is not None:
        return select(path)
    settings = Settings.from_env(os.environ)
    # A folder of procedures elsewhere has its forms beside it, unless told otherwise.
    return select(
        settings.packages_dir, settings.forms_dir if "MOTCUA_FORMS" in os.environ else None
    )


def run(arguments: argparse.Namespace) -> int:
    """0 without errors, 1 with at least one."""
    utf8()
    language: str = arguments.lang
    if arguments.rules:
        return _list_rules(language)
    packages = selected(arguments.path)
    runtime = SpiffRuntime()
    counts = {"error": 0, "warning": 0}
    for package in packages:
        for finding in lint(package, runtime):
            counts[finding.severity] += 1
            print_finding(f"{package.id}/", finding, language)
    print(
        _WORDS[language]["sum"].format(
            packages=len(packages), errors=counts["error"], warnings=counts["warning"]
        )
    )
    return 1 if counts["error"] else 0


def print_finding(prefix: str, finding: Finding, language: str) -> None:
    """Where, what and how to mend it, as people and editors read it."""
    words = _WORDS[language]
    place = f"{prefix}{finding.resource}" + (f":{finding.line}" if finding.line else "")
    element = f" {finding.element_id}" if finding.element_id else ""
    print(f"{place}:{element} {words[finding.severity]} [{finding.rule}]")
    print(f"    {finding.message[language]}")
    if finding.hint:
        print(f"    {words['mend']}: {finding.hint[language]}")


def utf8() -> None:
    """Vietnamese text on any console, also where the system's code page has no such letters."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _list_rules(language: str) -> int:
    for rule in RULES.values():
        text, mend = (rule.vi, rule.mend_vi) if language == "vi" else (rule.en, rule.mend_en)
        print(f"{rule.id} ({_WORDS[language][rule.severity]})\n    {text}\n    {mend}")
    return 0
