"""The page of figures says what the results file says."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

from bench import machine, report

RUN = {
    "operation": "complete",
    "clients": 8,
    "per_second": 123.4,
    "p50_ms": 1.26,
    "p95_ms": 2.0,
    "p99_ms": 3.0,
    "cpu_ms": 4.567,
    "statements": 9,
}
RESULTS: dict[str, Any] = {
    "at": "2026-11-22T10:00:00+00:00",
    "machine": {
        "commit": "abc123",
        "uncommitted_changes": True,
        "processor": "A processor",
        "cores": 2,
        "memory_gib": 24.0,
        "system": "Linux 6",
        "python": "3.11.7",
        "load_before": 0.1,
    },
    "databases": {
        "SQLite": {
            "durability": {"journal_mode": "wal", "synchronous": "FULL"},
            "runs": [RUN],
            "state": {"bytes_per_start": 4096.4, "bytes_per_completion": 1000, "snapshot_bytes": 7},
        }
    },
}


def test_every_figure_has_its_place() -> None:
    lines = report.page(RESULTS).splitlines()

    assert "| SQLite | complete | 8 | 123 | 1.3 | 2.0 | 3.0 | 4.57 | 9 |" in lines
    assert "| SQLite | 4096 | 1000 | 7 |" in lines
    assert "- SQLite: journal_mode wal, synchronous FULL." in lines
    assert any("`abc123` with uncommitted changes" in line for line in lines)


def test_a_busy_machine_is_told() -> None:
    busy = {**RESULTS, "machine": {**RESULTS["machine"], "load_before": 3.0}}

    assert "busy with other work" in report.page(busy)
    assert "busy with other work" not in report.page(RESULTS)


def test_cpu_seconds_of_a_group_grow_with_its_work() -> None:
    busy = "from time import process_time as t\nwhile t() < 0.3: pass\nprint(flush=True)\ninput()"
    with subprocess.Popen(
        [sys.executable, "-c", busy],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as worker:
        assert worker.stdout is not None
        worker.stdout.readline()
        seconds = machine.group_seconds(worker.pid)
        worker.communicate(b"\n")

    assert 0.2 < seconds < 5
    assert machine.family_seconds(os.getpid()) > 0
