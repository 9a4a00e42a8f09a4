"""The commands a stranger is told exist, and the build server runs the same ones."""

from __future__ import annotations

import os
import re
import subprocess

import pytest

from tests.tiers.plan import ROOT

TARGETS = ("help", "setup", "run", "test", "check", "conformance", "soak", "bench", "web")


def make(*arguments: str) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    done = subprocess.run(
        ["make", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_help_lists_every_target_with_a_sentence() -> None:
    listed = re.findall(r"^  make (\w+) +\S", make("help"), re.MULTILINE)

    assert sorted(listed) == sorted(TARGETS)


def test_make_alone_is_help() -> None:
    assert make() == make("help")


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_can_be_planned(target: str) -> None:
    assert make("--dry-run", "--always-make", target)


def test_the_static_tier_runs_once_when_check_and_test_are_asked_for() -> None:
    plan = make("--dry-run", "--always-make", "check", "test")

    assert "-m tests.tiers static" in plan
    assert "-m tests.tiers --without static" in plan


def test_the_build_server_runs_the_same_targets() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")

    assert "exec make check test" in script
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=True)
