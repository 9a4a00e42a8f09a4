"""A copy of the shipped procedure that a test may spoil, one edit at a time."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine.packages import Package, lint, load_one
from engine.ports.runtime import Finding
from engine.runtime import SpiffRuntime

ROOT = Path(__file__).parents[3]
SLUG, DATE = "chung-thuc-ban-sao", "2025-11-01"


@dataclass(frozen=True)
class Copy:
    """The files of one package in a temporary folder."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / "processes" / SLUG / DATE

    @property
    def forms(self) -> Path:
        return self.root / "forms" / SLUG / DATE

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace text in a file; the text must be there."""
        path = self.forms / name if name.endswith(".form") else self.folder / name
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    def load(self) -> Package:
        return load_one(self.folder, self.root / "forms")

    def lint(self) -> list[Finding]:
        return list(lint(self.load(), SpiffRuntime()))


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """The certified-copy package, ready to be spoilt."""
    for name in ("processes", "forms"):
        shutil.copytree(ROOT / name / SLUG / DATE, tmp_path / name / SLUG / DATE)
    calendar = Path("processes") / "_law" / "calendar"
    shutil.copytree(ROOT / calendar, tmp_path / calendar)
    return Copy(tmp_path)


@pytest.fixture
def spoilt(copy: Copy) -> Callable[[str, str, str], list[Finding]]:
    """Findings after one edit."""

    def edit(name: str, old: str, new: str) -> list[Finding]:
        copy.edit(name, old, new)
        return copy.lint()

    return edit
