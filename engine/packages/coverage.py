"""How far the procedures of the catalogue are: announced, approved, deployed, published, posted.

Announced is the catalogue itself; deployed is a package that applies on the day;
the other states are rows of law a province writes by its decisions. Announced
never means that there is an electronic process.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from engine.domain.law import LawBook
from engine.packages.model import Package

STATES: Final = ("announced", "approved", "deployed", "published", "posted")


def coverage(
    book: LawBook, packages: Iterable[Package], province: str, day: date
) -> Mapping[str, Mapping[str, object]]:
    """Per state: how many of how many, and the codes that are missing."""
    announced = {row.id for row in book.on("procedure", day)}
    applying = [one for one in packages if one.code and one.applies_from <= day]
    deployed = {one.code for one in applying}
    approved = {one.code for one in applying if one.facts.get("status") == "approved"}
    reached = {
        "announced": announced,
        "approved": approved | _by_decision(book, "approved", province, day),
        "deployed": deployed,
        "published": _by_decision(book, "published", province, day),
        "posted": _by_decision(book, "posted", province, day),
    }
    return {
        state: {
            "count": len(reached[state] & announced),
            "of": len(announced),
            "missing": sorted(announced - reached[state]),
            "unannounced": sorted(reached[state] - announced),
        }
        for state in STATES
    }


def _by_decision(book: LawBook, state: str, province: str, day: date) -> set[str]:
    return {
        row.text("procedure")
        for row in book.on("catalogue-state", day)
        if row.text("state") == state and row.text("province") in (province, "*")
    }
