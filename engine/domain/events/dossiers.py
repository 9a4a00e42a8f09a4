"""Dossiers: codes, axes, dates and keys of persons; what somebody said only as a digest.

Each step carries the axes as they stand after it, so a reader needs no table.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from engine.domain.events.event import Event
from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierOpened(Event):
    """A dossier exists: from the portal (status 1, no code) or at a counter."""

    wire = "motcua.dossier.opened.v1"
    key: Key
    procedure_code: str
    channel: str
    receiving_unit: str
    reception_point: str
    agency: str
    status: int
    stage: int
    finance: str
    sync: str
    return_channel: str
    applicant_key: Key | None = None
    agent_key: Key | None = None
    portal_code: str | None = None
    submitted_at: datetime | None = None
    linked_key: Key | None = None
    link_kind: str | None = None
    applicant: object = field(default=None, metadata={"private": True})
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierAccepted(Event):
    """The code is issued: from here the citizen holds a slip with a date."""

    wire = "motcua.dossier.accepted.v1"
    key: Key
    code: str
    definition_key: Key
    applies_from: str | None
    accepted_at: datetime
    decision: str
    term: str | None = None
    statutory_due_at: datetime | None = None
    committed_due_at: datetime | None = None
    status: int
    stage: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierStep(Event):
    """What every later step tells; ``reason`` is a sentence a person wrote."""

    key: Key
    step_key: Key
    code: str | None = None
    status_before: int
    status: int
    stage: int
    business: str
    finance: str
    delivery: str
    closed: bool = False
    rule: str | None = None
    document_key: Key | None = None
    answer_by: datetime | None = None
    reason: str | None = field(default=None, metadata={"private": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierProcessing(DossierStep):
    wire = "motcua.dossier.processing.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierNotAccepted(DossierStep):
    wire = "motcua.dossier.not_accepted.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRequested(DossierStep):
    wire = "motcua.dossier.supplement_requested.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementReceived(DossierStep):
    wire = "motcua.dossier.supplement_received.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementExpired(DossierStep):
    wire = "motcua.dossier.supplement_expired.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentAwaited(DossierStep):
    wire = "motcua.dossier.payment_awaited.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentSettled(DossierStep):
    wire = "motcua.dossier.payment_settled.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalRequested(DossierStep):
    wire = "motcua.dossier.withdrawal_requested.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalRefused(DossierStep):
    wire = "motcua.dossier.withdrawal_refused.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierWithdrawn(DossierStep):
    wire = "motcua.dossier.withdrawn.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierStopped(DossierStep):
    wire = "motcua.dossier.stopped.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRefused(DossierStep):
    wire = "motcua.dossier.refused.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFinished(DossierStep):
    wire = "motcua.dossier.finished.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierDelivered(DossierStep):
    wire = "motcua.dossier.delivered.v1"
    method: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPaused(DossierStep):
    wire = "motcua.dossier.paused.v1"
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierResumed(DossierStep):
    wire = "motcua.dossier.resumed.v1"
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierExtended(DossierStep):
    wire = "motcua.dossier.extended.v1"
    term: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierCorrected(DossierStep):
    """The result was wrong; ``by_key`` is the dossier that replaces it."""

    wire = "motcua.dossier.corrected.v1"
    by_key: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDateSet(Event):
    """Dates of a dossier after a pause, an extension or another calendar."""

    wire = "motcua.dossier.due_date_set.v1"
    key: Key
    statutory_due_at: datetime | None = None
    committed_due_at: datetime | None = None
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnChannelChosen(Event):
    wire = "motcua.dossier.return_channel_chosen.v1"
    key: Key
    return_channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingReplaced(Event):
    """The portal sent a later state of a filing nobody has accepted yet."""

    wire = "motcua.dossier.filing_replaced.v1"
    key: Key
    submitted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretRenewed(Event):
    """The slip was printed again with another look-up secret."""

    wire = "motcua.dossier.secret_renewed.v1"
    key: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierSynced(Event):
    """What the national portal knows: ``sent``, ``pending`` or ``differs``."""

    wire = "motcua.dossier.synced.v1"
    key: Key
    sync: str


DOSSIER_STEPS: tuple[type[DossierStep], ...] = (
    DossierProcessing,
    DossierNotAccepted,
    SupplementRequested,
    SupplementReceived,
    SupplementExpired,
    PaymentAwaited,
    PaymentSettled,
    WithdrawalRequested,
    WithdrawalRefused,
    DossierWithdrawn,
    DossierStopped,
    DossierRefused,
    DossierFinished,
    DossierDelivered,
    DossierPaused,
    DossierResumed,
    DossierExtended,
    DossierCorrected,
)
