"""``motcua:http``: one guarded call to another system.

Everything comes from task headers (text, or FEEL behind ``=``). 408, 425, 429 and
5xx are tried again, other failures of the call are incidents, unless the
model's ``errorExpression`` makes a BPMN error of the answer. Neither URL nor
content of a call stands in a message or log.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Final
from urllib.parse import urlsplit

from engine.domain.jobs.headers import Headers, HeaderUnfit
from engine.domain.jobs.outcomes import Completed, Failed, Outcome, Parked, Thrown, Work
from engine.ports.outgoing import Call, OutgoingFailed, Reply
from engine.runtime.jsontext import dumps
from engine.worker import connecting
from engine.worker.tools import Tools

METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})
PASSING: Final = frozenset({408, 425, 429})
LONGEST_SECONDS: Final = 120
LONGEST_WAIT: Final = 3600


def http_call(work: Work, tools: Tools) -> Outcome:
    """Call, then map the answer."""
    settings = tools.settings
    plain = Headers(work, settings.zone)
    connector = plain.text("connector", "")
    try:
        place = connecting.open_connector(connector, plain, tools) if connector else None
    except connecting.Closed as closed:
        # Waiting for somebody else's maintenance costs no retry.
        return Parked(until=closed.until)
    url = place or plain.text("url")
    headers = Headers(work, settings.zone, settings.secrets, _host_of(url))
    try:
        reply = tools.outgoing.send(_call(work, headers, url))
        answer = _answer(reply)
    except OutgoingFailed as failure:
        connecting.note(connector, failure.reason, tools)
        return _unreached(failure, headers)
    connecting.note(connector, f"status-{reply.status}" if _passing(reply) else None, tools)
    return _mapped(reply, answer, headers)


def _call(work: Work, headers: Headers, url: str) -> Call:
    method = headers.text("method", "GET").upper()
    if method not in METHODS:
        raise HeaderUnfit(f"The header 'method' must be one of {', '.join(sorted(METHODS))}.")
    sent = {name.removeprefix("header."): headers.text(name) for name in headers.names("header.")}
    body = headers.value("body")
    content = None
    if body is not None:
        content = body.encode() if isinstance(body, str) else dumps(body).encode()
        sent = {"Content-Type": "application/json", **sent}
    if method not in {"GET", "HEAD"}:
        # The job's key lets the other side recognise a call that comes twice.
        sent = {"Idempotency-Key": str(work.job.key), **sent}
    redirects = headers.whole("redirects", 0, 5)
    return Call(
        url=url,
        method=method,
        headers={"Accept": "application/json", **sent},
        body=content,
        seconds=float(headers.whole("timeoutSeconds", 20, LONGEST_SECONDS)),
        # Only credentials in known headers are dropped on a redirect; a secret may be elsewhere.
        redirects=0 if headers.used_secrets else redirects,
    )


def _host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _answer(reply: Reply) -> Mapping[str, object]:
    """The answer as FEEL sees it."""
    body: object = None
    if reply.body:
        kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
        text = reply.body.decode("utf-8", "replace")
        body = text
        if kind == "application/json" or kind.endswith("+json"):
            try:
                body = json.loads(text, parse_float=Decimal, parse_int=Decimal)
            except (ValueError, RecursionError):
                raise OutgoingFailed("answer-broken") from None
    return {"status": Decimal(reply.status), "headers": dict(reply.headers), "body": body}


def _mapped(reply: Reply, answer: Mapping[str, object], headers: Headers) -> Outcome:
    thrown = _error(headers.feel("errorExpression", {"response": answer}))
    if thrown is not None:
        return thrown
    if not 200 <= reply.status < 300:
        return _refused(reply)
    variables: dict[str, object] = {}
    spread = headers.feel("resultExpression", {"response": answer})
    if isinstance(spread, dict):
        variables |= spread
    elif spread is not None:
        raise HeaderUnfit("The header 'resultExpression' must give a context.")
    if result := headers.text("resultVariable", ""):
        variables[result] = dict(answer)
    return Completed(variables=variables)


def _error(found: object) -> Thrown | None:
    if isinstance(found, str) and found:
        return Thrown(code=found)
    if isinstance(found, dict) and isinstance(found.get("code"), str):
        given = found.get("variables")
        return Thrown(
            code=str(found["code"]),
            message=str(found.get("message") or ""),
            variables=given if isinstance(given, dict) else {},
        )
    if found is not None:
        raise HeaderUnfit("The header 'errorExpression' must give null, a code or {code: …}.")
    return None


def _passing(reply: Reply) -> bool:
    """A failure of the other side that may be over next time."""
    return reply.status in PASSING or reply.status >= 500


def _refused(reply: Reply) -> Failed:
    wait = reply.headers.get("retry-after", "")
    return Failed(
        message=f"The other side answered with status {reply.status}.",
        again=_passing(reply),
        back_off=float(min(int(wait), LONGEST_WAIT)) if wait.isascii() and wait.isdigit() else None,
    )


def _unreached(failure: OutgoingFailed, headers: Headers) -> Outcome:
    """``errorExpression`` sees a call without answer as status 0 and a reason."""
    nothing = {"status": Decimal(0), "headers": {}, "body": None, "reason": failure.reason}
    thrown = _error(headers.feel("errorExpression", {"response": nothing}))
    if thrown is not None:
        return thrown
    return Failed(
        message=f"The other side was not reached: {failure.reason}.", again=failure.may_repeat
    )
