"""Decisions: DMN 1.1 to 1.5 files loaded once, evaluated many times, every evaluation traced.

A pure library over ``engine.feel``. A file that cannot be understood in every
cell is refused with element ids and lines; nothing in it is ever skipped.
"""

from engine.dmn.among import among
from engine.dmn.definitions import Import
from engine.dmn.findings import Finding
from engine.dmn.load import Resolver, load
from engine.dmn.model import Model, Named
from engine.dmn.reasons import told
from engine.dmn.syntax import Where
from engine.dmn.trace import (
    DecisionTrace,
    Evaluation,
    EvaluationWarning,
    MatchedRule,
    TableTrace,
)

__all__ = [
    "DecisionTrace",
    "Evaluation",
    "EvaluationWarning",
    "Finding",
    "Import",
    "MatchedRule",
    "Model",
    "Named",
    "Resolver",
    "TableTrace",
    "Where",
    "among",
    "load",
    "told",
]
