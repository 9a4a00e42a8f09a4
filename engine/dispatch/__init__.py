"""One transaction per command. Only this package commits."""

from engine.dispatch.engine import CommandEngine

__all__ = ["CommandEngine"]
