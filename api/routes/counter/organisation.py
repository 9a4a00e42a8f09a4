"""Units of any time, agencies and reception points."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from api.answers import answer
from api.calls import engine
from api.door import Door
from api.listing import LISTING, PAGING, bad_query, day_asked, page_of, words_asked
from api.schemas.requests.organisation import AgencyPage, PointPage, UnitPage
from engine.domain.jurisdiction import Atlas, atlas_on
from engine.domain.organisation import Agency, Former, ReceptionPoint, Unit, former_units
from engine.domain.text import fold

door = Door("Organisation", __name__, url_prefix="/api")


@door.operation("GET", "/agencies", query=LISTING, answers={200: AgencyPage})
def list_agencies() -> Response:
    """Agencies that decide, by id."""
    atlas, words = _atlas(), words_asked()
    codes: dict[str, list[str]] = {}
    for row in atlas.book.on("agency-code", atlas.day):
        codes.setdefault(row.text("agency"), []).append(row.id)
    rows = [a for a in atlas.agencies if all(word in fold(f"{a.id} {a.name}") for word in words)]
    return answer(page_of(rows, lambda agency: agency.id, lambda agency: _agency(agency, codes)))


@door.operation("GET", "/reception-points", query=LISTING, answers={200: PointPage})
def list_reception_points() -> Response:
    """Counters that receive, by id."""
    words = words_asked()
    rows = [p for p in _atlas().points if all(word in fold(f"{p.id} {p.name}") for word in words)]
    return answer(page_of(rows, lambda point: point.id, _point))


@door.operation(
    "GET",
    "/units",
    query={**PAGING, "q": LISTING["q"], "on": LISTING["on"]},
    answers={200: UnitPage},
)
def find_units() -> Response:
    """Units of any time by code or name, with their dates and what stands there today."""
    words = request.args.get("q", "")
    if not words.strip():
        raise bad_query("q", "is needed: a code or words of a name")
    atlas = _atlas()
    rows = sorted(former_units(atlas.book, words, atlas.day), key=_identity)
    return answer(page_of(rows, _identity, lambda former: _unit(former, atlas)))


def _atlas() -> Atlas:
    return atlas_on(engine().law(), day_asked())


def _identity(former: Former) -> str:
    return f"{former.unit.code}|{former.effective_from}"


def _agency(agency: Agency, codes: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "id": agency.id,
        "name": agency.name,
        "unitCode": agency.unit_code,
        "identifierCodes": codes.get(agency.id, []),
    }


def _point(point: ReceptionPoint) -> dict[str, Any]:
    return {
        "id": point.id,
        "name": point.name,
        "operatedBy": point.operated_by,
        "locatedIn": point.located_in,
        "homeOf": sorted(point.home_of),
    }


def _unit(former: Former, atlas: Atlas) -> dict[str, Any]:
    return {
        "code": former.unit.code,
        "name": former.unit.name,
        "label": former.label,
        "tier": former.unit.tier,
        "effectiveFrom": former.effective_from.isoformat(),
        "effectiveTo": former.effective_to and former.effective_to.isoformat(),
        "verified": former.verified,
        "present": [_present(unit, atlas) for unit in former.present],
        "decisions": sorted({step.decision for step in former.steps if step.decision}),
    }


def _present(unit: Unit, atlas: Atlas) -> dict[str, str]:
    return {"code": unit.code, "name": unit.name, "label": atlas.units.label(unit)}
