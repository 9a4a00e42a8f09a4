"""A dossier offered from one agency to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """``state``: offered, accepted, refused, withdrawn or expired."""

    key: Key
    dossier_key: Key
    tenant_id: str
    from_agency: str
    from_unit: str
    to_agency: str
    to_unit: str
    state: str
    answer_by: datetime | None = None
