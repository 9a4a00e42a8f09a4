"""Which packages a path means: all of a folder, one procedure, or one dated version."""

from __future__ import annotations

import re
from pathlib import Path

from engine.errors import InvalidInput
from engine.packages.load import load, load_one
from engine.packages.model import Package

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def forms_beside(packages_dir: Path) -> Path:
    """The folder of the forms that belong to a folder of procedures: its sibling ``forms``."""
    return packages_dir.resolve().parent / "forms"


def select(path: Path, forms_dir: Path | None = None) -> tuple[Package, ...]:
    """The packages at a path; ``InvalidInput`` says what a path may be.

    ``forms_dir`` is the folder of all forms, when it is not beside the procedures.
    """
    if path.is_file():
        path = next((one for one in path.parents if _DATE.fullmatch(one.name)), path)
    folder = path.resolve()
    if not folder.is_dir():
        raise InvalidInput(f"{path}: there is no such folder.", code="no-such-folder")
    found = _selected(folder, forms_dir)
    if not found:
        raise InvalidInput(
            f"{path}: no procedure package here. Name a folder of procedures (processes/),"
            " one procedure (processes/SLUG) or one version (processes/SLUG/2026-01-31).",
            code="no-package",
        )
    return found


def _selected(folder: Path, forms_dir: Path | None) -> tuple[Package, ...]:
    if _DATE.fullmatch(folder.name) or (folder / "procedure.yml").is_file():
        return (load_one(folder, forms_dir or forms_beside(folder.parent.parent)),)
    versions = [one for one in folder.iterdir() if one.is_dir() and _DATE.fullmatch(one.name)]
    if versions:
        forms = forms_dir or forms_beside(folder.parent)
        return tuple(load_one(one, forms) for one in sorted(versions))
    return load(folder, forms_dir or forms_beside(folder))
