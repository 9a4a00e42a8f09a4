"""``motcua:http`` against a real server."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from engine.domain.jobs.headers import HeaderUnfit
from engine.domain.jobs.outcomes import Completed, Failed, Thrown
from engine.worker.handlers.http_call import http_call
from engine.worker.tools import Tools
from tests.live.receiver import Answer, Receiver
from tests.unit.jobs.conftest import make_work

JSON = {"content-type": "application/json; charset=utf-8"}


def test_a_call_is_made_of_headers_and_its_answer_mapped(tools: Tools, receiver: Receiver) -> None:
    receiver.answers["/tra-cuu"] = Answer(
        200, JSON, '{"phí": 10.50, "tên": "Hồ Thị Hạnh"}'.encode()
    )
    headers = {
        "method": "post",
        "url": f'= "{receiver.url("/")}" + path',
        "header.X-Unit": "= unit",
        "header.Authorization": "Bearer {{secrets.KHO_BAC}}",
        "body": "= {id: id, amount: 1.20}",
        "resultExpression": "{fee: response.body.phí, name: response.body.tên}",
        "resultVariable": "answer",
    }

    outcome = http_call(make_work(headers, path="tra-cuu", unit="48", id="HS-1"), tools)

    (seen,) = receiver.seen
    assert (seen.method, seen.path) == ("POST", "/tra-cuu")
    assert json.loads(seen.body) == {"id": "HS-1", "amount": 1.2}
    assert seen.headers["authorization"] == "Bearer s3cret"
    assert seen.headers["idempotency-key"] == "4711"
    assert seen.headers["x-unit"] == "48"
    assert isinstance(outcome, Completed)
    assert outcome.variables["fee"] == Decimal("10.50")
    assert outcome.variables["name"] == "Hồ Thị Hạnh"
    answer = outcome.variables["answer"]
    assert isinstance(answer, dict)
    assert answer["status"] == 200


def test_a_text_answer_stays_text_and_none_is_null(tools: Tools, receiver: Receiver) -> None:
    receiver.answers["/a"] = Answer(200, {"content-type": "text/plain"}, "đã nhận".encode())
    receiver.answers["/b"] = Answer(204)
    mapping = {"resultExpression": "={body: response.body}"}

    first = http_call(make_work({"url": receiver.url("/a"), **mapping}), tools)
    second = http_call(make_work({"url": receiver.url("/b"), **mapping}), tools)
    assert first == Completed(variables={"body": "đã nhận"})
    assert second == Completed(variables={"body": None})


@pytest.mark.parametrize(
    ("status", "more", "again", "wait"),
    [
        (500, {}, True, None),
        (503, {"Retry-After": "7"}, True, 7.0),
        (429, {"Retry-After": "999999"}, True, 3600.0),
        (408, {"Retry-After": "soon"}, True, None),
        (404, {}, False, None),
        (302, {"Location": "/elsewhere"}, False, None),
    ],
)
def test_other_answers_are_repeated_or_an_incident(
    tools: Tools,
    receiver: Receiver,
    status: int,
    more: dict[str, str],
    again: bool,
    wait: float | None,
) -> None:
    receiver.answers["/x"] = Answer(status, more)

    outcome = http_call(make_work({"url": receiver.url("/x")}), tools)
    message = f"The other side answered with status {status}."
    assert outcome == Failed(message=message, again=again, back_off=wait)


def test_the_model_makes_bpmn_errors_of_answers(tools: Tools, receiver: Receiver) -> None:
    receiver.answers["/x"] = Answer(404, JSON, b'{"why": "closed"}')
    text = 'if response.status = 404 then "NOT_FOUND" else null'
    rich = '{code: "GONE", message: "no", variables: {why: response.body.why}}'
    url = receiver.url("/x")

    plain = http_call(make_work({"url": url, "errorExpression": text}), tools)
    told = http_call(make_work({"url": url, "errorExpression": rich}), tools)
    assert plain == Thrown(code="NOT_FOUND")
    assert told == Thrown(code="GONE", message="no", variables={"why": "closed"})


def test_who_cannot_be_reached_may_be_an_error_too(tools: Tools) -> None:
    url = "http://127.0.0.1:1/"
    rule = "if response.status = 0 then response.reason else null"

    assert http_call(make_work({"url": url}), tools) == Failed(
        message="The other side was not reached: unreachable."
    )
    assert http_call(make_work({"url": url, "errorExpression": rule}), tools) == Thrown(
        code="unreachable"
    )


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://0x7f000001.example/%",
        "https://127.0.0.1/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "http://user:pass@127.0.0.1/",
        "nonsense",
    ],
)
def test_the_inside_of_the_network_is_not_reached(tools: Tools, url: str) -> None:
    outcome = http_call(make_work({"url": url}), tools)

    assert isinstance(outcome, Failed)
    assert url not in outcome.message


def test_a_redirect_inside_is_refused(tools: Tools, receiver: Receiver) -> None:
    receiver.answers["/x"] = Answer(302, {"Location": "http://169.254.169.254/"})

    outcome = http_call(make_work({"url": receiver.url("/x"), "redirects": "3"}), tools)
    message = "The other side was not reached: address-refused."
    assert outcome == Failed(message=message, again=False)


@pytest.mark.parametrize(
    ("headers", "says"),
    [
        ({}, "'url' is missing"),
        ({"url": "= missing"}, "'url' is missing or null"),
        ({"url": "= 1 +"}, "'url' has no value"),
        ({"method": "TRACE"}, "'method' must be one of"),
        ({"timeoutSeconds": "9999"}, "'timeoutSeconds' must be a whole number"),
        ({"redirects": "-1"}, "'redirects' must be a whole number"),
        ({"header.A": "{{secrets.UNKNOWN}}"}, "unknown secret 'UNKNOWN'"),
        ({"header.A": "{{secrets.ELSEWHERE}}"}, "not meant for this host"),
        ({"header.A": "= [1]"}, "'header.A' must be a text"),
        ({"resultExpression": "1"}, "'resultExpression' must give a context"),
        ({"errorExpression": "1"}, "'errorExpression' must give null"),
    ],
)
def test_unfit_headers_are_named(
    tools: Tools, receiver: Receiver, headers: dict[str, str], says: str
) -> None:
    receiver.answers["/x"] = Answer(200)
    given = headers if "url" in headers or not headers else {"url": receiver.url("/x"), **headers}

    with pytest.raises(HeaderUnfit, match=says):
        http_call(make_work(given), tools)


def test_a_form_field_fetches_no_secret(tools: Tools, receiver: Receiver) -> None:
    receiver.answers["/x"] = Answer(200)
    headers = {"url": receiver.url("/x"), "method": "POST", "body": "= {note: note}"}

    http_call(make_work(headers, note="{{secrets.KHO_BAC}}"), tools)
    assert json.loads(receiver.seen[0].body) == {"note": "{{secrets.KHO_BAC}}"}


def test_broken_and_endless_answers(tools: Tools, receiver: Receiver) -> None:
    receiver.answers["/broken"] = Answer(200, JSON, b"{")
    receiver.answers["/long"] = Answer(200, {}, b"x" * 1_000_001)

    reasons = [
        http_call(make_work({"url": receiver.url(path)}), tools) for path in ("/broken", "/long")
    ]
    assert [each.message for each in reasons if isinstance(each, Failed)] == [
        "The other side was not reached: answer-broken.",
        "The other side was not reached: answer-too-large.",
    ]


def test_settings_show_no_secret(tools: Tools) -> None:
    assert "s3cret" not in repr(tools.settings)
