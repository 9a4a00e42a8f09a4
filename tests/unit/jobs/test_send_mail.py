"""``motcua:mail`` against a real SMTP server."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.adapters.mail import SmtpMailer
from engine.domain.jobs.headers import HeaderUnfit
from engine.domain.jobs.outcomes import Completed, Failed, Outcome, Thrown
from engine.worker.handlers.send_mail import send_mail
from engine.worker.tools import Tools
from tests.live.smtp import Letterbox
from tests.unit.jobs.conftest import make_work

GOOD = {"to": "a@example.vn", "subject": "Hồ sơ đã có kết quả", "text": "Mời ông/bà đến nhận."}


def send(tools: Tools, headers: dict[str, str], **variables: object) -> Outcome:
    return send_mail(make_work({**GOOD, **headers}, **variables), tools)


def test_a_message_arrives_with_its_diacritics(tools: Tools, box: Letterbox) -> None:
    headers = {
        "to": "= applicants",
        "cc": "office@example.vn",
        "text": '= "Kính gửi " + name',
        "resultVariable": "mail",
    }
    to = ["a@example.vn", "b@example.vn"]

    outcome = send(tools, headers, applicants=to, name="Hồ Thị Hạnh")

    (message,) = box.kept
    assert message["Subject"] == "Hồ sơ đã có kết quả"
    assert message.get_content().strip() == "Kính gửi Hồ Thị Hạnh"
    assert message["Message-ID"] == "<job-4711@example.vn>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert box.recipients == [[*to, "office@example.vn"]]
    told = {"taken": 3, "refused": 0, "at": "2026-11-23T02:00:00+00:00"}
    assert outcome == Completed(variables={"mail": told})


def test_some_refused_is_told(tools: Tools, box: Letterbox) -> None:
    box.refuses["b@example.vn"] = "550 unknown"
    outcome = send(tools, {"to": "a@example.vn, b@example.vn", "resultVariable": "mail"})

    assert isinstance(outcome, Completed)
    assert outcome.variables["mail"] == {
        "taken": 1,
        "refused": 1,
        "at": "2026-11-23T02:00:00+00:00",
    }


@pytest.mark.parametrize(
    ("answer", "reason", "again"), [("550 unknown", "refused", False), ("451 busy", "later", True)]
)
def test_a_refused_recipient(
    tools: Tools, box: Letterbox, answer: str, reason: str, again: bool
) -> None:
    box.refuses["a@example.vn"] = answer

    outcome = send(tools, {})
    assert outcome == Failed(message=f"The message was not taken: {reason}.", again=again)


def test_a_message_refused_after_its_text(tools: Tools, box: Letterbox) -> None:
    box.after_data = "554 spam"
    message = "The message was not taken: refused."

    assert send(tools, {}) == Failed(message=message, again=False)
    assert send(tools, {"errorCode": "NO_MAIL"}) == Thrown(code="NO_MAIL", message=message)


@pytest.mark.parametrize(
    "headers",
    [
        {"to": "no address"},
        {"to": "a@example.vn\nBcc: b@example.vn"},
        {"to": "đ@example.vn"},
        {"subject": "= subject"},
    ],
)
def test_nothing_is_smuggled_into_the_head(
    tools: Tools, box: Letterbox, headers: dict[str, str]
) -> None:
    outcome = send(tools, headers, subject="a\r\nBcc: b@example.vn")

    assert outcome == Failed(message="The message was not taken: unfit.", again=False)
    assert box.kept == []


@pytest.mark.parametrize("to", ["", "=[]", "= 5", "= people"])
def test_without_recipient_the_model_is_at_fault(tools: Tools, to: str) -> None:
    with pytest.raises(HeaderUnfit, match="'to' must"):
        send(tools, {"to": to}, people=["a@example.vn"] * 51)


def test_no_server_and_no_tls(tools: Tools) -> None:
    smtp = tools.settings.smtp
    reasons = []
    for server in (
        replace(smtp, host=""),
        replace(smtp, security="starttls"),
        replace(smtp, port=1),
    ):
        outcome = send(replace(tools, mailer=SmtpMailer(server)), {})
        assert isinstance(outcome, Failed)
        reasons.append((outcome.message.rpartition(" ")[2], outcome.again))
    assert reasons == [("not-configured.", False), ("tls.", False), ("unreachable.", True)]
