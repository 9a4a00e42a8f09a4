"""``python -m bench``: measure a real server on SQLite and on PostgreSQL, and write it down.

Results go to ``bench/results/<commit>.json`` and ``docs/bench.md``. A request
that is refused stops the bench: a figure is only a figure when all of it worked.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import databases, load, machine, report, statements
from tests.live.client import Client
from tests.live.postgres import Postgres, postgres
from tests.live.server import LiveServer, live_server
from tests.tiers.needs import Missing
from tests.tiers.plan import ROOT

CLIENTS = (1, 8)
MODEL = Path(__file__).with_name("bench.bpmn")
RESULTS = Path(__file__).parent / "results"
PAGE = ROOT / "docs" / "bench.md"


def main(arguments: list[str]) -> int:
    """Measure both databases; 1 when something is missing."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--seconds", type=int, default=8, help="length of one run")
    options = parser.parse_args(arguments)
    try:
        load.require_wrk()
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    about = machine.describe()
    results: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": about,
        "seconds_per_run": options.seconds,
        "databases": {},
    }
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder, postgres() as server:
        file = f"sqlite:///{folder}/motcua.sqlite3"
        results["databases"]["SQLite"] = measure(Path(folder), file, None, options.seconds)
        url = server.create()
        results["databases"]["PostgreSQL"] = measure(Path(folder), url, server, options.seconds)
        server.drop(url)
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / f"{about['commit']}.json"
    target.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", "utf-8")
    PAGE.write_text(report.page(results), "utf-8")
    print(f"\nwritten: {target.relative_to(ROOT)} and {PAGE.relative_to(ROOT)}")
    return 0


def measure(folder: Path, url: str, server: Postgres | None, seconds: int) -> dict[str, Any]:
    """All operations on one database."""
    with live_server(folder, database_url=url) as running:
        with Client(running.url) as client:
            client.deploy(MODEL.name, MODEL.read_bytes())
        bench = Bench(running, server, folder / "keys", seconds)
        before = databases.size(url)
        started = [bench.run("start", clients) for clients in CLIENTS]
        between = databases.size(url)
        _, snapshot_bytes = databases.snapshots(url)
        searched = [bench.run("search", clients) for clients in CLIENTS]
        growing = databases.size(url)
        completed = [bench.run("complete", clients) for clients in CLIENTS]
        after = databases.size(url)
        durability = databases.durability(url)
    counted = statements.per_operation(url)
    runs = [*started, *completed, *searched]
    for run in runs:
        run["statements"] = counted[run["operation"]]
    return {
        "durability": durability,
        "runs": runs,
        "state": {
            "bytes_per_start": (between - before) / sum(run["requests"] for run in started),
            "bytes_per_completion": (after - growing) / sum(run["requests"] for run in completed),
            "snapshot_bytes": snapshot_bytes,
        },
    }


class Bench:
    """Runs of the load generator against one server, with the CPU they cost."""

    def __init__(
        self, server: LiveServer, database: Postgres | None, keys: Path, seconds: int
    ) -> None:
        self._server = server
        self._database = database
        self._keys = keys
        self._seconds = seconds

    def run(self, operation: str, clients: int) -> dict[str, Any]:
        """One operation with so many clients; prints as it goes."""
        keys = self._open_tasks() if operation == "complete" else None
        # There are only as many tasks to complete as were started before.
        seconds = max(1, self._seconds // 2) if keys else self._seconds
        cpu = self._cpu()
        before = cpu()
        seen = load.run(self._server.url, operation, clients, seconds, keys)
        spent = cpu() - before
        result = {
            "operation": operation,
            "clients": clients,
            **seen.as_dict(),
            "cpu_ms": round(1000 * spent / seen.requests, 3),
        }
        print(
            f"{operation:<9} {clients} clients  {seen.per_second:7.0f}/s"
            f"  p50 {seen.p50_ms:6.1f}  p99 {seen.p99_ms:6.1f} ms  CPU {result['cpu_ms']} ms",
            flush=True,
        )
        return result

    def _cpu(self) -> Callable[[], float]:
        database = self._database.pid if self._database else None
        return lambda: (
            machine.group_seconds(self._server.pid)
            + (machine.family_seconds(database) if database else 0.0)
        )

    def _open_tasks(self) -> Path:
        with Client(self._server.url) as client:
            tasks = client.search_all("/v2/user-tasks/search", {"state": "CREATED"})
        keys = [task["userTaskKey"] for task in tasks]
        self._keys.write_text("\n".join(keys) + "\n")
        return self._keys


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
