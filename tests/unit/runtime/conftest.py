"""Every scenario runs twice: restored between calls, and restored after every turn.

A module that says ``BOTH_WAYS = False`` runs once: it counts, or looks at no instance.
"""

from __future__ import annotations

import pytest

from tests.unit.runtime.world import Driver


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if getattr(metafunc.module, "BOTH_WAYS", True):
        metafunc.fixturenames.append("restored_after")
        metafunc.parametrize("restored_after", [False, True], ids=["step", "turn"], indirect=True)


@pytest.fixture
def restored_after(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Driver, "always_restore", request.param)
