"""The HTTP doors: ``/v2`` for the engine, ``/api`` for the counter.

They see the engine's face only.
"""

from api.app import create_app

__all__ = ["create_app"]
