"""A process that is killed takes with it what it had started."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from tests.live.watchdog import Watchdog

PARENT = """
import subprocess, sys, time
from pathlib import Path
from tests.live.watchdog import Watchdog
child = subprocess.Popen(["sleep", "60"], start_new_session=True)
guard = Watchdog(-child.pid, "KILL", Path(sys.argv[1]))
print(child.pid, flush=True)
time.sleep(60)
"""


def runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_what_a_killed_process_started_ends_and_its_folder_goes(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(folder)], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert runs(child)
        parent.kill()

    end = time.monotonic() + 20
    while (runs(child) or folder.exists()) and time.monotonic() < end:
        time.sleep(0.05)
    assert not runs(child)
    assert not folder.exists()


def test_a_released_watchdog_does_nothing(tmp_path: Path) -> None:
    with subprocess.Popen(["sleep", "60"]) as process:
        watchdog = Watchdog(process.pid, "KILL", tmp_path)
        watchdog.release()

        assert process.poll() is None
        assert tmp_path.exists()
        process.kill()
