"""Run migrations on the connection that ``engine.store.migrate`` opened."""

from __future__ import annotations

from alembic import context

from engine.store.tables import metadata


def run() -> None:
    """Each revision in a transaction of its own, so that a failure keeps the ones before."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=metadata,
        transaction_per_migration=True,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


run()
