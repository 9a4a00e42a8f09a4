"""Papers of a dossier: forms 01 to 07 as plain data, and the one template that sets them."""

from engine.domain.papers.forms import FORMS, build_form
from engine.domain.papers.paper import Facts, HandOff, Paper, StepFact, qr_svg, template
from engine.domain.papers.register import Listed, build_book, build_register

__all__ = [
    "FORMS",
    "Facts",
    "HandOff",
    "Listed",
    "Paper",
    "StepFact",
    "build_book",
    "build_form",
    "build_register",
    "qr_svg",
    "template",
]
