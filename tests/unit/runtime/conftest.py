"""Every scenario runs twice: restored between calls, and restored after every turn."""

from __future__ import annotations

import pytest

from tests.unit.runtime.world import Driver


@pytest.fixture(autouse=True, params=[False, True], ids=["step", "turn"])
def _restored_after(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Driver, "always_restore", request.param)
