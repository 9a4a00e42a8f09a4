"""A real SMTP server on the loopback that keeps what it takes and refuses what a test says."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast


@dataclass
class Letterbox:
    """``refuses`` maps a recipient to the answer it gets instead of 250."""

    port: int = 0
    refuses: dict[str, str] = field(default_factory=dict)
    after_data: str = "250 kept"
    kept: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)


@contextmanager
def smtp_server() -> Iterator[Letterbox]:
    """A letterbox that is open while the block runs."""
    box = Letterbox()

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 test")
            to: list[str] = []
            while line := self.rfile.readline().decode().strip():
                verb = line.split(" ")[0].upper()
                if verb == "RCPT":
                    name = line.partition("<")[2].partition(">")[0]
                    answer = box.refuses.get(name, "250 ok")
                    to += [name] if answer.startswith("250") else []
                    self.say(answer)
                elif verb == "DATA":
                    self.say("354 go on")
                    self.keep(to)
                    to = []
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 ok")

        def keep(self, to: list[str]) -> None:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line[1:] if line.startswith(b"..") else line)
            if box.after_data.startswith("250"):
                message = message_from_bytes(b"".join(lines), policy=default)
                box.kept.append(cast(EmailMessage, message))
                box.recipients.append(to)
            self.say(box.after_data)

        def say(self, text: str) -> None:
            self.wfile.write(text.encode() + b"\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        server.daemon_threads = True
        box.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield box
        server.shutdown()
