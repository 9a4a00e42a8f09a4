"""A real server in a process of its own, for tests that a client library cannot stand in for.

Started like an operator would start it, on a free loopback port, with its
database in a folder of the test. It ends with the test, whatever happens.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.live.watchdog import Watchdog

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0
STOP_SECONDS = 20.0
COMMAND = (sys.executable, "-c", "import sys; from cli.main import main; sys.exit(main())")


class NotStarted(RuntimeError):
    """The server ended or did not answer in time; the message ends with its log."""


class LiveServer:
    """``motcua serve`` as a child process; started again on the same port and database."""

    def __init__(
        self,
        folder: Path,
        *,
        database_url: str = "",
        demo: bool = True,
        port: int = 0,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.database_url = database_url or f"sqlite:///{folder / 'motcua.sqlite3'}"
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self.demo = demo
        self._environment = environment or {}
        self._process: subprocess.Popen[bytes] | None = None
        self._watchdog: Watchdog | None = None

    @property
    def pid(self) -> int:
        """Process id of the running server, which leads a group of its own."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start it and wait until it answers."""
        arguments = ["serve", "--port", str(self.port), "--database", self.database_url]
        if self.demo:
            arguments.append("--demo")
        blobs = {"MOTCUA_BLOBS": str(self.folder / "blobs")}
        environment = {**os.environ, **blobs, **self._environment}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*COMMAND, *arguments],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._watchdog = Watchdog(-self._process.pid, "KILL")
        self._wait_until_it_answers(self._process)

    def kill(self) -> None:
        """SIGKILL to all of it at once: nothing is flushed, nobody is told."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
        if self._watchdog is not None:
            self._watchdog.release()
            self._watchdog = None

    def stop(self) -> int:
        """SIGTERM; the exit code. A server that does not end in time is killed and is an error."""
        assert self._process is not None
        process = self._process
        process.terminate()
        try:
            return process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            raise NotStarted(f"did not end within {STOP_SECONDS} s of SIGTERM") from None
        finally:
            self.kill()

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if process.poll() is not None:
                self.kill()
                raise NotStarted(f"ended with {process.returncode}\n{self._log_tail()}")
            try:
                with urllib.request.urlopen(f"{self.url}/", timeout=5):
                    return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.05)
        self.kill()
        raise NotStarted(f"no answer within {START_SECONDS} s\n{self._log_tail()}")

    def _log_tail(self) -> str:
        return self.log.read_text("utf-8", "replace")[-4000:] if self.log.exists() else ""


def free_port() -> int:
    """A loopback port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def live_server(folder: Path, *, database_url: str = "", demo: bool = True) -> Iterator[LiveServer]:
    """A started server that is gone when the block ends."""
    server = LiveServer(folder, database_url=database_url, demo=demo)
    try:
        server.start()
        yield server
    finally:
        server.kill()
