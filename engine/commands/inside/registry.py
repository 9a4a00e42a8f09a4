"""Job type -> handler; the types themselves stand in ``engine.domain.jobs.types``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from engine.commands.context import Context
from engine.commands.inside import (
    clock_pause,
    feel_transform,
    notify,
    require_components,
    route,
    set_status,
)
from engine.domain.jobs.outcomes import Outcome, Work

InsideHandler = Callable[[Work, Context], Outcome]

HANDLERS: Final[Mapping[str, InsideHandler]] = MappingProxyType(
    {
        "motcua:feel": feel_transform.feel_transform,
        "motcua:notify": notify.notify,
        "motcua:pause-clock": clock_pause.pause_clock,
        "motcua:resume-clock": clock_pause.resume_clock,
        "motcua:require-components": require_components.require_components,
        "motcua:route": route.route,
        "motcua:set-status": set_status.set_dossier_status,
    }
)
