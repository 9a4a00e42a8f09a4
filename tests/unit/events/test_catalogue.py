"""The public shape of events: every class has one, and the docs show it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from jsonschema import Draft202012Validator

from api.openapi.events import PAGE, SCHEMAS, events_page, events_schemas
from engine.domain import events
from engine.domain.events import (
    DecisionEvaluated,
    Event,
    SubscriptionOpened,
    TaskCompleted,
    TaskCreated,
    TimerScheduled,
)
from engine.domain.feed.catalogue import kinds, members, schema_of
from engine.domain.feed.cloudevents import cloud_event, data_of
from engine.domain.feed.records import Outline, Published
from engine.domain.ids import DefinitionRef, InstanceRef
from engine.domain.records import Visibility
from engine.store import chain

AT = datetime(2026, 11, 23, 2, 0, 0, 5000, tzinfo=UTC)
INSTANCE = InstanceRef(
    key=2**60, root_key=2**60, definition=DefinitionRef(key=7, process_id="p", version=1)
)
SAMPLES: list[Event] = [
    TaskCompleted(key=2**60 + 1, element_key=3),
    TaskCreated(
        key=1,
        instance=INSTANCE,
        element_key=3,
        element_id="review",
        name="Thẩm định hồ sơ",
        due_at=AT,
        candidate_groups=("specialist@so-48",),
        headers={"some_header": "x"},
    ),
    TimerScheduled(instance=INSTANCE, element_key=3, element_id="t", due_at=AT),
    SubscriptionOpened(
        key=1,
        instance=INSTANCE,
        element_key=3,
        element_id="m",
        kind="message",
        name="paid",
        correlation_key="079123456789",
    ),
    DecisionEvaluated(key=1, decision_key=2, decision_id="fee", decisions=({"a": 1},)),
]


def test_every_event_class_is_published() -> None:
    assert set(kinds().values()) == {
        getattr(events, name) for name in events.__all__ if name != "Event"
    }


@pytest.mark.parametrize("wire", sorted(kinds()))
def test_every_member_has_a_type_and_the_name_a_version(wire: str) -> None:
    Draft202012Validator.check_schema(schema_of(wire))
    assert [member.name for member in members(wire) if not member.schema] == []
    assert wire.startswith("motcua.")
    assert wire.rpartition(".v")[2].isdigit()


@pytest.mark.parametrize("event", SAMPLES, ids=lambda each: type(each).__name__)
def test_what_is_sent_keeps_its_schema(event: Event) -> None:
    data = data_of(event.wire, chain.encode(event, b"salt", {"snapshot": "proof"}))

    Draft202012Validator(schema_of(event.wire)).validate(data)
    assert set(data) <= {member.wire for member in members(event.wire)}


def test_private_fields_and_proofs_are_not_sent() -> None:
    payload = chain.encode(SAMPLES[3], b"salt", {"snapshot": "proof"})

    assert "correlation_key_digest" in payload
    assert set(data_of(SAMPLES[3].wire, payload)) == {
        "key", "processInstanceKey", "elementKey", "index", "elementId", "kind", "name"
    }  # fmt: skip


def test_a_cloud_event_says_who_what_when_and_its_place() -> None:
    event = SAMPLES[0]
    outline = Outline(
        root_key=2**60,
        seq=12,
        type=event.wire,
        at=AT,
        visibility=Visibility(unit_id="48/20242/", procedure_code="2.000815"),
    )

    body = cloud_event(Published(outline=outline, payload=chain.encode(event, b"s")), 3)

    assert body == {
        "specversion": "1.0",
        "id": f"{2**60}-12",
        "source": "urn:motcua:3",
        "type": "motcua.task.completed.v1",
        "subject": str(2**60),
        "time": "2026-11-23T02:00:00.005Z",
        "datacontenttype": "application/json",
        "dataschema": "/api/events/schemas/motcua.task.completed.v1",
        "sequence": "0000000012",
        "unit": "48/20242/",
        "procedure": "2.000815",
        "data": {"key": str(2**60 + 1), "elementKey": "3", "action": "complete"},
    }
    # CloudEvents: attribute names are lower-case letters and digits.
    assert all(name.isalnum() and name == name.lower() for name in body)


def test_an_event_of_another_release_has_no_data() -> None:
    assert data_of("motcua.unknown.v9", '{"secret":"x"}') == {}


def test_docs_are_up_to_date() -> None:
    assert Path(PAGE).read_text("utf-8") == events_page(), "run: python -m api.openapi"
    assert Path(SCHEMAS).read_text("utf-8") == events_schemas(), "run: python -m api.openapi"
    assert set(orjson.loads(events_schemas())["$defs"]) == set(kinds())
