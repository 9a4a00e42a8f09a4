"""Help for operators: what went wrong and what can be done, and the same remedy for many."""

from engine.repair.bulk import Outcome, retry_incidents
from engine.repair.explain import Explanation, explain

__all__ = ["Explanation", "Outcome", "explain", "retry_incidents"]
