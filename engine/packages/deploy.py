"""Deploy procedure packages: each dated version is one deployment with all its files.

A package with an error is not deployed and stops the rest, so a half-shipped
set of procedures never answers citizens. An unchanged package is not deployed again.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from engine.commands.deploy_resources import DeployResources
from engine.domain.actors import Actor
from engine.errors import DeployRefused
from engine.packages.diagram import read_diagrams
from engine.packages.load import load
from engine.packages.model import Package
from engine.packages.shared import deploy_shared
from engine.ports.engine import Engine
from engine.ports.views import Condition, Query


def deploy_packages(
    engine: Engine, packages_dir: Path, forms_dir: Path, actor: Actor
) -> Iterator[str]:
    """Deploy all versions, the oldest first; yields the id of each package deployed."""
    packages = sorted(load(packages_dir, forms_dir), key=lambda each: each.applies_from)
    for package in packages:
        _require_readable(package)
    yield from deploy_shared(engine, packages_dir, actor)
    for package in packages:
        if not _is_deployed(engine, package, actor):
            engine.execute(_deployment(package), actor)
            yield package.id


def _is_deployed(engine: Engine, package: Package, actor: Actor) -> bool:
    same = Condition(field="name", op="eq", value=_name(package))
    return bool(engine.views.search("deployment", actor, Query(where=(same,), limit=1)).items)


def _name(package: Package) -> str:
    # The digest over both folders makes the deployment recognisable.
    return f"{package.id} {package.digest[:16]}"


def _deployment(package: Package) -> DeployResources:
    return DeployResources(
        name=_name(package),
        resources=package.deployable(),
        procedure_code=package.code or None,
        applies_from=package.applies_from.isoformat(),
        procedure={**package.facts, "lane_names": _lane_names(package)},
    )


def _lane_names(package: Package) -> dict[str, str]:
    """Lane id to the name drawn: a task that only stands in a lane is known by it."""
    return {lane.id: lane.name for diagram in read_diagrams(package) for lane in diagram.lanes}


def _require_readable(package: Package) -> None:
    errors = [found for found in package.findings if found.severity == "error"]
    if errors:
        first = errors[0]
        raise DeployRefused(f"{package.id}: {first.message['en']}", errors)
