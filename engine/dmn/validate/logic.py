"""Logic that loads but yields nothing: what is only drawn, and what is not FEEL."""

from __future__ import annotations

from engine.dmn.definitions import Decision, Definitions, Knowledge
from engine.dmn.findings import Finding
from engine.dmn.syntax import FunctionDefinition
from engine.dmn.validate.walk import expressions_of


def check_logic(definitions: Definitions) -> list[Finding]:
    """A finding for each element without logic and each Java or PMML function."""
    elements: tuple[Decision | Knowledge, ...] = (*definitions.decisions, *definitions.knowledge)
    drawn = [
        Finding(
            code="no-logic",
            where=element.where,
            sentence=f"'{element.name}' is only drawn: without logic it is null",
        )
        for element in elements
        if element.logic is None
    ]
    idle = [
        Finding(
            code="no-output",
            where=service.where,
            sentence=f"the service '{service.name}' has no output decision: it yields nothing",
        )
        for service in definitions.services
        if not service.outputs
    ]
    external = [
        Finding(
            code="external-function",
            where=one.where,
            sentence=f"{one.kind} functions are not run: a call is null; write it in FEEL",
        )
        for one in expressions_of(definitions)
        if isinstance(one, FunctionDefinition) and one.kind != "FEEL"
    ]
    return drawn + idle + external
