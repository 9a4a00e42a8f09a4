"""Handlers with real servers on the loopback behind their ports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from engine.bootstrap import build_engine
from engine.domain.ids import DefinitionRef
from engine.domain.jobs.outcomes import Work
from engine.domain.records import JobRecord
from engine.settings import Secret, Settings, Smtp
from engine.worker.embedded import tools_of
from engine.worker.tools import Tools
from tests.live.receiver import Receiver, receiving
from tests.live.smtp import Letterbox, smtp_server

SECRETS = {
    "KHO_BAC": Secret(value="s3cret", hosts=("127.0.0.1",)),
    "ELSEWHERE": Secret(value="other", hosts=("api.example.vn",)),
}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as started:
        yield started


@pytest.fixture
def box() -> Iterator[Letterbox]:
    with smtp_server() as started:
        yield started


@pytest.fixture
def tools(box: Letterbox) -> Tools:
    """Loopback is allowed here, and nothing connects to a database."""
    smtp = Smtp(host="127.0.0.1", port=box.port, security="none", sender="motcua@example.vn")
    settings = Settings(
        outgoing_schemes=("http",),
        outgoing_private=("127.0.0.0/8",),
        secrets=SECRETS,
        smtp=smtp,
    )
    return tools_of(build_engine(settings))


def make_work(headers: dict[str, str], **variables: object) -> Work:
    """A leased job that sees these variables."""
    job = JobRecord(
        key=4711,
        root_key=1,
        instance_key=1,
        element_key=2,
        definition=DefinitionRef(key=3, process_id="p", version=1),
        element_id="call",
        type="t",
        kind="BPMN_ELEMENT",
        state="CREATED",
        retries=3,
        headers=headers,
        fence=1,
    )
    return Work(job=job, variables=variables, now=datetime(2026, 11, 23, 2, tzinfo=UTC))
