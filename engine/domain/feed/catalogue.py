"""The public shape of each event type: member names, JSON Schema, and what is a key.

Read off the event classes themselves, so that a new class is published without
a second list. Private fields are no part of it, not even as digests.
"""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from engine.domain import events
from engine.domain.events import Event
from engine.domain.ids import InstanceRef

JsonSchema = dict[str, Any]
KEY_PATTERN: Final = "^[0-9]{1,19}$"
# Names that would say too little on the wire.
_NAMES: Final = {"instance": "processInstanceKey"}


class _Key(int):
    """Stands for ``Key`` while hints are read: an alias of int would be lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member of an event's ``data``."""

    name: str
    wire: str
    schema: JsonSchema
    optional: bool
    is_key: bool


_KEY: Final[JsonSchema] = {"type": "string", "pattern": KEY_PATTERN}
_PLAIN: Final[Mapping[Any, JsonSchema]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    Decimal: {"type": "number"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    _Key: _KEY,
    InstanceRef: _KEY,
}


@cache
def kinds() -> Mapping[str, type[Event]]:
    """Public name -> event class, by name."""
    found = (getattr(events, name) for name in events.__all__)
    return {kind.wire: kind for kind in sorted(found, key=lambda kind: kind.wire) if kind.wire}


@cache
def members(wire: str) -> tuple[Member, ...]:
    """The members of a type's ``data``; none for a type of another release."""
    kind = kinds().get(wire)
    if kind is None:
        return ()
    hints = get_type_hints(kind, localns={"Key": _Key})
    return tuple(
        _member(field, hints[field.name])
        for field in fields(kind)
        if not field.metadata.get("private")
    )


def schema_of(wire: str) -> JsonSchema:
    """JSON Schema (2020-12) of a type's ``data``; members are added within a version, never
    changed."""
    found = members(wire)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{wire.replace('.', ':')}",
        "type": "object",
        "properties": {member.wire: member.schema for member in found},
        "required": [member.wire for member in found if not member.optional],
    }


def _member(field: Field[Any], hint: Any) -> Member:
    bare, optional = _bare(hint)
    defaulted = field.default is None and field.default is not MISSING
    return Member(
        name=field.name,
        wire=_NAMES.get(field.name) or _camel(field.name),
        schema=_schema(bare),
        optional=optional or defaulted,
        is_key=_is_key(bare),
    )


def _schema(hint: Any) -> JsonSchema:
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (tuple, list, frozenset):
        return {"type": "array", "items": _schema(_bare(arguments[0])[0])} if arguments else {}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object"}
    return {}


def _is_key(hint: Any) -> bool:
    inner = get_args(hint)[:1] if get_origin(hint) in (tuple, list) else (hint,)
    return bool(inner) and inner[0] in (_Key, InstanceRef)


def _bare(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in (Union, types.UnionType):
        rest = [each for each in get_args(hint) if each is not type(None)]
        return rest[0] if len(rest) == 1 else Any, len(rest) < len(get_args(hint))
    return hint, False


def _camel(name: str) -> str:
    return re.sub(r"_([a-z0-9])", lambda part: part[1].upper(), name)
