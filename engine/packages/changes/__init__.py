"""What changed between two versions of a procedure, in sentences a lawyer can read."""

from engine.packages.changes.change import Change
from engine.packages.changes.compare import compare

__all__ = ["Change", "compare"]
