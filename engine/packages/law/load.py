"""Load the files of law into an installation; one line for each kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

from engine.commands.load_law import LoadLaw
from engine.domain.actors import Actor
from engine.packages.law.files import read_law
from engine.ports.engine import Engine

_SHOWN = ("added", "changed", "same", "kept")


def law_dir(engine: Engine) -> Path:
    """Where an installation keeps its law: beside its procedures."""
    return engine.settings.packages_dir / "_law"


def load_own(engine: Engine, actor: Actor) -> Iterator[str]:
    """What belongs to the installation's procedures; nothing when it has no such folder."""
    if law_dir(engine).is_dir():
        yield from load_files(engine, actor)


def load_files(engine: Engine, actor: Actor, path: Path | None = None) -> Iterator[str]:
    """Load a file or folder (default: the installation's own) and say what changed."""
    rows = read_law(path or law_dir(engine))
    yield f"{len(rows)} rows of law read and checked"
    result = engine.execute(LoadLaw(rows=rows), actor).result
    total = 0
    for kind, counts in sorted(cast("Mapping[str, Mapping[str, int]]", result["kinds"]).items()):
        shown = ", ".join(f"{counts[name]} {name}" for name in _SHOWN if name in counts)
        total += counts.get("added", 0) + counts.get("changed", 0)
        yield f"  {kind}: {shown}"
    yield f"{total} changes"
