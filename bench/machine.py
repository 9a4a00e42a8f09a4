"""The machine under the figures, and the CPU seconds its processes used."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def describe() -> dict[str, object]:
    """Processor, memory, system and commit: what a figure means nothing without."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(memory / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 1),
        "commit": _git("rev-parse", "--short=12", "HEAD"),
        "uncommitted_changes": bool(_git("status", "--porcelain", "--untracked-files=no")),
    }


def group_seconds(leader: int) -> float:
    """CPU seconds of all processes of a process group, ended children included."""
    return _seconds(lambda fields: int(fields[2]) == leader)


def family_seconds(parent: int) -> float:
    """CPU seconds of a process and its direct children, ended ones included."""
    return _seconds(lambda fields: int(fields[1]) == parent) + _own_seconds(parent)


def _own_seconds(pid: int) -> float:
    return _cpu(_fields(Path(f"/proc/{pid}/stat").read_text()))


def _seconds(belongs: Callable[[list[str]], bool]) -> float:
    return sum(_cpu(fields) for fields in _all_fields() if belongs(fields))


def _all_fields() -> Iterator[list[str]]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                yield _fields((entry / "stat").read_text())
            except OSError:
                # The process ended while we were looking.
                continue


def _fields(stat: str) -> list[str]:
    """State, parent, group ... : the fields behind the name, which may hold spaces."""
    return stat.rsplit(")", 1)[1].split()


def _cpu(fields: list[str]) -> float:
    user, system, children_user, children_system = (int(fields[at]) for at in (11, 12, 13, 14))
    return (user + system + children_user + children_system) / _TICKS


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip()
