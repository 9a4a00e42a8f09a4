"""Dossiers, their steps, persons, look-up secrets and code counters.

A person's data stand in ``person`` and ``dossier_step.reason`` only.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, Table, Text

from engine.store.sqltypes import PATH, JsonText
from engine.store.tables.metadata import instant, key, metadata, primary_key, text, visibility

dossier = Table(
    "dossier",
    metadata,
    primary_key(),
    key("root_key"),
    text("code", nullable=True),
    text("applies_from", nullable=True),
    key("definition_key", nullable=True),
    Column("receiving_unit", PATH, nullable=False),
    text("reception_point"),
    text("agency"),
    text("channel"),
    text("portal_code", nullable=True),
    text("decision", nullable=True),
    text("term", nullable=True),
    instant("submitted_at"),
    instant("accepted_at"),
    instant("statutory_due_at"),
    instant("committed_due_at"),
    Column("status", Integer, nullable=False),
    Column("stage", Integer, nullable=False),
    text("business"),
    text("finance"),
    text("delivery"),
    text("sync"),
    text("return_channel"),
    key("applicant_key", nullable=True),
    key("agent_key", nullable=True),
    key("linked_key", nullable=True),
    text("link_kind", nullable=True),
    instant("created_at", nullable=False),
    instant("updated_at", nullable=False),
    instant("finished_at"),
    instant("closed_at"),
    Column("revision", Integer, nullable=False),
    *visibility(),
)
Index("uq_dossier_code", dossier.c.tenant_id, dossier.c.code, unique=True)
Index("uq_dossier_portal_code", dossier.c.tenant_id, dossier.c.portal_code, unique=True)
Index("ix_dossier_root_key", dossier.c.root_key)
Index("ix_dossier_applicant_key", dossier.c.applicant_key)
Index("ix_dossier_linked_key", dossier.c.linked_key)
Index("ix_dossier_unit_id_updated_at", dossier.c.unit_id, dossier.c.updated_at)
Index("ix_dossier_receiving_unit_updated_at", dossier.c.receiving_unit, dossier.c.updated_at)
Index("ix_dossier_updated_at", dossier.c.updated_at)
Index(
    "ix_dossier_supplement",
    dossier.c.key,
    postgresql_where=dossier.c.business == "supplement",
    sqlite_where=dossier.c.business == "supplement",
)

dossier_step = Table(
    "dossier_step",
    metadata,
    primary_key(),
    key("root_key"),
    text("kind"),
    Column("status_before", Integer, nullable=False),
    Column("status", Integer, nullable=False),
    text("reason", nullable=True),
    text("rule", nullable=True),
    text("detail", nullable=True),
    key("document_key", nullable=True),
    instant("answer_by"),
    instant("at", nullable=False),
    *visibility(),
)
Index("ix_dossier_step_root_key", dossier_step.c.root_key)
Index("ix_dossier_step_at", dossier_step.c.at)

# One row per series: the rendered code without its number. Never decremented.
dossier_code = Table(
    "dossier_code",
    metadata,
    Column("tenant_id", Text, primary_key=True),
    Column("series", Text, primary_key=True),
    Column("last", BigInteger, nullable=False),
)

dossier_secret = Table(
    "dossier_secret",
    metadata,
    primary_key("dossier_key"),
    Column("salt", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    instant("made_at", nullable=False),
)

tracking_failure = Table(
    "tracking_failure",
    metadata,
    Column("who", LargeBinary, primary_key=True),
    Column("failures", Integer, nullable=False),
    instant("since", nullable=False),
)

person = Table(
    "person",
    metadata,
    primary_key(),
    text("tenant_id"),
    text("kind"),
    text("name"),
    text("folded_name"),
    text("id_kind", nullable=True),
    text("id_number", nullable=True),
    text("birth_date", nullable=True),
    text("phone", nullable=True),
    text("email", nullable=True),
    text("address", nullable=True),
    Column("erased", Boolean, nullable=False),
    instant("created_at", nullable=False),
    instant("updated_at", nullable=False),
)
Index("ix_person_id_number", person.c.tenant_id, person.c.id_number)

procedure_version = Table(
    "procedure_version",
    metadata,
    primary_key("definition_key"),
    text("tenant_id"),
    text("procedure_code"),
    text("applies_from"),
    Column("facts", JsonText, nullable=False),
    instant("created_at", nullable=False),
)
Index(
    "ix_procedure_version_procedure_code",
    procedure_version.c.tenant_id,
    procedure_version.c.procedure_code,
    procedure_version.c.applies_from,
)

# What a citizen sent before anybody accepted it; a paper of theirs, not history.
filing = Table(
    "filing",
    metadata,
    primary_key("dossier_key"),
    Column("body", JsonText, nullable=False),
    instant("submitted_at", nullable=False),
    instant("received_at", nullable=False),
)
