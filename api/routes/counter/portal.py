"""The national portal: compare its list with ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.answers import answer
from api.calls import run
from api.door import Door
from api.instants import parse_instant
from api.schemas.requests.portal import PortalComparison, PortalDifferences
from engine.commands.reconcile_portal import ReconcilePortal
from engine.domain.portal import Theirs

door = Door("Portal", __name__, url_prefix="/api/portal")


@door.operation(
    "POST",
    "/reconciliations",
    body=PortalComparison,
    answers={200: PortalDifferences},
    sends=ReconcilePortal,
)
def compare_with_portal(body: Mapping[str, Any]) -> Response:
    """What is missing there, missing here, differs or came late; kept as a run."""
    theirs = [_theirs(one) for one in body["dossiers"]]
    patience = int(body.get("patienceSeconds", 600))
    done = run(ReconcilePortal(theirs=theirs, patience_seconds=patience))
    found: Any = done.result["differences"]
    shown = {
        "checked": done.result["checked"],
        "differences": [
            {
                "kind": one["kind"],
                "code": one["code"],
                "ours": one["ours"],
                "theirs": one["theirs"],
                "lateSeconds": one["late_seconds"],
            }
            for one in found
        ],
    }
    return answer(shown, replayed=done.replayed)


def _theirs(one: Mapping[str, Any]) -> Theirs:
    heard = parse_instant(one["heardAt"]) if "heardAt" in one else None
    return Theirs(code=one["code"], status=int(one["status"]), heard_at=heard)
