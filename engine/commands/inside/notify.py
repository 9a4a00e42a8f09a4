"""``motcua:notify``: a short message on the pages of people and groups.

Headers: ``to`` (account names and ``role@agency`` groups; text with commas or a
FEEL list), ``subject``, ``text``. Shown is not read: the row says who read it.
Other channels than ``page`` are refused; nothing pretends to have been sent.
"""

from __future__ import annotations

from typing import Final

from engine.commands.context import Context
from engine.domain.jobs.headers import Headers, HeaderUnfit
from engine.domain.jobs.outcomes import Completed, Failed, Outcome, Work
from engine.ports.notifications import Notice, Recipient

MOST: Final = 100
LONGEST_SUBJECT, LONGEST_TEXT = 200, 2000


def notify(work: Work, context: Context) -> Outcome:
    """Write the rows."""
    try:
        notice = _notice(work, Headers(work, context.settings.zone))
    except HeaderUnfit as unfit:
        return Failed(message=str(unfit), again=False)
    context.uow.notifications.add(notice)
    return Completed()


def _notice(work: Work, headers: Headers) -> Notice:
    if headers.text("channel", "page") != "page":
        raise HeaderUnfit("The header 'channel' can only be 'page' here.")
    names = dict.fromkeys(each.strip() for each in headers.texts("to") if each.strip())
    if not 1 <= len(names) <= MOST:
        raise HeaderUnfit(f"The header 'to' must name 1 to {MOST} accounts or groups.")
    subject, text = headers.text("subject"), headers.text("text", "")
    if len(subject) > LONGEST_SUBJECT or len(text) > LONGEST_TEXT:
        raise HeaderUnfit(
            f"The headers 'subject' and 'text' have at most {LONGEST_SUBJECT} and"
            f" {LONGEST_TEXT} characters."
        )
    return Notice(
        job=work.job, recipients=[_recipient(name) for name in names], subject=subject, text=text
    )


def _recipient(name: str) -> Recipient:
    return ("group", name) if "@" in name else ("user", name)
