"""A PostgreSQL of a test's own that may crash: stopped at once, started again on its data."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.live.postgres import Postgres, wheel
from tests.live.watchdog import Watchdog

PATIENCE = 60.0


class Cluster:
    """One server with its folder; ``databases`` hands out databases on it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: Any = wheel(folder).get_server(folder / "data", cleanup_mode=None)
        self.databases = Postgres(self._server.get_uri(), self._server.get_pid())
        # A crash of the process loses nothing the system has: fsync is for crashes of machines.
        self.databases.hurry()
        self._watchdog = Watchdog(self._server.get_pid(), "QUIT")

    def crash(self) -> None:
        """Immediate shutdown and recovery: every connection breaks, what was committed stays."""
        pid = int(self._server.get_pid())
        os.kill(pid, signal.SIGQUIT)
        end = time.monotonic() + PATIENCE
        while _runs(pid):
            assert time.monotonic() < end, "the server does not end"
            time.sleep(0.02)
        self._server.ensure_postgres_running()
        self._watchdog.release()
        self._watchdog = Watchdog(self._server.get_pid(), "QUIT")

    def close(self) -> None:
        """Stop it and remove its folder."""
        self._watchdog.release()
        Watchdog(self._server.get_pid(), "QUIT", self._folder).clean_up()


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A started cluster, gone when the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-cluster-"))
    # As root the server runs as a user of its own, who must be able to pass through.
    folder.chmod(0o755)
    made = Cluster(folder)
    try:
        yield made
    finally:
        made.close()


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return not _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False
