"""The national portal: compare its list with ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response

from api.answers import answer
from api.calls import run, search
from api.door import Door
from api.dossiers import PAGING, list_query
from api.instants import format_instant, parse_instant
from api.queries import show_page
from api.schemas.requests.portal import PortalComparison, PortalDifferences, PortalRunPage
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
    return answer(_shown(done.result), replayed=done.replayed)


@door.operation(
    "GET",
    "/reconciliations",
    query=PAGING,
    answers={200: PortalRunPage},
    reads="reconciliation",
)
def list_comparisons() -> Response:
    """Comparisons so far, the last one first."""
    page = search("reconciliation", list_query((), sort=(("at", "desc"),)))
    rows: Sequence[Mapping[str, Any]] = page.items
    items = [
        {"reconciliationKey": str(row["key"]), "at": format_instant(row["at"]), **_shown(row)}
        for row in rows
    ]
    return answer(show_page(page, items))


def _shown(run: Mapping[str, Any]) -> dict[str, Any]:
    names = {"kind": "kind", "code": "code", "ours": "ours", "theirs": "theirs",
             "lateSeconds": "late_seconds"}  # fmt: skip
    found = [{wire: one[name] for wire, name in names.items()} for one in run["differences"]]
    return {"checked": run["checked"], "differences": found}


def _theirs(one: Mapping[str, Any]) -> Theirs:
    heard = parse_instant(one["heardAt"]) if "heardAt" in one else None
    return Theirs(code=one["code"], status=int(one["status"]), heard_at=heard)
