"""``motcua:set-status``: the dossier of this process shows another portal code.

Headers: ``status`` (1-10) and, where a reason is said to the citizen,
``reasonVariable`` (the variable that holds it). A code the portal's table
forbids is an incident at this element; nothing of it is written.
"""

from __future__ import annotations

from engine.commands.context import Context
from engine.commands.dossier_status import set_status
from engine.domain.dossier.portal import CODES
from engine.domain.jobs.outcomes import Completed, Failed, Outcome, Work
from engine.errors import Conflict, NotFound


def set_dossier_status(work: Work, context: Context) -> Outcome:
    """The step the table knows between the code it has and the code wanted."""
    text = work.headers.get("status", "").strip()
    if not text.isdecimal() or int(text) not in CODES:
        return Failed(message="The header 'status' must be a portal code 1-10.", again=False)
    name = work.headers.get("reasonVariable", "").strip()
    reason = work.variables.get(name) if name else None
    try:
        dossier = context.uow.dossiers.read(work.job.root_key)
    except NotFound:
        return Failed(message="This process carries no dossier.", again=False)
    try:
        set_status(context.uow, dossier, int(text), reason if isinstance(reason, str) else "")
    except Conflict as refusal:
        return Failed(message=refusal.sentence, again=False)
    return Completed()
