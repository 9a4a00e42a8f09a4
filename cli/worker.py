"""`motcua worker`: timers and jobs beside servers that only answer; PostgreSQL only."""

from __future__ import annotations

import argparse
import signal
import threading
from typing import Any

from cli.options import add_database, settings_of
from engine.bootstrap import build_engine
from engine.errors import InvalidInput
from engine.worker.embedded import embedded


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("worker", help="Run timers and jobs")
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Work until SIGTERM or SIGINT."""
    settings = settings_of(arguments)
    if settings.database_url.startswith("sqlite"):
        raise InvalidInput(
            "With SQLite `motcua serve` runs the jobs itself: exactly one process may write.",
            code="sqlite-one-process",
        )
    engine = build_engine(settings)
    runner = embedded(engine)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    runner.start()
    print("motcua worker runs; stop with Ctrl-C.", flush=True)
    ended.wait()
    runner.stop()
    engine.close()
    return 0
