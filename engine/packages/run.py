"""Runs the scenarios of a package, each on a driver of its own, and measures what they covered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from engine.errors import InvalidInput
from engine.forms import Form
from engine.packages.compiled import CompiledPackage, compile_package
from engine.packages.diagram import Diagram, read_diagrams
from engine.packages.driver import Driver, NotPlayable
from engine.packages.findings import from_fault
from engine.packages.law.files import calendars_beside
from engine.packages.local import LocalDriver
from engine.packages.model import Package
from engine.packages.play import Outcome, Player
from engine.packages.scenario import Scenario, parse_scenario
from engine.ports.runtime import Finding, Runtime


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Elements and flows of the diagrams that some scenario went through."""

    elements: frozenset[str]
    flows: frozenset[str]
    missed_elements: tuple[str, ...]
    missed_flows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How a package's scenarios went; ``findings`` are scenario files nobody could read."""

    package: Package
    outcomes: tuple[Outcome, ...]
    coverage: Coverage
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """True when every scenario went as told and every file could be read."""
        return not self.findings and all(one.difference is None for one in self.outcomes)


def run_scenarios(
    package: Package, runtime: Runtime, make_runtime: Callable[[], Runtime]
) -> Report:
    """Play every scenario in memory; ``NotPlayable`` when the package has errors."""
    ready = compile_package(package, runtime)
    errors = [*package.findings, *ready.findings]
    errors = [one for one in errors if one.severity == "error"]
    if errors:
        raise NotPlayable(errors)
    diagrams = read_diagrams(package)
    scenarios, findings = read_scenarios(package)
    law = calendars_beside(package.folder.parent.parent)
    outcomes = tuple(
        play(
            scenario,
            package,
            diagrams,
            ready,
            LocalDriver(make_runtime, ready.sources, ready.decisions, ready.forms, law),
        )
        for scenario in scenarios
    )
    return Report(
        package=package,
        outcomes=outcomes,
        coverage=covered(outcomes, diagrams),
        findings=findings,
    )


def play(
    scenario: Scenario,
    package: Package,
    diagrams: tuple[Diagram, ...],
    ready: CompiledPackage,
    driver: Driver,
) -> Outcome:
    """One scenario on any driver."""
    results = cast(Mapping[str, str], package.facts.get("results", {}))
    forms = task_forms(diagrams, ready)
    return Player(scenario, driver, forms, results).play(package.process_id)


def read_scenarios(package: Package) -> tuple[tuple[Scenario, ...], tuple[Finding, ...]]:
    """The package's scenarios, and findings about files that are none."""
    scenarios: list[Scenario] = []
    findings: list[Finding] = []
    for resource in package.of("scenario"):
        try:
            scenarios.append(parse_scenario(resource))
        except InvalidInput as refusal:
            findings += [
                from_fault("scenario-invalid", fault, resource.name) for fault in refusal.faults
            ]
    return tuple(scenarios), tuple(findings)


def task_forms(diagrams: tuple[Diagram, ...], ready: CompiledPackage) -> dict[str, Form]:
    """Element id of each user task -> its form."""
    found: dict[str, Form] = {}
    for diagram in diagrams:
        for task in diagram.user_tasks:
            form = ready.forms.get(task.form_id or "")
            if form is not None:
                found[task.id] = form
    return found


def covered(outcomes: tuple[Outcome, ...], diagrams: tuple[Diagram, ...]) -> Coverage:
    """What the outcomes went through, and what none did."""
    elements = {one for outcome in outcomes for one in outcome.trail.elements}
    flows = {one for outcome in outcomes for one in outcome.trail.flows}
    all_elements = [one for diagram in diagrams for one in diagram.elements]
    all_flows = [one for diagram in diagrams for one in diagram.flows]
    return Coverage(
        elements=frozenset(elements & set(all_elements)),
        flows=frozenset(flows & set(all_flows)),
        missed_elements=tuple(one for one in all_elements if one not in elements),
        missed_flows=tuple(one for one in all_flows if one not in flows),
    )
