"""What is hashed and stored: canonical text, exact numbers, salted digests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.events import IncidentRaised, TaskUpdated, TimerScheduled, VariablesChanged
from engine.domain.ids import DefinitionRef, InstanceRef
from engine.store import chain, codec
from engine.store.chain import Digest
from engine.store.seal import leaf, merkle_root
from engine.store.sqltypes import from_ms, to_ms

INSTANCE = InstanceRef(
    key=5, root_key=5, definition=DefinitionRef(key=9, process_id="p", version=1)
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False, places=3)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ađữ"), inner, max_size=3),
    max_leaves=10,
)


@given(VALUES)
def test_text_brings_the_same_value_back(value: object) -> None:
    assert codec.loads(codec.dumps(value)) == value


@given(VALUES)
def test_text_is_canonical(value: object) -> None:
    text = codec.dumps(value)
    assert codec.dumps(codec.loads(text)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1.50"), "1.50"),
        (Decimal("1E+3"), "1000"),
        ({"đ": 1, "a": [Decimal("0.1")]}, '{"a":[0.1],"đ":1}'),
        ({"x": 10**30, "a": Decimal("1.0")}, '{"a":1.0,"x":1000000000000000000000000000000}'),
        (frozenset({"b", "a"}), '["a","b"]'),
    ],
)
def test_numbers_and_order_are_exact(value: object, text: str) -> None:
    assert codec.dumps(value) == text


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), object(), {1: 2}])
def test_what_json_does_not_have_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        codec.dumps(value)


def test_a_payload_holds_no_private_value() -> None:
    event = IncidentRaised(
        key=1,
        instance=INSTANCE,
        element_key=2,
        element_id="e",
        error_type="X",
        message="Đặng Thị Ánh",
    )
    text = chain.encode(event, b"salt")

    assert "Ánh" not in text
    assert '"instance":5' in text
    again, held = chain.decode(event.wire, text, lambda key, held: INSTANCE)
    assert isinstance(again, IncidentRaised)
    assert again.message == Digest(chain.digest(b"salt", "Đặng Thị Ánh"))
    assert again.instance == INSTANCE
    assert chain.encode(event, b"other") != text
    assert held["element_id"] == "e"


@pytest.mark.parametrize(
    "event",
    [
        TimerScheduled(
            instance=INSTANCE,
            element_key=1,
            index=2,
            element_id="e",
            due_at=datetime(2026, 11, 20, 5, 0, 0, 123000, tzinfo=UTC),
        ),
        VariablesChanged(scope_key=5, names=("tên", "phí")),
        TaskUpdated(key=1, element_key=2, changes={"priority": 5}),
    ],
    ids=lambda event: type(event).__name__,
)
def test_an_event_is_read_back_as_it_was(event: object) -> None:
    text = chain.encode(event, b"salt")  # type: ignore[arg-type]
    assert chain.decode(type(event).wire, text, lambda k, h: INSTANCE)[0] == event  # type: ignore[attr-defined]


def test_every_column_of_an_event_is_hashed() -> None:
    columns: list[object] = [1, 2, "type", "actor", 3, "unit", "{}", bytes(32)]
    base = chain.link(*columns)  # type: ignore[arg-type]
    for place, other in enumerate([9, 9, "x", "x", 9, "x", "[]", bytes(31) + b"1"]):
        changed = [*columns[:place], other, *columns[place + 1 :]]
        assert chain.link(*changed) != base, place  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7, 8, 100])
def test_every_leaf_decides_the_top(count: int) -> None:
    leaves = [leaf(number, 1, bytes(32)) for number in range(count)]
    top = merkle_root(leaves)
    for place in range(count):
        changed = [*leaves[:place], leaf(999, 1, bytes(32)), *leaves[place + 1 :]]
        assert merkle_root(changed) != top
    assert merkle_root(leaves[::-1]) != top or count == 1


def test_instants_are_whole_milliseconds_utc() -> None:
    hanoi = datetime(2026, 11, 20, 12, 0, 0, 1999, tzinfo=timezone(timedelta(hours=7)))

    assert from_ms(to_ms(hanoi)) == datetime(2026, 11, 20, 5, 0, 0, 1000, tzinfo=UTC)
    assert to_ms(datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)) == -1000
    with pytest.raises(ValueError, match="time zone"):
        to_ms(datetime(2026, 11, 20))
