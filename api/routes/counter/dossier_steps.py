"""The steps of a dossier's life: one call each, refused when the portal's table forbids it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.answers import answer
from api.calls import run
from api.door import Door
from api.dossiers import received, step_answer
from api.instants import parse_instant
from api.schemas.fields import Text
from api.schemas.nouns.dossier import ReceivedDossier, StepTaken
from api.schemas.requests.dossiers import Correction, DossierStepBody, ReturnChoice
from api.schemas.search import answer as answer_schema
from engine.commands.change_dossier import ChooseReturn, RenewSecret
from engine.commands.correct_result import CorrectResult
from engine.commands.take_step import TakeStep

door = Door("Dossier steps", __name__, url_prefix="/api/dossiers")
GONE = (404, 409)
Slip = answer_schema(
    "DossierSlip", {"code": Text(required=True), "lookupSecret": Text(doc="Shown once.")}
)


@door.operation(
    "POST",
    "/<code>/<step>",
    body=DossierStepBody,
    optional=True,
    answers={200: StepTaken},
    fails=GONE,
    sends=TakeStep,
)
def take_step(code: str, step: str, body: Mapping[str, Any]) -> Response:
    """begin, not-accepted, supplement(-answered, -expired), withdrawal(-granted, -refused),
    stop, refuse, finish, deliver."""
    until, paper = body.get("answerBy"), body.get("documentKey")
    done = run(
        TakeStep(
            code=code,
            step=step,
            reason=body.get("reason"),
            rule=body.get("rule"),
            answer_by=parse_instant(until) if until else None,
            document_key=int(paper) if paper else None,
            method=body.get("method"),
            evidence=body.get("evidence"),
        )
    )
    return step_answer(done)


@door.operation(
    "POST",
    "/<code>/return-channel",
    body=ReturnChoice,
    answers={200: StepTaken},
    fails=GONE,
    sends=ChooseReturn,
)
def choose_return_channel(code: str, body: Mapping[str, Any]) -> Response:
    """Where the result shall be returned: at the point, by post, digitally."""
    return step_answer(run(ChooseReturn(code=code, return_channel=body["returnChannel"])))


@door.operation("POST", "/<code>/secret", answers={200: Slip}, fails=GONE, sends=RenewSecret)
def renew_secret(code: str) -> Response:
    """A new look-up secret, for a slip that is printed again; the old one ends."""
    done = run(RenewSecret(code=code))
    shown = {"code": code}
    if "once_secret" in done.result:
        shown["lookupSecret"] = str(done.result["once_secret"])
    return answer(shown, replayed=done.replayed)


@door.operation(
    "POST",
    "/<code>/correction",
    body=Correction,
    answers={201: ReceivedDossier},
    fails=GONE,
    sends=CorrectResult,
)
def correct_result(code: str, body: Mapping[str, Any]) -> Response:
    """Replace a wrong result: a new dossier, linked to the old one and counted once with it."""
    paper = body.get("documentKey")
    command = CorrectResult(
        code=code,
        reason=body["reason"],
        facts=tuple(body.get("facts", {}).items()),
        document_key=int(paper) if paper else None,
    )
    return received(run(command))
