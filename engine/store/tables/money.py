"""What a dossier owes and what was paid: duties and receipts, in whole dong."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Table

from engine.store.sqltypes import PATH, JsonText
from engine.store.tables.metadata import instant, key, metadata, primary_key, text, visibility

duty = Table(
    "duty",
    metadata,
    primary_key(),
    key("root_key"),
    text("payment_code"),
    Column("lines", JsonText, nullable=False),
    Column("amount", BigInteger, nullable=False),
    text("exemption", nullable=True),
    text("state"),
    Column("paid", BigInteger, nullable=False),
    Column("refunded", BigInteger, nullable=False),
    Column("blocking", Boolean, nullable=False),
    instant("created_at", nullable=False),
    instant("settled_at"),
    *visibility(),
)
Index("uq_duty_payment_code", duty.c.tenant_id, duty.c.payment_code, unique=True)
Index("ix_duty_root_key", duty.c.root_key)

receipt = Table(
    "receipt",
    metadata,
    primary_key(),
    key("root_key"),
    key("duty_key"),
    text("kind"),
    text("method"),
    Column("amount", BigInteger, nullable=False),
    text("number"),
    text("external_id", nullable=True),
    Column("taken_at", PATH, nullable=False),
    text("day"),
    text("cashier"),
    instant("at", nullable=False),
    *visibility(),
)
Index("uq_receipt_external_id", receipt.c.tenant_id, receipt.c.external_id, unique=True)
Index("ix_receipt_root_key", receipt.c.root_key)
Index("ix_receipt_taken_at_day", receipt.c.taken_at, receipt.c.day)
