"""Functions that are not written in FEEL: they load, but a call of one is null."""

from __future__ import annotations

from engine.dmn.definitions import Definitions
from engine.dmn.findings import Finding
from engine.dmn.syntax import FunctionDefinition
from engine.dmn.validate.walk import expressions_of


def check_external(definitions: Definitions) -> list[Finding]:
    """A finding for each Java or PMML function."""
    return [
        Finding(
            code="external-function",
            where=one.where,
            sentence=f"{one.kind} functions are not run: a call is null; write it in FEEL",
        )
        for one in expressions_of(definitions)
        if isinstance(one, FunctionDefinition) and one.kind != "FEEL"
    ]
