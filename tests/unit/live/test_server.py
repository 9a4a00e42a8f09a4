"""A server that cannot start says why, and nothing of it stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.live.server import LiveServer, NotStarted


def test_a_server_that_ends_at_once_is_an_error_with_its_log(tmp_path: Path) -> None:
    server = LiveServer(tmp_path, database_url="nonsense://nowhere")

    with pytest.raises(NotStarted, match=r"ended with [1-9]"):
        server.start()
    assert server.log.stat().st_size > 0
    server.kill()
