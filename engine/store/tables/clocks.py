"""The one row of business time: pinned, or running when ``pinned_at`` is null."""

from __future__ import annotations

from sqlalchemy import Table

from engine.store.tables.metadata import instant, metadata, primary_key

clock = Table("clock", metadata, primary_key("id"), instant("pinned_at"))
