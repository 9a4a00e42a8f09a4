"""Job type -> handler; the types themselves stand in ``engine.domain.jobs.types``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from engine.domain.jobs.outcomes import Outcome, Work
from engine.worker.handlers import http_call, print_letter, send_mail
from engine.worker.tools import Tools

OutsideHandler = Callable[[Work, Tools], Outcome]

HANDLERS: Final[Mapping[str, OutsideHandler]] = MappingProxyType(
    {
        "motcua:http": http_call.http_call,
        "motcua:letter": print_letter.print_letter,
        "motcua:mail": send_mail.send_mail,
    }
)
