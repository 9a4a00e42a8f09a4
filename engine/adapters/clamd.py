"""ClamAV's daemon by its INSTREAM command; what it cannot answer stays in quarantine."""

from __future__ import annotations

import socket
import struct
from pathlib import Path
from typing import Final

from engine.ports.blobs import Verdict

_PIECE: Final = 1 << 16
_SECONDS: Final = 30.0


class Clamd:
    """``engine.ports.blobs.Scanner``; the address is ``host:port`` or the path of a socket."""

    def __init__(self, address: str) -> None:
        self._address = address

    def scan(self, path: Path) -> Verdict:
        """Send the file's bytes: the daemon needs no access to our folder."""
        try:
            with self._connected() as connection, path.open("rb") as stream:
                connection.sendall(b"zINSTREAM\0")
                while piece := stream.read(_PIECE):
                    connection.sendall(struct.pack("!I", len(piece)) + piece)
                connection.sendall(struct.pack("!I", 0))
                return _verdict(_answer(connection))
        except OSError:
            return Verdict(None)

    def _connected(self) -> socket.socket:
        host, colon, port = self._address.rpartition(":")
        if colon and port.isdigit():
            return socket.create_connection((host, int(port)), _SECONDS)
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.settimeout(_SECONDS)
            connection.connect(self._address)
        except OSError:
            connection.close()
            raise
        return connection


def _answer(connection: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and (piece := connection.recv(4096)):
        answer += piece
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _verdict(answer: str) -> Verdict:
    said = answer.rpartition(": ")[2]
    if said == "OK":
        return Verdict(True)
    if said.endswith(" FOUND"):
        return Verdict(False, said.removesuffix(" FOUND"))
    return Verdict(None)
