"""``motcua:pause-clock`` and ``motcua:resume-clock``: the clocks of this root stand, or run again.

Header ``rule``: id of a pause rule of the law. A rule nobody wrote down, and a
pause that does not fit how the clocks stand, are incidents at this element.
"""

from __future__ import annotations

from engine.commands.context import Context
from engine.commands.deadlines import pause_clocks, resume_clocks
from engine.domain.jobs.outcomes import Completed, Failed, Outcome, Work
from engine.errors import Conflict, InvalidInput, NotFound


def pause_clock(work: Work, context: Context) -> Outcome:
    """All clocks stand from now on."""
    rule = work.headers.get("rule", "").strip()
    try:
        pause_clocks(context, work.job.root_key, rule=rule)
    except (Conflict, InvalidInput, NotFound) as refusal:
        return Failed(message=f"{refusal.reason}: {refusal.sentence}", again=False)
    return Completed()


def resume_clock(work: Work, context: Context) -> Outcome:
    """The pause by this rule ends now; every date is computed again."""
    rule = work.headers.get("rule", "").strip()
    try:
        resume_clocks(context, work.job.root_key, rule=rule)
    except (Conflict, InvalidInput, NotFound) as refusal:
        return Failed(message=f"{refusal.reason}: {refusal.sentence}", again=False)
    return Completed()
