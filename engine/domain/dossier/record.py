"""Rows of dossiers and persons as commands see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from engine.domain.dossier.axes import Axes
from engine.domain.ids import Key
from engine.domain.records import Visibility

CHANNELS: Final = ("online", "counter", "post", "assisted", "mobile-team")
RETURNS: Final = ("point", "post", "digital")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """An applicant or agent; the only place where their data stand."""

    name: str
    kind: str = "citizen"
    id_kind: str | None = None
    id_number: str | None = None
    birth_date: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    key: Key = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRecord:
    """``code`` is None before acceptance; ``key`` is also the root and the process instance."""

    key: Key
    code: str | None
    procedure_code: str
    applies_from: str | None
    definition_key: Key | None
    visibility: Visibility
    receiving_unit: str
    reception_point: str
    agency: str
    channel: str
    axes: Axes
    status: int
    portal_code: str | None = None
    submitted_at: datetime | None = None
    accepted_at: datetime | None = None
    closed_at: datetime | None = None
    term: str | None = None
    committed_due_at: datetime | None = None
    statutory_due_at: datetime | None = None
    return_channel: str = "point"
    applicant_key: Key | None = None
    agent_key: Key | None = None
    linked_key: Key | None = None
    link_kind: str | None = None
    revision: int = 1
    facts: Mapping[str, object] = field(default_factory=dict)
