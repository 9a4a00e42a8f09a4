"""Handlers of job types that speak with the world: one file per type.

A handler takes the work and the process's tools, with no transaction open, and
answers an outcome. Its lease is renewed while it works, so it need not hurry,
but every wait of its own has a limit. It may run twice for one job when its
process dies: whatever it does must bear that, the job key is the idempotency key.
"""

from __future__ import annotations

from engine.worker.handlers.registry import HANDLERS, OutsideHandler

__all__ = ["HANDLERS", "OutsideHandler"]
