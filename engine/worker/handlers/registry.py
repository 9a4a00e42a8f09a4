"""Job type -> handler; the types themselves stand in ``engine.domain.jobs.types``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from engine.domain.jobs.outcomes import Outcome, Work
from engine.worker.tools import Tools

OutsideHandler = Callable[[Work, Tools], Outcome]

HANDLERS: Final[Mapping[str, OutsideHandler]] = MappingProxyType({})
