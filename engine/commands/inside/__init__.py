"""Handlers of job types that change our own rows only: one file per type.

A handler takes the work and the context of the open transaction, under the
root's lock, and answers an outcome. A refusal it raises is an incident.
"""

from __future__ import annotations

from engine.commands.inside.registry import HANDLERS, InsideHandler

__all__ = ["HANDLERS", "InsideHandler"]
