"""``motcua:feel``: evaluate one FEEL expression over what the element sees.

Headers: ``expression`` (with or without ``=``) and ``resultVariable``; without
the latter a context spreads into variables. The expression stands in the
model, never in a variable. No value or a syntax error is an incident.
"""

from __future__ import annotations

from engine.commands.context import Context
from engine.domain.jobs.headers import Headers, HeaderUnfit
from engine.domain.jobs.outcomes import Completed, Failed, Outcome, Work


def feel_transform(work: Work, context: Context) -> Outcome:
    """The value as variables."""
    if not work.headers.get("expression", "").strip("= \n\t"):
        return Failed(message="The header 'expression' is missing or empty.", again=False)
    headers = Headers(work, context.settings.zone)
    try:
        value = headers.feel("expression")
        result = headers.text("resultVariable", "")
    except HeaderUnfit as unfit:
        return Failed(message=str(unfit), again=False)
    if result:
        return Completed(variables={result: value})
    if isinstance(value, dict):
        return Completed(variables=value)
    return Failed(
        message="The header 'resultVariable' is missing and the value is no context.", again=False
    )
