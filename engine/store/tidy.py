"""Rows whose time is over: idempotency keys, log-in failures, messages nobody took.

History is never touched here; it has a removal time of its own.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, exists, select

from engine.store.tables import (
    idempotency,
    job,
    login_failure,
    message,
    notification,
    upload,
    webhook_delivery,
)
from engine.store.transaction import Transaction

REPLAYS = timedelta(hours=48)
FAILURES = timedelta(days=1)
DELIVERED = timedelta(days=7)
DEAD = timedelta(days=90)
# Whoever has not looked for a quarter finds the task itself on the desk.
NOTICES = timedelta(days=90)
# A message that is over may still stand in a delivery after a crash.
MESSAGES = timedelta(days=1)


def tidy_rows(tx: Transaction) -> int:
    """Delete what is over; the number of rows."""
    delivering = exists(select(job.c.key).where(job.c.type == "deliver-message"))
    statements = (
        delete(idempotency).where(idempotency.c.created_at < tx.real_now - REPLAYS),
        delete(login_failure).where(login_failure.c.at < tx.real_now - FAILURES),
        delete(webhook_delivery).where(
            webhook_delivery.c.state == "DELIVERED",
            webhook_delivery.c.ended_at < tx.real_now - DELIVERED,
        ),
        delete(webhook_delivery).where(
            webhook_delivery.c.state == "DEAD", webhook_delivery.c.ended_at < tx.real_now - DEAD
        ),
        delete(notification).where(notification.c.created_at < tx.now - NOTICES),
        delete(upload).where(upload.c.expires_at < tx.now),
        delete(message).where(message.c.expires_at < tx.now - MESSAGES, ~delivering),
    )
    return sum(tx.write(statement).rowcount for statement in statements)
