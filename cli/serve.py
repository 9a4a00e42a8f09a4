"""`motcua serve`: API and pages by gunicorn; with SQLite the jobs run in the same process.

Migrates an empty database itself. ``--demo`` listens on loopback only and
seeds users; it refuses every other address.
"""

from __future__ import annotations

import argparse
import ipaddress
import os
import signal
import socket
import subprocess
import sys
from typing import Any

from cli.options import add_database, export, settings_of
from engine.bootstrap import build_engine, migrate
from engine.errors import InvalidInput
from engine.packages.seed import DEMO_ACCOUNTS, seed_demo
from engine.ports.engine import Engine
from engine.settings import Settings


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("serve", help="Serve the API and the pages")
    add_database(parser)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="0 takes a free one")
    parser.add_argument("--demo", action="store_true", help="seed users; loopback only")
    parser.add_argument("--workers", type=int, default=1, help="more than 1: PostgreSQL only")
    parser.add_argument("--threads", type=int, default=8, help="threads of each worker")


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT."""
    settings = settings_of(arguments, **({"demo": True} if arguments.demo else {}))
    _require_sane(arguments, settings)
    export(settings)
    port = arguments.port or _free_port(arguments.host)

    print(f"Database {_without_password(settings.database_url)}: migrating …", flush=True)
    migrate(settings)
    if settings.demo:
        _seed(settings)
    url = f"http://{arguments.host}:{port}"
    print(f"motcua serves on {url}  (API {url}/v2, its contract {url}/v2/openapi.json)")
    print("Stop with Ctrl-C.", flush=True)

    from cli.gunicorn_app import serve

    embedded = arguments.workers == 1
    helper = None if embedded else _start_worker()
    try:
        serve(
            f"{arguments.host}:{port}",
            workers=arguments.workers,
            threads=arguments.threads,
            jobs=embedded,
        )
    finally:
        if helper is not None:
            helper.send_signal(signal.SIGTERM)
            helper.wait(timeout=15)
    return 0


def _require_sane(arguments: argparse.Namespace, settings: Settings) -> None:
    if arguments.workers > 1 and settings.database_url.startswith("sqlite"):
        raise InvalidInput(
            "SQLite serves exactly one process: drop --workers, or name a PostgreSQL database.",
            code="sqlite-one-process",
        )
    if settings.demo and not _is_loopback(arguments.host):
        raise InvalidInput(
            "--demo has users with known passwords and listens on loopback only "
            "(127.0.0.1, ::1, localhost).",
            code="demo-loopback-only",
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _free_port(host: str) -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def _seed(settings: Settings) -> None:
    engine: Engine = build_engine(settings)
    for line in seed_demo(engine):
        print(f"  {line}", flush=True)
    engine.close()
    print("Who can log in (name/password):")
    for account in DEMO_ACCOUNTS:
        print(f"  {account.name}/{account.name:<12} {account.display_name}")


def _start_worker() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "cli.main", "worker"]
    return subprocess.Popen(command, env=os.environ.copy())  # noqa: S603 # our own command


def _without_password(url: str) -> str:
    head, at, tail = url.rpartition("@")
    if not at:
        return url
    scheme, _, user = head.partition("://")
    return f"{scheme}://{user.partition(':')[0]}@{tail}"
