"""Who may log in: accounts, their tokens and browser sessions, and refused attempts.

Secrets stand here as hashes only; a refused attempt keeps a digest of the name.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from engine.store.sqltypes import KEY, PATH, JsonText
from engine.store.tables.metadata import instant, key, metadata, primary_key, text

account = Table(
    "account",
    metadata,
    primary_key(),
    text("tenant_id"),
    Column("name", Text, nullable=False, unique=True),
    text("display_name"),
    text("password_hash", nullable=True),
    Column("credential_version", Integer, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("roles", JsonText, nullable=False),
    Column("groups", JsonText, nullable=False),
    Column("unit_id", PATH, nullable=False),
    text("kind"),
    instant("created_at", nullable=False),
    Column("skills", JsonText),
)
Index("ix_account_unit_id", account.c.unit_id)

token = Table(
    "token",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    key("account_key", ForeignKey("account.key", ondelete="CASCADE")),
    text("label"),
    Column("job_types", JsonText),
    instant("created_at", nullable=False),
    instant("expires_at"),
    instant("revoked_at"),
)
Index("ix_token_account_key", token.c.account_key)

session = Table(
    "session",
    metadata,
    Column("session_hash", LargeBinary, primary_key=True),
    key("account_key", ForeignKey("account.key", ondelete="CASCADE")),
    text("csrf"),
    instant("opened_at", nullable=False),
    instant("seen_at", nullable=False),
)
Index("ix_session_account_key", session.c.account_key)

login_failure = Table(
    "login_failure",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("name_hash", LargeBinary, nullable=False),
    instant("at", nullable=False),
)
Index("ix_login_failure_name_hash_at", login_failure.c.name_hash, login_failure.c.at)
