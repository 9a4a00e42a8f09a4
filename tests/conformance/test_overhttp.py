"""Every case as a client sees it: over HTTP, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest

from tests.conformance.case import Case, every_case
from tests.conformance.overhttp import OverHttp
from tests.conformance.play import play
from tests.conformance.servers import serving
from tests.conformance.signature import used
from tests.databases import Databases

READY = [case for case in every_case() if case.pending is None]
# A message that was sent may outlive its case and wake somebody in another.
SENDING = {"throw-message", "end-message", "send-task", "throw-multiple", "end-multiple"}


def sends(case: Case) -> bool:
    """Whether a message can be left over from it."""
    return not SENDING.isdisjoint(used(case)) or any(step.verb == "publish" for step in case.steps)


REFUSED = [case for case in READY if case.refused is not None]
ALONE = [case for case in READY if case.refused is None and sends(case)]
SHARING = [case for case in READY if case.refused is None and not sends(case)]


@pytest.fixture(scope="module")
def client(database_url: str) -> Iterator[httpx.Client]:
    """A client that may do everything, of one server for all cases."""
    with serving(database_url) as client:
        yield client


@pytest.mark.parametrize("case", SHARING, ids=lambda case: case.name)
def test_over_http(case: Case, client: httpx.Client) -> None:
    with closing(OverHttp(client)) as driver:
        play(case, driver)


@pytest.fixture(scope="module")
def any_client(databases: Databases) -> Iterator[httpx.Client]:
    """A client for what is refused: no row is written, so one database is enough."""
    with databases.fresh("sqlite") as url, serving(url) as client:
        yield client


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_refused_over_http(case: Case, any_client: httpx.Client) -> None:
    play(case, OverHttp(any_client))


@pytest.mark.parametrize("case", ALONE, ids=lambda case: case.name)
def test_with_a_server_of_its_own(case: Case, own_database_url: str) -> None:
    with serving(own_database_url) as client:
        play(case, OverHttp(client))
