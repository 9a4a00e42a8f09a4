"""What every tier shares: the seeds of random tests."""

from __future__ import annotations

import pytest

from tests.tiers.seeds import seeds


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for ``seed`` runs once per seed of this run."""
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", seeds())
