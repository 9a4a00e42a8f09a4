"""Digital authorisation: a permission to act for somebody that only ever narrows."""

from engine.domain.authorisation.check import Act, Denial, check
from engine.domain.authorisation.mandate import (
    ACTIONS,
    Action,
    End,
    Kind,
    Mandate,
    Revocation,
    Scope,
    Subject,
)
from engine.domain.authorisation.narrowing import rights, widened
from engine.domain.authorisation.policy import Policy

__all__ = [
    "ACTIONS",
    "Act",
    "Action",
    "Denial",
    "End",
    "Kind",
    "Mandate",
    "Policy",
    "Revocation",
    "Scope",
    "Subject",
    "check",
    "rights",
    "widened",
]
