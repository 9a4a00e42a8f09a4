"""Load from ``wrk``, a compiled generator, so that the client does not measure itself."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.tiers.needs import Missing, install_package

SCRIPTS = Path(__file__).parent / "scripts"
_RESULT = re.compile(r"^RESULT (\{.*\})$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one run of the generator saw; times in milliseconds."""

    requests: int
    seconds: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float
    refused: int
    broken: int

    @property
    def per_second(self) -> float:
        """Answers per second."""
        return self.requests / self.seconds

    def as_dict(self) -> dict[str, float]:
        """For the results file."""
        return {"per_second": round(self.per_second, 1), **asdict(self)}


def require_wrk() -> None:
    """Find ``wrk``, or install it where we may."""
    if shutil.which("wrk"):
        return
    if not (os.geteuid() == 0 and shutil.which("apt-get")):
        raise Missing("The bench needs wrk. Run this once:\n    sudo apt-get install -y wrk")
    install_package("wrk")


def run(url: str, operation: str, clients: int, seconds: int, keys: Path | None = None) -> Load:
    """Drive one operation; a run with refused or broken requests is an error, not a figure."""
    pair = base64.b64encode(b"admin:admin").decode()
    environment = {
        **os.environ,
        "BENCH_SCRIPTS": str(SCRIPTS),
        "BENCH_AUTHORIZATION": f"Basic {pair}",
    }
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s"]
    command += ["-s", str(SCRIPTS / f"{operation}.lua"), url]
    if keys:
        command += ["--", str(keys)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    found = _RESULT.search(done.stdout)
    if done.returncode or not found:
        raise RuntimeError(f"wrk failed: {done.stderr or done.stdout}")
    load = Load(**json.loads(found.group(1)))
    if load.refused or load.broken:
        raise RuntimeError(
            f"{operation} with {clients} clients: {load.refused} of {load.requests} requests were"
            f" refused, {load.broken} broken: no figure"
        )
    return load
