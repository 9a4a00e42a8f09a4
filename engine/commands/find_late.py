"""Internal: dossiers whose time to answer a supplement is over; each then ends by its own step."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import Context, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class FindLateSupplements:
    """At most ``limit`` at once; the rest comes with the next turn."""

    limit: int = 100


def find_late_supplements(command: FindLateSupplements, context: Context) -> Result:
    late = context.uow.dossiers.late_supplements(context.uow.now, command.limit)
    return {"codes": list(late)}
