"""A root moved: whoever works at the new unit sees its rows; what they say stays."""

from __future__ import annotations

from engine.domain.events.rehoming import RootRehomed, UnitsMerged
from engine.store.appliers.registry import Projection, applies, only_history
from engine.store.tables import VISIBILITY, dossier, metadata

# Every table whose rows copy who may see their root.
_OF_ROOTS = tuple(
    table
    for table in metadata.sorted_tables
    if {"root_key", *VISIBILITY} <= set(table.columns.keys())
)

only_history(UnitsMerged)


@applies(RootRehomed)
def _rehomed(event: RootRehomed, to: Projection) -> None:
    for table in _OF_ROOTS:
        moved = {"root_key": to.root_key, "unit_id": event.unit_from}
        to.rows.close(table, moved, {"unit_id": event.unit_to})
    if event.reason == "merge":
        # The counter itself became another's; in every other move it stays who received.
        received = {"root_key": to.root_key, "receiving_unit": event.unit_from}
        to.rows.close(dossier, received, {"receiving_unit": event.unit_to})
    for old, new in event.agencies.items():
        decided = {"root_key": to.root_key, "agency": old}
        to.rows.close(dossier, decided, {"agency": new})
