"""A scenario file as steps; ``scenarios/*.yml`` of a package."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, cast

from engine.packages.document import Document, read
from engine.packages.model import Resource

Action: TypeAlias = Literal["complete", "refuse", "wait", "clock", "message", "expect"]
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: what is done or expected, and where it is written."""

    number: int
    action: Action
    line: int
    what: Mapping[str, object]
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A dossier's story."""

    resource: str
    document: Document
    name: Mapping[str, str]
    process: str
    unit: str
    at: datetime
    variables: Mapping[str, object]
    steps: tuple[Step, ...]
    ends: Mapping[str, object]


def parse_scenario(resource: Resource) -> Scenario:
    """The scenario of a file; ``InvalidInput`` names file and line."""
    document = read(resource.content, resource.name, "scenario")
    data = document.data
    start = cast(Mapping[str, object], data["start"])
    steps = cast(list[Mapping[str, object]], data["steps"])
    return Scenario(
        resource=resource.name,
        document=document,
        name=cast(Mapping[str, str], data["name"]),
        process=str(data.get("process", "")),
        unit=str(data.get("unit", "")),
        at=instant(str(start["at"])),
        variables=cast(Mapping[str, object], start["variables"]),
        steps=tuple(_step(n, step, document) for n, step in enumerate(steps)),
        ends=cast(Mapping[str, object], data["ends"]),
    )


def _step(index: int, step: Mapping[str, object], document: Document) -> Step:
    (action, what), *_ = step.items()
    return Step(
        number=index + 1,
        action=cast(Action, action),
        line=document.line("steps", index, action),
        what=what if isinstance(what, Mapping) else {},
        value="" if isinstance(what, Mapping) else str(what),
    )


def instant(text: str) -> datetime:
    """An instant with offset, as scenarios write it."""
    return datetime.fromisoformat(text)


def duration(text: str) -> timedelta:
    """Days, hours, minutes and seconds, as scenarios write them."""
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ValueError(f"{text} is no duration of days, hours, minutes and seconds")
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
