"""The embedded dispatcher of one process: job runner and crew, wired together."""

from __future__ import annotations

from engine.ports.engine import Engine
from engine.worker.crew import Crew
from engine.worker.handlers import HANDLERS
from engine.worker.loop import JobRunner
from engine.worker.tools import Tools


def embedded(engine: Engine) -> JobRunner:
    """A runner for this engine; nothing starts before its ``start``."""
    crew = Crew(engine.work, HANDLERS, Tools(engine=engine))
    return JobRunner(engine, engine.settings.poll_interval, crew)
