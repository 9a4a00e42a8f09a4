"""Components of a dossier: each is brought, taken over from what the state has, or exempt.

A dossier may leave reception when every required component is settled and what
was brought has passed its check.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from engine.domain.ids import Key

STATUSES: Final = ("required", "optional", "provided", "reused", "exempt")
CHECKS: Final = ("pages", "legible", "complete", "rightDossier")
"""What the person at the digital station looks at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One line of a dossier's list; ``quality`` is None before it was checked."""

    root_key: Key
    id: str
    mandatory: bool
    status: str
    document_key: Key | None = None
    register_item: Key | None = None
    quality: bool | None = None
    revision: int = 1


def is_settled(component: Component) -> bool:
    """Nothing more is asked of the applicant for it."""
    if component.status == "provided":
        return component.quality is True
    if component.status in ("reused", "exempt"):
        return True
    return not component.mandatory


def unsettled(components: Iterable[Component]) -> tuple[str, ...]:
    """Ids of the components that keep a dossier at reception."""
    return tuple(sorted(each.id for each in components if not is_settled(each)))
