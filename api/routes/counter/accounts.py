"""Bearer tokens of accounts: shown once, revoked by their label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.answers import answer, done
from api.calls import run
from api.door import Door
from api.instants import parse_instant
from api.schemas.fields import Text
from api.schemas.requests.accounts import TokenIssue
from api.schemas.search import answer as answer_schema
from engine.commands.manage_accounts import IssueToken, RevokeToken

door = Door("Accounts", __name__, url_prefix="/api/accounts")
Token = answer_schema("Token", {"token": Text(required=True), "label": Text(required=True)})


@door.operation(
    "POST",
    "/<username>/tokens",
    body=TokenIssue,
    answers={201: Token},
    fails=(404, 409),
    sends=IssueToken,
)
def issue_token(username: str, body: Mapping[str, Any]) -> Response:
    """Issue a bearer token; jobTypes narrows it to a worker's jobs."""
    types, expires = body.get("jobTypes"), body.get("expiresAt")
    command = IssueToken(
        name=username,
        label=body["label"],
        job_types=tuple(types) if types is not None else None,
        expires_at=parse_instant(expires) if expires else None,
    )
    return answer(dict(run(command).result), 201)


@door.operation(
    "DELETE", "/<username>/tokens/<label>", answers={204: None}, fails=(404,), sends=RevokeToken
)
def revoke_token(username: str, label: str) -> Response:
    """Revoke a token; the next call with it is refused."""
    run(RevokeToken(name=username, label=label))
    return done()
