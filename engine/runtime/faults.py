"""A model's or the outside world's fault while a token runs: it becomes an incident.

Raised inside a turn only; the turn loop parks the token. The error types are
the names of the ``/v2`` contract.
"""

from __future__ import annotations

from typing import Literal

ErrorType = Literal[
    "CALLED_ELEMENT_ERROR",
    "CONDITION_ERROR",
    "DECISION_EVALUATION_ERROR",
    "EXTRACT_VALUE_ERROR",
    "FORM_NOT_FOUND",
    "IO_MAPPING_ERROR",
    "JOB_NO_RETRIES",
    "UNHANDLED_ERROR_EVENT",
    "UNKNOWN",
]


class Fault(Exception):
    """Parks the running token; ``sentence`` names elements and expressions, never values."""

    def __init__(self, error_type: ErrorType, sentence: str) -> None:
        super().__init__(sentence)
        self.error_type = error_type
        self.sentence = sentence
