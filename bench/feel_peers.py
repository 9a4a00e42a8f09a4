"""Other FEEL engines, installed into a temporary folder for one bench and thrown away.

Neither is a dependency of the product: feelin (npm, MIT) computes in floats,
pySFeel (PyPI, GPL) knows a part of the language.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

FEELIN = "feelin@8.2.0"
PYSFEEL = ("pySFeel==1.4.2", "sly", "python-dateutil", "pytz", "six")

_NODE = """
import { readFileSync } from 'node:fs';
import { evaluate } from 'feelin';
const { cases, context, seconds } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const median = xs => xs.sort((a, b) => a - b)[xs.length >> 1];
const results = cases.map(text => {
  let value;
  try { value = evaluate(text, context).value; } catch (error) { return null; }
  const runs = [];
  const end = process.hrtime.bigint() + BigInt(Math.round(seconds * 1e9));
  while (process.hrtime.bigint() < end) {
    const start = process.hrtime.bigint();
    evaluate(text, context);
    runs.push(Number(process.hrtime.bigint() - start) / 1000);
  }
  return { value: String(value), micros: median(runs) };
});
console.log(JSON.stringify(results));
"""

_PYTHON = """
import json, statistics, sys, time
import pySFeel
task = json.load(open(sys.argv[1]))
parser = pySFeel.SFeelParser()
for name, value in task["context"].items():
    parser.sFeelParse(name + " <- " + json.dumps(value))
results = []
for text in task["cases"]:
    try:
        status, value = parser.sFeelParse(text)
    except Exception:
        status, value = {"errors": True}, None
    if "errors" in status:
        results.append(None)
        continue
    runs, end = [], time.perf_counter() + task["seconds"]
    while time.perf_counter() < end:
        start = time.perf_counter()
        parser.sFeelParse(text)
        runs.append((time.perf_counter() - start) * 1e6)
    results.append({"value": str(value), "micros": statistics.median(runs)})
print("\\n" + json.dumps(results))
"""


class Missing(Exception):
    """Something the bench needs is not on this machine."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Medians of one engine, None where it cannot read the expression."""

    name: str
    micros: tuple[float | None, ...]


def feelin(folder: Path, task: Path) -> Peer:
    """Medians of feelin in Node."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise Missing("node and npm are not installed; feelin cannot be measured")
    (folder / "package.json").write_text('{"private": true, "type": "module"}')
    _run([npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", FEELIN], folder)
    script = folder / "measure.mjs"
    script.write_text(_NODE)
    return _peer(FEELIN.replace("@", " "), _run([node, str(script), str(task)], folder))


def pysfeel(folder: Path, task: Path) -> Peer:
    """Medians of pySFeel in a Python of its own."""
    target = folder / "python"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    _run([*install, "--target", str(target), *PYSFEEL], folder)
    script = target / "measure.py"
    script.write_text(_PYTHON)
    return _peer("pySFeel 1.4.2", _run([sys.executable, str(script), str(task)], folder))


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise Missing(f"{Path(command[0]).name} {command[1]} failed: {last}")
    return done.stdout


def _peer(name: str, output: str) -> Peer:
    results = json.loads(output.strip().splitlines()[-1])
    return Peer(name, tuple(result["micros"] if result else None for result in results))
