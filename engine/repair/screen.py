"""An explanation as lines of a terminal, in one language."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from engine.repair.explain import Explanation, Place
from engine.repair.sentences import TITLES


def lines(told: Explanation, language: str, zone: ZoneInfo) -> Iterator[str]:
    """At most one screen, whatever the depth of the calls."""
    words = TITLES[language]
    yield f"{words['incident']} {told.key}  {told.error_type}  {told.state}"
    yield f"{words['what']}: {told.sentence(language)}"
    yield f"{words['detail']}: {told.detail}"
    cause = told.places[-1]
    yield f"{words['where']}: {_place(cause)}"
    for place in reversed(told.places[:-1]):
        yield f"  {words['called']}: {_place(place)}"
    yield f"{words['since']}: {told.since.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    if told.job is not None:
        retries = words["retries"].format(retries=told.job["retries"])
        yield f"{words['job']}: {told.job['type']} ({told.job['key']}), {retries}"
    if told.names:
        shown = ", ".join(
            f"{name} ({words['there'] if there else words['missing']})"
            for name, there in told.names
        )
        yield f"{words['names']}: {shown}"
    if told.remedies:
        yield f"{words['remedies']}:"
    for remedy in told.remedies:
        yield f"  {remedy.title(language)}"
        yield f"    {remedy.command}"


def _place(place: Place) -> str:
    way = " › ".join((f"{place.process} v{place.version}", *place.path))
    return f"{way}  [{place.resource}, {place.instance_key}]"
