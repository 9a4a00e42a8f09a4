"""Responsibility between agencies: offered and answered; the move itself is ``RootRehomed``."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from engine.domain.events.event import Event
from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverOffered(Event):
    """Until it is accepted the agency that offers stays responsible."""

    wire = "motcua.hand_over.offered.v1"
    key: Key
    dossier_key: Key
    code: str | None
    from_agency: str
    from_unit: str
    to_agency: str
    to_unit: str
    answer_by: datetime | None = None
    reason: str | None = field(default=None, metadata={"private": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverAnswered(Event):
    """``state`` is accepted, refused, withdrawn or expired."""

    wire = "motcua.hand_over.answered.v1"
    key: Key
    dossier_key: Key
    state: str
    by: str
    reason: str | None = field(default=None, metadata={"private": True})
