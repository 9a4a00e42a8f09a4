"""What a test process started ends with it, even when the test process itself is killed.

A shell of its own session holds the reading end of a pipe; when the process
that holds the other end is gone, by whatever death, the shell cleans up.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

_SCRIPT = """
cat > /dev/null
kill -s "$1" -- "$2" 2> /dev/null
for _ in 1 2 3 4 5 6 7 8 9 10; do kill -s 0 -- "$2" 2> /dev/null || break; sleep 0.2; done
[ -z "$3" ] || rm -rf "$3"
"""


class Watchdog:
    """Sends ``signal`` to ``target`` (a process, or minus a group) and removes ``folder``."""

    def __init__(self, target: int, signal: str, folder: Path | None = None) -> None:
        arguments = [signal, str(target), str(folder or "")]
        self._shell = subprocess.Popen(
            ["sh", "-c", _SCRIPT, "watchdog", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def clean_up(self) -> None:
        """Do it now and wait until it is done."""
        self._shell.communicate()

    def release(self) -> None:
        """The target has ended by itself: there is nothing left to do."""
        self._shell.kill()
        self._shell.communicate()
