"""A new procedure begun from one that works: its own code, slug, process and form ids.

Everything else is copied as it is, scenarios too, so lint and tests are green
from the first minute; the copy is a draft and none of its numbers is verified.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from engine.domain.text import fold
from engine.errors import Conflict, InvalidInput, NotFound
from engine.packages.load import SLUG, load_one
from engine.packages.model import Package

CODE = re.compile(r"[1-9]\.[0-9]{6}(\.[0-9A-Z]+)*")
_TEXTUAL = {".yml", ".yaml", ".bpmn", ".dmn", ".form", ".typ", ".md"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the new procedure is called; ``slug`` None = made from the name or the code."""

    code: str
    applies_from: date
    name: str | None = None
    slug: str | None = None

    @property
    def folder(self) -> str:
        """The folder's name."""
        if self.slug is not None:
            return self.slug
        words = re.sub(r"[^a-z0-9]+", "-", fold(self.name or "")).strip("-")
        return words[:60].rstrip("-") or f"thu-tuc-{self.code.lower().replace('.', '-')}"


def latest_of(packages: Iterable[Package], code: str) -> Package:
    """The newest version of a procedure; ``NotFound`` names the codes there are."""
    known = sorted(packages, key=lambda package: package.applies_from)
    found = [package for package in known if package.code == code]
    if not found:
        codes = ", ".join(sorted({package.code for package in known if package.code}))
        raise NotFound(
            f"No package here has the code {code[:20]}. There are: {codes or 'none'}.",
            code="package-unknown",
        )
    return found[-1]


def make_like(source: Package, wanted: Wanted, packages_dir: Path, forms_dir: Path) -> Package:
    """Write the new package beside the others, whole or not at all."""
    _check(source, wanted, packages_dir, forms_dir)
    dated = wanted.applies_from.isoformat()
    made: list[Path] = []
    try:
        for folder, home in ((source.folder, packages_dir), (source.forms_folder, forms_dir)):
            if folder.is_dir():
                made.append(_copied(folder, home / wanted.folder, dated, source, wanted))
    except BaseException:
        for folder in made:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return load_one(packages_dir / wanted.folder / dated, forms_dir)


def _check(source: Package, wanted: Wanted, packages_dir: Path, forms_dir: Path) -> None:
    if not CODE.fullmatch(wanted.code):
        raise InvalidInput(
            f"{wanted.code[:30]!r} is no procedure code: write it as 1.004873.", code="code-format"
        )
    if not SLUG.fullmatch(wanted.folder):
        raise InvalidInput(
            f"{wanted.folder[:60]!r} is no folder name: lower-case letters without marks, digits"
            " and hyphens.",
            code="slug-format",
        )
    if source.procedure is None:
        raise InvalidInput(
            f"{source.id} cannot be read: mend it first (motcua lint).", code="package-broken"
        )
    for home in (packages_dir, forms_dir):
        if (home / wanted.folder).exists():
            raise Conflict(
                f"{home / wanted.folder} exists already: name another with --slug.",
                code="package-exists",
            )


def _copied(folder: Path, target: Path, dated: str, source: Package, wanted: Wanted) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".new-") as temporary:
        begun = Path(temporary) / wanted.folder
        shutil.copytree(folder, begun / dated)
        for path in begun.rglob("*"):
            if path.is_file() and path.suffix in _TEXTUAL:
                text = path.read_text("utf-8")
                path.write_text(_rewritten(path.name, text, source, wanted), "utf-8", newline="")
        for path in sorted(begun.rglob(f"{source.slug}*"), reverse=True):
            path.rename(path.with_name(path.name.replace(source.slug, wanted.folder, 1)))
        begun.replace(target)
    return target


def _rewritten(name: str, text: str, source: Package, wanted: Wanted) -> str:
    # Ids begin with the slug (style of the packages); the process id may be another word.
    for old in {source.slug, source.process_id}:
        text = re.sub(rf"(?<![A-Za-z0-9_]){re.escape(old)}(?![A-Za-z0-9_])", wanted.folder, text)
    text = re.sub(rf"(?<![\d.]){re.escape(source.code)}(?![\d])", wanted.code, text)
    return _draft(text, wanted) if name == "procedure.yml" else text


def _draft(text: str, wanted: Wanted) -> str:
    text = re.sub(r"(?m)^status: .*$", "status: draft", text, count=1)
    text = re.sub(r"(?m)\bverified: true\b", "verified: false", text)
    if wanted.name is None:
        return text
    quoted = '"' + wanted.name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    named = f"name:\n  vi: {quoted}\n  en: {quoted}\n"
    return re.sub(r"(?m)^name:\n(?:[ \t]+.*\n|\n)+", lambda _: named, text, count=1)
