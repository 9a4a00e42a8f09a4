"""The clocks of a dossier over HTTP: explained, paused, resumed, extended; and what-if."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.answers import answer
from api.calls import run
from api.door import Door
from api.instants import parse_instant
from api.routes.counter.law import rows_of
from api.schemas.requests.clock import (
    ClockExtension,
    ClockMoved,
    ClockPauseOrder,
    DossierDeadline,
    WhatIfAnswer,
)
from api.schemas.requests.organisation import LawRows
from engine.commands.check_clocks import WhatIf
from engine.commands.keep_clock import (
    ExplainDeadline,
    ExtendDossier,
    PauseDossier,
    ResumeDossier,
)

door = Door("Clocks of dossiers", __name__, url_prefix="/api")
_GONE = (404, 409)


@door.operation(
    "GET",
    "/dossiers/<code>/deadline",
    answers={200: DossierDeadline},
    fails=(404,),
    sends=ExplainDeadline,
)
def explain_deadline(code: str) -> Response:
    """The dates of a dossier, each with one line per day and its state."""
    found = dict(run(ExplainDeadline(code=code)).result)
    del found["key"]
    return answer(found)


@door.operation(
    "POST",
    "/dossiers/<code>/pause",
    body=ClockPauseOrder,
    answers={200: ClockMoved},
    fails=_GONE,
    sends=PauseDossier,
)
def pause_dossier(code: str, body: Mapping[str, Any]) -> Response:
    """The clocks stand by a rule of the law."""
    since = parse_instant(body["at"]) if "at" in body else None
    return _moved(run(PauseDossier(code=code, rule=body["rule"], since=since)).result)


@door.operation(
    "POST",
    "/dossiers/<code>/resume",
    body=ClockPauseOrder,
    answers={200: ClockMoved},
    fails=_GONE,
    sends=ResumeDossier,
)
def resume_dossier(code: str, body: Mapping[str, Any]) -> Response:
    """The pause ends; the dates that moved."""
    until = parse_instant(body["at"]) if "at" in body else None
    return _moved(run(ResumeDossier(code=code, rule=body["rule"], until=until)).result)


@door.operation(
    "POST",
    "/dossiers/<code>/extend",
    body=ClockExtension,
    answers={200: ClockMoved},
    fails=_GONE,
    sends=ExtendDossier,
)
def extend_dossier(code: str, body: Mapping[str, Any]) -> Response:
    """More time by a letter of apology; the dates that moved."""
    command = ExtendDossier(
        code=code, term=body["term"], document=body["document"], reason=body.get("reason")
    )
    return _moved(run(command).result)


@door.operation(
    "POST", "/clock/what-if", body=LawRows, answers={200: WhatIfAnswer}, fails=(404,), sends=WhatIf
)
def what_if(body: Mapping[str, Any]) -> Response:
    """Which dates would move if these rows of law were loaded; nothing is written."""
    found = run(WhatIf(rows=rows_of(body))).result
    return answer({**found, "moved": _shown(found["moved"])})


def _moved(result: Mapping[str, Any]) -> Response:
    return answer({"moved": result["moved"]})


def _shown(moved: Any) -> list[dict[str, Any]]:
    return [
        {name: each[name] for name in ("code", "name", "elementId", "old", "new")} for each in moved
    ]
