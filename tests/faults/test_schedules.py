"""Random faults on real processes: nothing acknowledged twice, nothing lost, nothing stuck.

Servers and workers get SIGKILL at random points, PostgreSQL crashes and recovers,
workers outlive their leases or complete one job together, the clock jumps, some
jobs are poison. `make test` plays a few schedules, `make soak` two hundred.
"""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.schedule import schedule
from tests.faults.world import World, installed
from tests.live.cluster import Cluster, cluster
from tests.live.receiver import receiving
from tests.tiers.plan import OUT

INSTANCES = 10
FEW = (1, 2)
MANY = range(100, 200)


@pytest.fixture(scope="module")
def crashing() -> Iterator[Cluster]:
    """A PostgreSQL of this module's own."""
    with cluster() as started:
        yield started


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite installation to copy."""
    made = tmp_path_factory.mktemp("template") / "motcua.sqlite3"
    installed(f"sqlite:///{made}")
    return made


@pytest.fixture(scope="module")
def template(crashing: Cluster) -> str:
    """A PostgreSQL installation to copy."""
    return installed(crashing.databases.create())


@pytest.mark.parametrize(
    "number", [*FEW, *(pytest.param(each, marks=pytest.mark.slow) for each in MANY)], ids=str
)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_schedule(kind: str, number: int, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    plan = schedule(number, postgres=kind == "postgresql", instances=INSTANCES)
    own: Cluster | None = None
    if kind == "postgresql":
        own = request.getfixturevalue("crashing")
        url = own.databases.copy(request.getfixturevalue("template"))
    else:
        shutil.copyfile(request.getfixturevalue("file"), tmp_path / "motcua.sqlite3")
        url = f"sqlite:///{tmp_path / 'motcua.sqlite3'}"
    began = time.monotonic()
    with receiving() as receiver:
        world = World(tmp_path, url, receiver, plan, INSTANCES)
        world.cluster = own
        wrong = world.run()
    book = world.book
    counted = sorted(Counter(fault.kind for fault in plan.faults).items())
    kinds = ", ".join(f"{count} {name}" for name, count in counted)
    repeated = sum(count - 1 for count in book.calls.values())
    OUT.mkdir(exist_ok=True)
    with (OUT / "schedules.log").open("a") as log:
        log.write(
            f"{kind} {number}: {time.monotonic() - began:.1f} s; {kinds}; "
            f"{book.total} acknowledged, {sum(map(len, book.unanswered.values()))} unanswered, "
            f"{book.rejected} refused, {repeated} calls repeated; {wrong or 'sound'}\n"
        )
    if own is not None:
        own.databases.drop(url)

    assert wrong == []
    assert book.total + sum(map(len, book.unanswered.values())) >= 2 * INSTANCES


def test_a_schedule_is_the_same_everywhere() -> None:
    first = schedule(7, postgres=True, instances=INSTANCES)

    assert first == schedule(7, postgres=True, instances=INSTANCES)
    assert first != schedule(8, postgres=True, instances=INSTANCES)
    plans = [schedule(seed, postgres=True, instances=9) for seed in range(50)]
    kinds = {fault.kind for plan in plans for fault in plan.faults}
    assert kinds == {"kill-server", "kill-worker", "restart-database", "clock"}
