"""Dossiers and their steps on the wire."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.columns import Column, Table
from api.schemas.fields import Document, Items, Key, Text, Whole
from api.schemas.search import answer, item_schema, page_schema
from engine.domain.dossier.axes import BUSINESS, DELIVERY, FINANCE, SYNC
from engine.domain.dossier.record import CHANNELS, RETURNS


def _due(wire: str, row: str) -> Column:
    return Column(wire=wire, row=row, kind="instant", nullable=True)


DOSSIER = Table(
    noun="dossier",
    name="Dossier",
    columns=(
        Column(wire="code", row="code", nullable=True),
        Column(wire="processInstanceKey", row="key", kind="key"),
        Column(wire="procedureCode", row="procedure_code"),
        Column(wire="appliesFrom", row="applies_from", nullable=True),
        Column(wire="processDefinitionKey", row="definition_key", kind="key", nullable=True),
        Column(wire="status", row="status", kind="whole", doc="Portal code 1 to 10."),
        Column(wire="business", row="business", kind="choice", values=BUSINESS),
        Column(wire="finance", row="finance", kind="choice", values=FINANCE),
        Column(wire="delivery", row="delivery", kind="choice", values=DELIVERY),
        Column(wire="sync", row="sync", kind="choice", values=SYNC),
        Column(wire="channel", row="channel", kind="choice", values=CHANNELS),
        Column(wire="portalCode", row="portal_code", nullable=True),
        Column(wire="competentAgency", row="agency"),
        Column(wire="unit", row="unit_id"),
        Column(wire="receptionPoint", row="reception_point"),
        Column(wire="receivingUnit", row="receiving_unit"),
        Column(wire="decision", row="decision", nullable=True),
        Column(wire="term", row="term", nullable=True),
        _due("submittedAt", "submitted_at"),
        _due("acceptedAt", "accepted_at"),
        _due("dueAt", "committed_due_at"),
        _due("statutoryDueAt", "statutory_due_at"),
        _due("finishedAt", "finished_at"),
        _due("closedAt", "closed_at"),
        Column(wire="updatedAt", row="updated_at", kind="instant"),
        Column(wire="returnChannel", row="return_channel", kind="choice", values=RETURNS),
        Column(wire="applicantName", row="applicant_name", nullable=True),
        Column(wire="linkedDossier", row="linked_code", nullable=True),
        Column(wire="linkKind", row="link_kind", nullable=True),
        Column(wire="instanceState", row="instance_state", nullable=True),
        Column(wire="sealed", row="sealed", kind="flag", empty=False),
        Column(wire="revision", row="revision", kind="whole"),
    ),
)

STEP = Table(
    noun="dossier_step",
    name="DossierStep",
    columns=(
        Column(wire="stepKey", row="key", kind="key"),
        Column(wire="kind", row="kind"),
        Column(wire="statusBefore", row="status_before", kind="whole"),
        Column(wire="status", row="status", kind="whole"),
        Column(wire="reason", row="reason", nullable=True),
        Column(wire="rule", row="rule", nullable=True),
        Column(wire="detail", row="detail", nullable=True),
        Column(wire="documentKey", row="document_key", kind="key", nullable=True),
        _due("answerBy", "answer_by"),
        Column(wire="at", row="at", kind="instant"),
    ),
)

DossierItem = item_schema(DOSSIER)
DossierPage = page_schema("Dossier", DossierItem)
DossierStepItem = item_schema(STEP)
DossierWhole = answer(
    "DossierDetail",
    {column.wire: column.answer_field() for column in DOSSIER.columns}
    | {
        "meaning": Text(doc="What the status means, in Vietnamese."),
        "steps": Items(fields.Nested(DossierStepItem)),
    },
)
ReceivedDossier = answer(
    "ReceivedDossier",
    {
        "code": Text(required=True),
        "processInstanceKey": Key(required=True),
        "competentAgency": Text(required=True),
        "explanation": Items(Document(), required=True),
        "lookupSecret": Text(doc="Shown once, for the slip; a replay does not repeat it."),
        "dossier": fields.Nested(DossierItem, required=True),
    },
)
StepTaken = answer(
    "DossierStepTaken",
    {
        "code": Text(required=True, nullable=True),
        "processInstanceKey": Key(required=True),
        "status": Whole(required=True),
    },
)
