"""House rule: the locked requirements satisfy ``setup.cfg``, all by hash, with one set of versions.

Compiling again needs the network and would find newer versions every week, so
this reads what is locked and says what is missing; the command that mends it
stands in the head of each file.
"""

from __future__ import annotations

import configparser
import re
import sys
from collections.abc import Iterator

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.tiers.plan import ROOT

LOCKS = {"run": ("postgres",), "test": ("postgres", "test")}
_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", re.MULTILINE)


def pins(text: str) -> dict[str, str]:
    """Name and version of every locked package."""
    return {canonicalize_name(name): version for name, version in _PIN.findall(text)}


def unhashed(text: str) -> Iterator[str]:
    """Names of locked packages without a hash."""
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
    for block in blocks:
        if (found := _PIN.match(block)) and "--hash=sha256:" not in block:
            yield found.group(1)


def wanted(setup: configparser.ConfigParser, extras: tuple[str, ...]) -> list[Requirement]:
    """What ``setup.cfg`` asks for, with the extras of that file."""
    texts = [setup["options"]["install_requires"]]
    texts += [setup["options.extras_require"][extra] for extra in extras]
    return [Requirement(line) for text in texts for line in text.split("\n") if line.strip()]


def faults(name: str, lock: str, requirements: list[Requirement]) -> Iterator[str]:
    """One sentence per requirement the lock does not keep."""
    locked = pins(lock)
    for requirement in requirements:
        version = locked.get(canonicalize_name(requirement.name))
        if version is None:
            yield f"requirements/{name}.txt lacks {requirement}"
        elif not requirement.specifier.contains(version, prereleases=True):
            yield f"requirements/{name}.txt has {requirement.name} {version}, not {requirement}"
    for package in unhashed(lock):
        yield f"requirements/{name}.txt has no hash for {package}"


def main() -> int:
    """Print every fault; 1 when there is one."""
    setup = configparser.ConfigParser(interpolation=None)
    setup.read(ROOT / "setup.cfg", "utf-8")
    found: list[str] = []
    locks = {name: (ROOT / f"requirements/{name}.txt").read_text("utf-8") for name in LOCKS}
    for name, extras in LOCKS.items():
        found += faults(name, locks[name], wanted(setup, extras))
    test = pins(locks["test"])
    for package, version in pins(locks["run"]).items():
        if test.get(package) != version:
            found.append(f"{package} is {version} to run and {test.get(package)} in the tests")
    if found:
        found.append("Compile again with the command in the head of the file.")
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
