"""A conformance case: models and the steps that must work on them, read from its folder.

``case.yml`` names what happens and what must be seen; the ``.bpmn`` files beside
it are what is deployed. An unknown word in it is an error, so that a misspelt
expectation cannot pass.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from ruamel.yaml import YAML

CASES = Path(__file__).parent / "cases"

WORDS = frozenset(
    ("about", "process", "start", "steps", "end", "refused", "element", "warns", "pending")
)
STEPS: dict[str, frozenset[str]] = {
    "expect_tasks": frozenset(),
    "expect_task": frozenset(
        ("assignee", "groups", "users", "due", "follow_up", "priority", "form", "vars")
    ),
    "complete": frozenset(("vars", "where")),
    "expect_jobs": frozenset(),
    "expect_job": frozenset(("retries", "priority", "headers", "vars")),
    "complete_job": frozenset(("vars", "where")),
    "fail_job": frozenset(("retries", "message")),
    "job_error": frozenset(("code", "message", "vars", "where")),
    "message": frozenset(("key", "vars", "lost")),
    "publish": frozenset(("key", "vars", "ttl")),
    "signal": frozenset(("vars",)),
    "advance": frozenset(),
    "expect_vars": frozenset(),
    "expect_no_vars": frozenset(),
    "expect_incident": frozenset(("type",)),
    "expect_no_incident": frozenset(),
    "resolve": frozenset(("vars",)),
    "set_vars": frozenset(("at",)),
    "start": frozenset(("process",)),
    "cancel": frozenset(),
    "expect_instances": frozenset(),
}
ENDS = frozenset(("completed", "error", "active", "tasks", "terminated", "none"))


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done or seen."""

    verb: str
    value: object
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One folder under ``cases``."""

    name: str
    about: str
    files: Mapping[str, bytes]
    process: str | None
    start: Mapping[str, object] | None
    steps: tuple[Step, ...]
    end: str | None
    refused: str | None
    element: str | None
    warns: tuple[str, ...]
    pending: str | None

    @property
    def family(self) -> str:
        """The folder of folders it lies in."""
        return self.name.partition("/")[0]


def every_case() -> Iterator[Case]:
    """All cases, by name."""
    for path in sorted(CASES.glob("*/*/case.yml")):
        yield load(path.parent)


def load(folder: Path) -> Case:
    """The case of a folder; ``ValueError`` names what is not understood in it."""
    name = f"{folder.parent.name}/{folder.name}"
    raw = plain(YAML(typ="safe", pure=True).load((folder / "case.yml").read_text("utf-8")))
    if not isinstance(raw, dict) or not raw.keys() <= WORDS:
        raise ValueError(f"{name}: unknown words {sorted(set(raw) - WORDS)}")
    if ("end" in raw) == ("refused" in raw):
        raise ValueError(f"{name}: say either end or refused")
    if "end" in raw and raw["end"] not in ENDS:
        raise ValueError(f"{name}: unknown end {raw['end']!r}")
    start = raw.get("start", {})
    return Case(
        name=name,
        about=str(raw.get("about", "")),
        files=_files(folder),
        process=raw.get("process"),
        start=None if start == "none" else start or {},
        steps=tuple(_step(item, name) for item in raw.get("steps", ())),
        end=raw.get("end"),
        refused=raw.get("refused"),
        element=raw.get("element"),
        warns=tuple(raw.get("warns", ())),
        pending=raw.get("pending"),
    )


def _files(folder: Path) -> dict[str, bytes]:
    """What is deployed, the main model first."""
    paths = [*folder.glob("*.bpmn"), *folder.glob("*.dmn")]
    paths.sort(key=lambda path: (path.name != "model.bpmn", path.name))
    return {path.name: path.read_bytes() for path in paths}


def _step(item: object, name: str) -> Step:
    if not isinstance(item, dict):
        raise ValueError(f"{name}: step {item!r} is no mapping")
    verbs = [key for key in item if key in STEPS]
    verb = verbs[0] if verbs else ""
    extra = {key: value for key, value in item.items() if key != verb}
    if not verb or not extra.keys() <= STEPS[verb]:
        raise ValueError(f"{name}: step {item!r} is not understood")
    return Step(verb, item[verb], extra)


def plain(value: object) -> object:
    """YAML's values as JSON knows them: dates as text, numbers exact."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
