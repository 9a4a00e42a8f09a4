"""A receiver on the loopback for every test of the client."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.live.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A real HTTP server."""
    with receiving() as started:
        yield started
