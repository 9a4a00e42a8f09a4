"""A sequence flow as the runtime sees it: ids, ends, condition, place at its target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.runtime.expression import Feel
    from engine.runtime.node import Node


@dataclass(slots=True, eq=False, kw_only=True)
class Flow:
    """``id`` is None for a way that is no sequence flow (link, event gateway branch)."""

    id: str | None
    source: Node
    target: Node
    condition: Feel | None = None
    name: str | None = None
