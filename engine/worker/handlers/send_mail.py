"""``motcua:mail``: one message in plain text by the installation's mail server.

Headers: ``to``, ``cc`` (text with commas, or FEEL giving a list), ``subject``,
``text``; ``errorCode`` makes a final refusal a BPMN error instead of an
incident. Taken by the server is not delivered: the result says ``taken``.
"""

from __future__ import annotations

from typing import Final

from engine.domain.jobs.headers import Headers, HeaderUnfit
from engine.domain.jobs.outcomes import Completed, Failed, Outcome, Thrown, Work
from engine.ports.mail import Mail, MailFailed
from engine.worker.tools import Tools

MOST: Final = 50


def send_mail(work: Work, tools: Tools) -> Outcome:
    """Hand one message over."""
    settings = tools.settings
    headers = Headers(work, settings.zone)
    to, cc = headers.texts("to"), headers.texts("cc")
    if not 1 <= len(to) + len(cc) <= MOST or not to:
        raise HeaderUnfit(f"The header 'to' must name 1 to {MOST} addresses.")
    domain = settings.smtp.sender.rpartition("@")[2].strip(" >") or "localhost"
    mail = Mail(
        to=to,
        cc=cc,
        subject=headers.text("subject"),
        text=headers.text("text"),
        message_id=f"<job-{work.job.key}@{domain}>",
    )
    try:
        refused = tools.mailer.send(mail)
    except MailFailed as failure:
        code = headers.text("errorCode", "")
        if code and failure.reason in {"refused", "unfit"}:
            return Thrown(code=code, message=f"The message was not taken: {failure.reason}.")
        return Failed(
            message=f"The message was not taken: {failure.reason}.", again=failure.may_repeat
        )
    result = headers.text("resultVariable", "")
    told = {"taken": len(to) + len(cc) - refused, "refused": refused, "at": work.now.isoformat()}
    return Completed(variables={result: told} if result else {})
