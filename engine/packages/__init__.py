"""Procedure packages: ``processes/<slug>/<date>`` and ``forms/<slug>/<date>`` are one version.

Loading, checking and playing need no database. A file that is wrong becomes a
finding with rule, file and line; nothing is skipped in silence.
"""

from engine.packages.lint import lint
from engine.packages.load import load, load_one
from engine.packages.model import Package, Resource
from engine.packages.run import Coverage, Report, run_scenarios
from engine.packages.select import forms_beside, select

__all__ = [
    "Coverage",
    "Package",
    "Report",
    "Resource",
    "forms_beside",
    "lint",
    "load",
    "load_one",
    "run_scenarios",
    "select",
]
