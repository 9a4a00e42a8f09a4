"""What a rule looks at, and what a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.forms import Form
from engine.packages.compiled import CompiledPackage
from engine.packages.diagram import Diagram
from engine.packages.model import Package
from engine.ports.runtime import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A package, its diagrams read and its parts compiled."""

    package: Package
    diagrams: tuple[Diagram, ...]
    ready: CompiledPackage

    @property
    def elements(self) -> Mapping[str, Diagram]:
        """Element id -> the diagram it stands in."""
        return {one: diagram for diagram in self.diagrams for one in diagram.elements}

    def line(self, *path: str | int) -> int:
        """The line of a part of ``procedure.yml``."""
        return self.package.procedure.line(*path) if self.package.procedure else 0

    @property
    def forms(self) -> Mapping[str, Form]:
        """Compiled forms by id."""
        return self.ready.forms


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing lint looks for: what it means, why it matters, how to mend it.

    ``check`` is None for rules that loading or compiling applies on the way.
    """

    id: str
    severity: Literal["error", "warning"]
    vi: str
    en: str
    mend_vi: str
    mend_en: str
    check: Callable[[Subject], Iterator[Found]] | None = None

    def findings(self, subject: Subject) -> Iterator[Finding]:
        """What this rule finds."""
        for found in self.check(subject) if self.check else ():
            yield Finding(
                rule=self.id,
                severity=self.severity,
                element_id=found.element,
                line=found.line,
                message={
                    "vi": self.vi.format(**found.details),
                    "en": self.en.format(**found.details),
                },
                hint={
                    "vi": self.mend_vi.format(**found.details),
                    "en": self.mend_en.format(**found.details),
                },
                resource=found.resource,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One place a rule complains about; ``details`` fill its sentences."""

    element: str = ""
    line: int = 0
    resource: str = "procedure.yml"
    details: Mapping[str, str] = field(default_factory=dict)
