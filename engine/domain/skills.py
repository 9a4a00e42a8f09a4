"""Skills people hold, with validity; a skill narrows a role to ``role+skill@agency``.

A task that needs a skill names such a group as its candidate, so nobody
without a valid training record is offered it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from engine.errors import InvalidInput

_TEXT: Final = re.compile(r"([a-z0-9-]{1,60})(?: (\d{4}-\d{2}-\d{2})(?: (\d{4}-\d{2}-\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class Skill:
    """One training record; ``until`` is the first day it no longer holds."""

    name: str
    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """True from ``since`` to the day before ``until``."""
        return self.since <= on and (self.until is None or on < self.until)

    def __str__(self) -> str:
        end = f" {self.until}" if self.until else ""
        return f"{self.name} {self.since}{end}"


def parse_skill(text: str) -> Skill:
    """``radiation``, ``radiation 2026-01-01`` or ``radiation 2026-01-01 2028-01-01``."""
    found = _TEXT.fullmatch(text.strip())
    sentence = f"Skill {text[:80]!r}: write `radiation 2026-01-01 2028-01-01`."
    if found is None:
        raise InvalidInput(sentence, code="skill-format")
    try:
        since = date.fromisoformat(found[2] or "1945-09-02")
        until = date.fromisoformat(found[3]) if found[3] else None
    except ValueError:
        raise InvalidInput(sentence, code="skill-format") from None
    return Skill(found[1], since, until)


def skilled(group: str, skill: str) -> str:
    """``specialist@ubnd-20242`` and ``radiation``: ``specialist+radiation@ubnd-20242``."""
    role, at, agency = group.partition("@")
    return f"{role}+{skill}{at}{agency}"


def with_skills(groups: Iterable[str], skills: Iterable[Skill], on: date) -> tuple[str, ...]:
    """The groups, and for each skill that holds on a day the narrowed ones."""
    plain = tuple(groups)
    valid = [skill.name for skill in skills if skill.holds(on)]
    return (*plain, *(skilled(group, name) for name in valid for group in plain))
