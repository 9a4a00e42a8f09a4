"""One job in the hands of its handler: what every dispatcher does between lease and result."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from engine.domain.jobs.headers import HeaderUnfit
from engine.domain.jobs.outcomes import Failed, Outcome, Work
from engine.worker.handlers import OutsideHandler
from engine.worker.tools import Tools

log = logging.getLogger("motcua.worker")


def outcome_of(work: Work, handlers: Mapping[str, OutsideHandler], tools: Tools) -> Outcome:
    """Run the handler; whatever it raises is a failed attempt, never a lost job."""
    try:
        return handlers[work.job.type](work, tools)
    except HeaderUnfit as unfit:
        return Failed(message=str(unfit), again=False)
    except Exception as error:
        # The text of an error may quote a value; its type may not.
        log.warning("handler of %s failed: %s", work.job.type, type(error).__name__)
        return Failed(message=f"The handler ended with {type(error).__name__}.")
