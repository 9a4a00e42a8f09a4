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

READY = [case for case in every_case() if case.pending is None]


@pytest.fixture(scope="module")
def client(database_url: str) -> Iterator[httpx.Client]:
    """A client that may do everything, of one server for all cases."""
    with serving(database_url) as client:
        yield client


@pytest.mark.parametrize("case", READY, ids=lambda case: case.name)
def test_over_http(case: Case, client: httpx.Client) -> None:
    with closing(OverHttp(client)) as driver:
        play(case, driver)
