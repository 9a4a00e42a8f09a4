"""The embedded dispatcher of one process: job runner and crew, wired together."""

from __future__ import annotations

from engine.adapters.mail import SmtpMailer
from engine.adapters.outgoing import GuardedHttp
from engine.adapters.portal import PortalClient
from engine.ports.bell import OWN
from engine.ports.engine import Engine
from engine.worker.couriers import Couriers
from engine.worker.crew import Crew
from engine.worker.handlers import HANDLERS
from engine.worker.loop import JobRunner
from engine.worker.portal import PortalPusher
from engine.worker.scans import ScanFolder
from engine.worker.tools import Tools


def embedded(engine: Engine) -> JobRunner:
    """A runner for this engine; nothing starts before its ``start``."""
    tools = tools_of(engine)
    crew = Crew(
        engine.work,
        HANDLERS,
        tools,
        lease_seconds=engine.settings.lease_seconds,
        on_free=lambda: engine.bell.ring((OWN,)),
    )
    couriers = Couriers(engine, tools.outgoing)
    pusher, scans = portal_pusher(engine), scan_folder(engine)
    also = [] if pusher is None else [pusher.beside]
    also += [] if scans is None else [scans.turn]
    return JobRunner(engine, engine.settings.poll_interval, crew, couriers, also)


def portal_pusher(engine: Engine) -> PortalPusher | None:
    """The connection to the national portal, where the settings name one."""
    settings = engine.settings
    if not settings.portal.url:
        return None
    client = PortalClient(settings.portal, GuardedHttp.of(settings), settings.zone)
    return PortalPusher(engine, client)


def scan_folder(engine: Engine) -> ScanFolder | None:
    """The scanners' drop folder, where the settings name one and an account for it."""
    settings = engine.settings
    if settings.scan_folder is None or not settings.scan_account:
        return None
    return ScanFolder(engine, settings.scan_folder, lambda: engine.actor_of(settings.scan_account))


def tools_of(engine: Engine) -> Tools:
    """The ports an installation's settings describe."""
    settings = engine.settings
    return Tools(
        engine=engine,
        settings=settings,
        outgoing=GuardedHttp.of(settings),
        mailer=SmtpMailer(settings.smtp),
    )
