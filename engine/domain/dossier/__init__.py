"""The dossier: what a citizen holds a slip of. Pure rules, no database.

Four axes say how it stands; one table projects them to the portal's codes 1-10
and decides which code may follow which.
"""

from engine.domain.dossier.axes import Axes, advance, project
from engine.domain.dossier.codes import CodePattern
from engine.domain.dossier.portal import may_follow, next_codes
from engine.domain.dossier.procedure import Procedure
from engine.domain.dossier.record import DossierRecord, PersonRecord

__all__ = [
    "Axes",
    "CodePattern",
    "DossierRecord",
    "PersonRecord",
    "Procedure",
    "advance",
    "may_follow",
    "next_codes",
    "project",
]
