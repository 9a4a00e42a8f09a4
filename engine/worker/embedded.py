"""The embedded dispatcher of one process: job runner and crew, wired together."""

from __future__ import annotations

from engine.adapters.mail import SmtpMailer
from engine.adapters.outgoing import GuardedHttp
from engine.ports.engine import Engine
from engine.worker.crew import Crew
from engine.worker.handlers import HANDLERS
from engine.worker.loop import JobRunner
from engine.worker.tools import Tools


def embedded(engine: Engine) -> JobRunner:
    """A runner for this engine; nothing starts before its ``start``."""
    crew = Crew(engine.work, HANDLERS, tools_of(engine))
    return JobRunner(engine, engine.settings.poll_interval, crew)


def tools_of(engine: Engine) -> Tools:
    """The ports an installation's settings describe."""
    settings = engine.settings
    return Tools(
        engine=engine,
        settings=settings,
        outgoing=GuardedHttp.of(settings),
        mailer=SmtpMailer(settings.smtp),
    )
