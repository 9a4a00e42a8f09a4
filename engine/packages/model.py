"""One dated version of a procedure: two folders, one hash, and what was found wrong reading it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeAlias, cast

from engine.packages.document import Document
from engine.ports.runtime import Finding

Kind: TypeAlias = Literal["procedure", "bpmn", "dmn", "form", "scenario", "texts", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A file of a package: ``name`` as people see it, ``content`` as it lies on the disk."""

    name: str
    kind: Kind
    path: Path
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Package:
    """``processes/<slug>/<date>`` and ``forms/<slug>/<date>`` together.

    A package with errors is still returned: ``findings`` says what could not be
    read, and ``procedure`` is None when ``procedure.yml`` is one of them.
    """

    slug: str
    applies_from: date
    folder: Path
    forms_folder: Path
    procedure: Document | None
    resources: tuple[Resource, ...]
    digest: str
    findings: tuple[Finding, ...] = ()

    @property
    def id(self) -> str:
        """``slug/yyyy-mm-dd``."""
        return f"{self.slug}/{self.applies_from.isoformat()}"

    def of(self, kind: Kind) -> Iterator[Resource]:
        """The files of one kind, by name."""
        return (resource for resource in self.resources if resource.kind == kind)

    def deployable(self) -> tuple[tuple[str, bytes], ...]:
        """(name, content) of diagrams, decisions and forms: one version is one deployment."""
        kinds = ("bpmn", "dmn", "form")
        return tuple((one.path.name, one.content) for one in self.resources if one.kind in kinds)

    @cached_property
    def facts(self) -> Mapping[str, object]:
        """The data of ``procedure.yml``; empty when it cannot be read."""
        return self.procedure.data if self.procedure else {}

    @property
    def code(self) -> str:
        """The national code of the procedure, empty when unreadable."""
        return str(self.facts.get("code", ""))

    @property
    def process_id(self) -> str:
        """The BPMN process that carries it, empty when unreadable."""
        return str(self.facts.get("process", ""))

    @property
    def lanes(self) -> Mapping[str, str]:
        """Lane id -> role."""
        return cast(Mapping[str, str], self.facts.get("lanes", {}))

    def name(self, language: str = "vi") -> str:
        """The procedure's name, its folder's when unreadable."""
        names = cast(Mapping[str, str], self.facts.get("name", {}))
        return names.get(language, self.slug)
