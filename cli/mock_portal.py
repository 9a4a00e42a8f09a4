"""`motcua mock-portal`: a national portal for training and tests, on loopback.

Keeps what it is told in memory, and says what is wrong with it as the real one would.
"""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from zoneinfo import ZoneInfo

from engine.domain.portal.mock import MockPortal
from engine.errors import InvalidInput
from engine.settings import HANOI

LIMIT = 20_000_000


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser(
        "mock-portal", help="Run a national portal for training; keeps everything in memory"
    )
    parser.add_argument("--port", type=int, default=8090, help="port on 127.0.0.1 (8090)")


def run(arguments: argparse.Namespace) -> int:
    """0 when stopped by Ctrl-C."""
    server = serving(MockPortal(), arguments.port)
    port = server.server_address[1]
    print(f"Mock portal: http://127.0.0.1:{port}/  (GET /dossiers shows what it was told)")
    print(f"  MOTCUA_PORTAL_URL=http://127.0.0.1:{port} MOTCUA_PORTAL_USER=motcua")
    print("  MOTCUA_PORTAL_PASSWORD=motcua MOTCUA_OUTGOING_SCHEMES=http,https")
    print("  MOTCUA_OUTGOING_PRIVATE=127.0.0.0/8 motcua serve --demo", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        return 0
    finally:
        server.server_close()
    return 0


def serving(portal: MockPortal, port: int, zone: ZoneInfo = HANOI) -> ThreadingHTTPServer:
    """A server bound to loopback; port 0 takes a free one."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            try:
                body = json.loads(self.rfile.read(min(length, LIMIT)))
            except ValueError:
                body = None
            if not isinstance(body, dict):
                self._answer(400, {"error_code": "-9", "error_message": "JSON?"})
                return
            told = datetime.now(zone).strftime("%Y%m%d%H%M%S")
            self._answer(200, portal.answer(self.path, body, told))

        def do_GET(self) -> None:
            if self.path != "/dossiers":
                self._answer(404, {"error_code": "-4", "error_message": "GET /dossiers"})
                return
            shown = [
                {**one, "history": portal.history.get(code, [])}
                for code, one in portal.dossiers.items()
            ]
            self._answer(200, {"dossiers": shown})

        def _answer(self, status: int, body: object) -> None:
            content = json.dumps(body, ensure_ascii=False).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Silent: bodies and paths hold what people filed."""

    try:
        return ThreadingHTTPServer(("127.0.0.1", port), Handler)
    except OSError as taken:
        raise InvalidInput(f"Port {port} cannot be used: {taken.strerror}.", code="port") from None
