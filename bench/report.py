"""The figures as a page to read, made from the results file and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

HEAD = """# Figures

Written by `make bench`; do not edit. A real `motcua serve` is driven over HTTP by `wrk` on the
same machine, so the load generator takes its share of the cores. One operation is one request:
`start` an instance with three variables, `complete` a user task (which runs a gateway and makes
the next task), `search` the first twenty open tasks. Authentication is included in all of them.
CPU counts the server and, where it is ours, the database.
"""

FOOT = """SQL counts the statements of one request without BEGIN and COMMIT. Bytes per start and
per completion are the growth of the whole database: rows, indexes, history and events. Control
state is the snapshot of the tokens of one running instance."""

RUNS = ("database", "operation", "clients", "per second", "p50 ms", "p95 ms", "p99 ms", "CPU ms")
STATE = ("database", "bytes per start", "bytes per completion", "bytes of control state")


def page(results: Mapping[str, Any]) -> str:
    """The whole page."""
    return "\n".join([HEAD, *_machine(results), *_runs(results), *_state(results)]) + "\n"


def _machine(results: Mapping[str, Any]) -> Iterator[str]:
    machine = results["machine"]
    changed = " with uncommitted changes" if machine["uncommitted_changes"] else ""
    yield f"- Measured {results['at']} at commit `{machine['commit']}`{changed}."
    yield (
        f"- {machine['processor']}, {machine['cores']} cores, {machine['memory_gib']} GiB,"
        f" {machine['system']}, Python {machine['python']};"
        f" load average before the run {machine['load_before']}."
    )
    if machine["load_before"] > machine["cores"] / 2:
        yield "- The machine was busy with other work: read the figures as a lower bound."
    for name, database in results["databases"].items():
        settings = ", ".join(f"{key} {value}" for key, value in database["durability"].items())
        yield f"- {name}: {settings}."
    yield ""


def _runs(results: Mapping[str, Any]) -> Iterator[str]:
    yield f"| {' | '.join(RUNS)} | SQL |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|--:|"
    for name, database in results["databases"].items():
        for run in database["runs"]:
            yield (
                f"| {name} | {run['operation']} | {run['clients']} | {run['per_second']:.0f}"
                f" | {run['p50_ms']:.1f} | {run['p95_ms']:.1f} | {run['p99_ms']:.1f}"
                f" | {run['cpu_ms']:.2f} | {run['statements']} |"
            )
    yield ""


def _state(results: Mapping[str, Any]) -> Iterator[str]:
    yield f"| {' | '.join(STATE)} |"
    yield "|---|--:|--:|--:|"
    for name, database in results["databases"].items():
        state = database["state"]
        yield (
            f"| {name} | {state['bytes_per_start']:.0f} | {state['bytes_per_completion']:.0f}"
            f" | {state['snapshot_bytes']:.0f} |"
        )
    yield ""
    yield FOOT
