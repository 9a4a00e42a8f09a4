"""``motcua:feel``: evaluate one FEEL expression over what the element sees.

Headers: ``expression`` (with or without ``=``) and ``resultVariable``; without
the latter a context spreads into variables. The expression stands in the
model, never in a variable. No value or a syntax error is an incident.
"""

from __future__ import annotations

from engine.commands.context import Context
from engine.domain.jobs.outcomes import Completed, Failed, Outcome, Work
from engine.feel import Environment, FeelError, compile_expression, from_json, to_json


def feel_transform(work: Work, context: Context) -> Outcome:
    """The value as variables."""
    text = work.headers.get("expression", "").strip().removeprefix("=").strip()
    if not text:
        return Failed(message="The header 'expression' is missing or empty.", again=False)
    env = Environment(now=lambda: work.now, zone=context.settings.zone)
    values = {name: from_json(value) for name, value in work.variables.items()}
    try:
        value = to_json(compile_expression(text).evaluate(values, env))
    except FeelError as error:
        return Failed(message=f"The header 'expression' has no value: {error}", again=False)
    result = work.headers.get("resultVariable", "").strip()
    if result:
        return Completed(variables={result: value})
    if isinstance(value, dict):
        return Completed(variables=value)
    return Failed(
        message="The header 'resultVariable' is missing and the value is no context.", again=False
    )
