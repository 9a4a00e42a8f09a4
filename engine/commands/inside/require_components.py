"""``motcua:require-components``: does anything keep this dossier at reception?

Headers: ``resultVariable`` gets the ids of the components that are missing, and
the process goes on; without it something missing is the BPMN error
``components-missing``, caught by a boundary event or else an incident.
"""

from __future__ import annotations

from engine.commands.context import Context
from engine.domain.documents import unsettled
from engine.domain.jobs.outcomes import Completed, Outcome, Thrown, Work

ERROR = "components-missing"


def require_components(work: Work, context: Context) -> Outcome:
    """Every component that must be there is provided and checked, reused or exempt."""
    missing = unsettled(context.uow.documents.components(work.job.root_key))
    result = work.headers.get("resultVariable", "").strip()
    if result:
        return Completed(variables={result: list(missing)})
    if missing:
        sentence = f"The dossier lacks: {', '.join(missing)}."
        return Thrown(code=ERROR, message=sentence)
    return Completed()
