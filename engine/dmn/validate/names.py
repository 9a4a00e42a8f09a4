"""Names that an expression uses although their element is not required."""

from __future__ import annotations

from collections.abc import Iterable

from engine.dmn.definitions import Definitions, ItemDefinition
from engine.dmn.findings import Finding
from engine.dmn.syntax import Where


def check_names(definitions: Definitions, unseen: Iterable[tuple[Where, str]]) -> list[Finding]:
    """A finding for each use of an element that is in the model but out of sight."""
    declared = {element.variable.name for element in definitions.elements}
    # In a filter such a name may mean an entry of the item, so it is left alone.
    declared -= _component_names(definitions.items)
    return [
        Finding(
            code="not-required",
            where=where,
            sentence=f"'{name}' is used but not required here; draw the requirement, or it is null",
        )
        for where, name in dict.fromkeys(unseen)
        if name in declared
    ]


def _component_names(items: Iterable[ItemDefinition]) -> set[str]:
    found: set[str] = set()
    pending = list(items)
    while pending:
        for component in pending.pop().components:
            found.add(component.name)
            pending.append(component)
    return found
