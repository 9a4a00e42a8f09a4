"""A real HTTP server on the loopback whose answers a test writes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Answer:
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    before: float = 0.0
    drip: float = 0.0


@dataclass
class Seen:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Receiver:
    """``answers`` maps a path to what it answers, or to who says so; ``seen`` keeps requests."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | Callable[[Seen], Answer]] = {}
        self.seen: list[Seen] = []
        self.port = 0

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver that runs while the block does."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(length)
            seen = Seen(self.command, self.path, headers, body)
            receiver.seen.append(seen)
            found = receiver.answers.get(self.path, Answer(404))
            self.answer(found(seen) if callable(found) else found)

        # The names the standard library looks for.
        do_GET = do_POST = handle_any  # noqa: N815

        def answer(self, answer: Answer) -> None:
            time.sleep(answer.before)
            try:
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for place in range(len(answer.body) if answer.drip else 0):
                    self.wfile.write(answer.body[place : place + 1])
                    self.wfile.flush()
                    time.sleep(answer.drip)
                if not answer.drip:
                    self.wfile.write(answer.body)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        receiver.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()
