"""What a handler of an outside job may use: settings, and ports to the world."""

from __future__ import annotations

from dataclasses import dataclass

from engine.ports.engine import Engine
from engine.ports.mail import Mailer
from engine.ports.outgoing import Outgoing
from engine.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Built once per process; handlers run in several threads at a time."""

    engine: Engine
    settings: Settings
    outgoing: Outgoing
    mailer: Mailer
