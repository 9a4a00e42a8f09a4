"""Packages are deployed once per content, all or none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.dispatch import CommandEngine
from engine.errors import DeployRefused, InvalidInput
from engine.packages.deploy import deploy_packages
from engine.packages.seed import DEMO_ACCOUNTS, seed_demo
from engine.ports.views import Query
from engine.testing import TESTER

PROCESSES, FORMS = Path("processes"), Path("forms")


def test_second_run_deploys_nothing(engine: CommandEngine) -> None:
    first = list(deploy_packages(engine, PROCESSES, FORMS, TESTER))
    deployed = engine.views.search("deployment", TESTER, Query()).total

    assert "chung-thuc-ban-sao/2025-11-01" in first
    assert list(deploy_packages(engine, PROCESSES, FORMS, TESTER)) == []
    assert engine.views.search("deployment", TESTER, Query()).total == deployed


def test_one_broken_package_stops_all(engine: CommandEngine, tmp_path: Path) -> None:
    shutil.copytree(PROCESSES, tmp_path / "processes")
    shutil.copytree(FORMS, tmp_path / "forms")
    broken = next((tmp_path / "processes").glob("*/*/procedure.yml"))
    broken.write_text("code: [", encoding="utf-8")
    before = engine.views.search("deployment", TESTER, Query()).total

    with pytest.raises((DeployRefused, InvalidInput)):
        list(deploy_packages(engine, tmp_path / "processes", tmp_path / "forms", TESTER))

    assert engine.views.search("deployment", TESTER, Query()).total == before


def test_people_of_the_demo_are_made_once(engine: CommandEngine) -> None:
    object.__setattr__(engine.settings, "demo", True)
    made = [line for line in seed_demo(engine) if line.startswith("account")]

    assert len(made) == len(DEMO_ACCOUNTS)
    assert list(seed_demo(engine)) == []
    assert engine.authenticate_basic("admin", "admin").has("admin")
