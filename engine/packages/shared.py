"""Called processes that every procedure may use: the folders under ``processes/_shared``.

Each folder is one deployment; an unchanged one is not deployed again. Callers
bind by ``versionTag``, so a new version of a building block is a new tag.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from engine.commands.deploy_resources import DeployResources
from engine.domain.actors import Actor
from engine.ports.engine import Engine
from engine.ports.views import Condition, Query

SUFFIXES = frozenset({".bpmn", ".dmn", ".form"})


def deploy_shared(engine: Engine, packages_dir: Path, actor: Actor) -> Iterator[str]:
    """Deploy what is new; yields the name of each folder deployed."""
    home = packages_dir / "_shared"
    folders = sorted(each for each in home.iterdir() if each.is_dir()) if home.is_dir() else []
    for folder in folders:
        resources = tuple(
            (path.name, path.read_bytes())
            for path in sorted(folder.iterdir())
            if path.suffix in SUFFIXES
        )
        name = f"_shared/{folder.name} {_digest(resources)}"
        if resources and not _is_deployed(engine, name, actor):
            engine.execute(DeployResources(name=name, resources=resources), actor)
            yield f"_shared/{folder.name}"


def _is_deployed(engine: Engine, name: str, actor: Actor) -> bool:
    same = Condition(field="name", op="eq", value=name)
    return bool(engine.views.search("deployment", actor, Query(where=(same,), limit=1)).items)


def _digest(resources: tuple[tuple[str, bytes], ...]) -> str:
    whole = hashlib.sha256()
    for name, content in resources:
        whole.update(f"{name}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()[:16]
