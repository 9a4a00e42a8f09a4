"""``motcua worker`` in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tests.live.server import COMMAND, ROOT
from tests.live.watchdog import Watchdog


class LiveWorker:
    """Started, killed and started again; it needs PostgreSQL."""

    def __init__(self, folder: Path, database_url: str, environment: Mapping[str, str]) -> None:
        self._log = folder / "worker.log"
        self._url = database_url
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._watchdog: Watchdog | None = None

    def start(self) -> None:
        """Start it; it needs no waiting for."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*COMMAND, "worker", "--database", self._url],
                cwd=ROOT,
                env={**os.environ, **self._environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._watchdog = Watchdog(-self._process.pid, "KILL")

    def kill(self) -> None:
        """SIGKILL."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
        if self._watchdog is not None:
            self._watchdog.release()
            self._watchdog = None
