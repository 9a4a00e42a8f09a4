"""The folder of contents: by hash, whole or not at all, quarantined, swept."""

from __future__ import annotations

import hashlib
import os
import socket
import struct
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.adapters.blobs import FolderBlobs
from engine.adapters.clamd import Clamd
from engine.errors import InvalidInput, NotFound

PDF = b"%PDF-1.7 " + "Giấy khai sinh".encode()
BAD = b"%PDF-1.7 EVIL"


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path / "blobs")


def files(blobs_dir: Path) -> list[str]:
    return sorted(str(p.relative_to(blobs_dir)) for p in blobs_dir.rglob("*") if p.is_file())


def test_a_content_is_kept_once_under_its_hash(blobs: FolderBlobs, tmp_path: Path) -> None:
    first, second = blobs.put(PDF), blobs.put(PDF, "text/plain")

    name = hashlib.sha256(PDF).hexdigest()
    assert first == second
    assert (first.sha256, first.size, first.media_type) == (name, len(PDF), "application/pdf")
    assert first.scan == "unscanned"
    assert files(tmp_path / "blobs") == [f"{name[:2]}/{name[2:4]}/{name}"]
    assert blobs.read(name) == PDF


def test_a_program_leaves_nothing_behind(blobs: FolderBlobs, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        blobs.put(b"MZ\x90\x00")

    assert files(tmp_path / "blobs") == []


def test_pieces_are_written_at_their_place(blobs: FolderBlobs) -> None:
    assert blobs.stage(7, 0, PDF[:5]) == 5
    assert blobs.stage(7, 5, b"lost, and longer than what follows") > 5
    assert blobs.stage(7, 5, PDF[5:]) == len(PDF)

    kept = blobs.adopt(7)
    blobs.stage(7, 0, b"later")

    assert blobs.read(kept.sha256) == PDF
    blobs.drop(7)
    with pytest.raises(NotFound):
        blobs.adopt(7)


def test_a_content_changed_on_the_disk_is_not_handed_out(
    blobs: FolderBlobs, tmp_path: Path
) -> None:
    kept = blobs.put(PDF)
    place = tmp_path / "blobs" / kept.sha256[:2] / kept.sha256[2:4] / kept.sha256
    place.write_bytes(PDF + b"!")

    with pytest.raises(NotFound) as refused:
        blobs.read(kept.sha256)

    assert refused.value.reason == "content-damaged"


@pytest.mark.parametrize("name", ["", "../x", "A" * 64, "0" * 63])
def test_a_name_that_is_no_hash_names_nothing(blobs: FolderBlobs, name: str) -> None:
    with pytest.raises(NotFound):
        blobs.read(name)


def test_sweeping_leaves_what_is_young_or_named(blobs: FolderBlobs, tmp_path: Path) -> None:
    kept, gone, young = blobs.put(PDF), blobs.put(PDF + b"2"), blobs.put(PDF + b"3")
    blobs.stage(9, 0, b"given up")
    old = datetime.now(UTC) - timedelta(days=2)
    for path in (tmp_path / "blobs").rglob("*"):
        if path.is_file() and path.name != young.sha256:
            os.utime(path, (old.timestamp(), old.timestamp()))
    asked: list[str] = []

    def named(hashes: object) -> frozenset[str]:
        asked.extend(hashes)  # type: ignore[call-overload] # a list of hashes
        return frozenset({kept.sha256})

    assert blobs.sweep(datetime.now(UTC) - timedelta(hours=24), named) == 2
    assert sorted(asked) == sorted([kept.sha256, gone.sha256])
    assert blobs.read(kept.sha256) == PDF
    assert blobs.read(young.sha256).endswith(b"3")
    with pytest.raises(NotFound):
        blobs.read(gone.sha256)


@pytest.fixture
def daemon() -> Iterator[str]:
    """A process that speaks the scanner's protocol: EVIL is found, SICK makes it go away."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.2)
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = listening.accept()
            except TimeoutError:
                continue
            with connection:
                _serve(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"127.0.0.1:{listening.getsockname()[1]}"
    over.set()
    thread.join(timeout=10)
    listening.close()


def _exactly(connection: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count and (piece := connection.recv(count - len(data))):
        data += piece
    return data


def _serve(connection: socket.socket) -> None:
    assert _exactly(connection, 10) == b"zINSTREAM\0"
    content = b""
    while size := struct.unpack("!I", _exactly(connection, 4))[0]:
        content += _exactly(connection, size)
    if b"SICK" in content:
        return
    connection.sendall(b"stream: Evil.Test FOUND\0" if b"EVIL" in content else b"stream: OK\0")


def test_what_the_scanner_finds_goes_to_quarantine(daemon: str, tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path / "blobs", Clamd(daemon))

    good, bad, unknown = blobs.put(PDF), blobs.put(BAD), blobs.put(PDF + b"SICK")

    assert (good.scan, bad.scan, bad.finding) == ("clean", "infected", "Evil.Test")
    assert unknown.scan == "pending"
    assert blobs.read(good.sha256) == PDF
    for held in (bad, unknown):
        with pytest.raises(NotFound):
            blobs.read(held.sha256)


def test_what_waited_for_the_scanner_is_let_out(daemon: str, tmp_path: Path) -> None:
    folder = tmp_path / "blobs"
    waiting = FolderBlobs(folder, Clamd(str(tmp_path / "nobody.sock"))).put(PDF)
    assert waiting.scan == "pending"
    blobs = FolderBlobs(folder, Clamd(daemon))

    assert blobs.examine(waiting.sha256).scan == "clean"
    assert blobs.read(waiting.sha256) == PDF
    with pytest.raises(NotFound):
        blobs.examine("0" * 64)
