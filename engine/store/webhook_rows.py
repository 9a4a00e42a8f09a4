"""A webhook subscription as a row, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from engine.domain.feed.webhooks import Secret, Wanted, Webhook
from engine.store.sqltypes import from_ms, to_ms


def webhook_of(held: Mapping[str, Any], prefix: str = "") -> Webhook:
    """A subscription's row as commands and the relay see it."""

    def get(name: str) -> Any:
        return held[prefix + name]

    return Webhook(
        key=get("key"),
        label=get("label"),
        url=get("url"),
        wanted=Wanted(
            types=tuple(get("types")),
            procedures=tuple(get("procedures")),
            units=tuple(get("units")),
            processes=tuple(get("processes")),
        ),
        secrets=tuple(_secrets(get("secrets"))),
        state=get("state"),
        unit_id=get("unit_id"),
        tenant_id=get("tenant_id"),
        reason=get("reason"),
        failing_since=get("failing_since"),
        created_by=get("created_by"),
    )


def _secrets(held: Iterable[Sequence[Any]]) -> Iterable[Secret]:
    for text, until in held:
        yield Secret(text=text, valid_until=None if until is None else from_ms(int(until)))


def values_of(made: Webhook) -> dict[str, Any]:
    """What may change of a subscription."""
    wanted = made.wanted
    return {
        "label": made.label,
        "url": made.url,
        "types": list(wanted.types),
        "procedures": list(wanted.procedures),
        "units": list(wanted.units),
        "processes": list(wanted.processes),
        "secrets": [
            [each.text, None if each.valid_until is None else to_ms(each.valid_until)]
            for each in made.secrets
        ],
        "state": made.state,
        "reason": made.reason,
        "failing_since": made.failing_since,
    }


def birth_of(made: Webhook, at: datetime) -> dict[str, Any]:
    """What stays from its first day."""
    return {
        "key": made.key,
        "created_by": made.created_by,
        "created_at": at,
        "tenant_id": made.tenant_id,
        "unit_id": made.unit_id,
        "procedure_code": None,
        "sealed": False,
    }
