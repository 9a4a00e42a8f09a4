"""Everything that is wrong or doubtful about a package, in one list."""

from __future__ import annotations

from engine.packages.compiled import compile_package
from engine.packages.diagram import read_diagrams
from engine.packages.model import Package
from engine.packages.rules import RULES, Subject
from engine.packages.run import read_scenarios
from engine.packages.texts import read_texts
from engine.ports.runtime import Finding, Runtime


def lint(package: Package, runtime: Runtime) -> tuple[Finding, ...]:
    """All findings, errors first, then by file and line; nothing is written anywhere."""
    ready = compile_package(package, runtime)
    subject = Subject(package=package, diagrams=read_diagrams(package), ready=ready)
    found = [*package.findings, *ready.findings, *read_scenarios(package)[1]]
    for resource in package.of("texts"):
        found += read_texts(resource)[1]
    if package.procedure is not None:
        for rule in RULES.values():
            found += rule.findings(subject)
    return tuple(sorted(found, key=_order))


def _order(finding: Finding) -> tuple[bool, str, int, str]:
    return finding.severity != "error", finding.resource, finding.line, finding.rule
