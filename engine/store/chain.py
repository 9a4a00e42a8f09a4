"""Events as they are kept: canonical payload, salted digests, and the hash that links them.

A payload names what changed and never holds a value somebody gave: a private
field becomes an HMAC under the root's salt, so deleting the salt erases.
"""

from __future__ import annotations

import hashlib
import hmac
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import orjson

from engine.domain import events as catalogue
from engine.domain.events import Event
from engine.domain.ids import InstanceRef
from engine.store import codec

GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class Digest:
    """Stands for a private value when events are read back."""

    hex: str


def digest(salt: bytes, value: str | bytes) -> str:
    """What a private value leaves in the chain."""
    data = value if isinstance(value, bytes) else value.encode()
    return hmac.new(salt, data, hashlib.sha256).hexdigest()


def link(
    root_key: int,
    seq: int,
    type: str,
    actor: str,
    at: int,
    unit: str,
    payload: str,
    prev: bytes,
) -> bytes:
    """Hash of one event: canonical JSON of its columns, then the hash before it."""
    head = orjson.dumps([root_key, seq, type, actor, at, unit])
    return hashlib.sha256(head[:-1] + b"," + payload.encode() + b"]" + prev).digest()


def encode(event: Event, salt: bytes, proofs: Mapping[str, object] | None = None) -> str:
    """The event's payload as canonical JSON; absent (None) members are left out.

    ``proofs`` are digests of what was written beside the event.
    """
    payload: dict[str, Any] = {}
    for name, private, convert in _plan(event.wire):
        value = getattr(event, name)
        if value is None:
            continue
        if private:
            text = value if isinstance(value, str) else codec.dumps(value)
            payload[f"{name}_digest"] = digest(salt, text)
        else:
            payload[name] = convert(value) if convert else value
    if proofs:
        payload.update(proofs)
    return codec.dumps(payload)


def decode(
    type: str, payload: str, instance: Callable[[int, Mapping[str, Any]], InstanceRef]
) -> tuple[Event, Mapping[str, Any]]:
    """The event again, private fields as ``Digest``; ``KeyError`` for an unknown type."""
    kind = wires()[type]
    held: dict[str, Any] = orjson.loads(payload)
    values: dict[str, Any] = {}
    hints = _hints(type)
    for field in fields(kind):
        name = field.name
        if field.metadata.get("private"):
            mark = held.get(f"{name}_digest")
            values[name] = None if mark is None else Digest(mark)
        else:
            values[name] = _revive(hints[name], held.get(name), held, instance)
    return kind(**values), held


@cache
def wires() -> dict[str, type[Event]]:
    """Public name -> event class."""
    kinds = (getattr(catalogue, name) for name in catalogue.__all__)
    return {kind.wire: kind for kind in kinds if kind.wire}


def iso(at: datetime) -> str:
    """UTC with milliseconds, as in every document we write."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _revive(
    hint: Any,
    value: Any,
    held: Mapping[str, Any],
    instance: Callable[[int, Mapping[str, Any]], InstanceRef],
) -> Any:
    if value is None:
        return None
    if hint is InstanceRef:
        return instance(value, held)
    if hint is datetime:
        return datetime.fromisoformat(value)
    return tuple(value) if get_origin(hint) is tuple else value


def _plain(value: Any) -> Any:
    if isinstance(value, InstanceRef):
        return value.key
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, dict):
        return {name: _plain(member) for name, member in value.items()}
    return value


@cache
def _hints(wire: str) -> dict[str, Any]:
    found = get_type_hints(wires()[wire])
    return {name: _bare(hint) for name, hint in found.items()}


def _bare(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        return next(arg for arg in get_args(hint) if arg is not type(None))
    return hint


@cache
def _plan(wire: str) -> tuple[tuple[str, bool, Callable[[Any], Any] | None], ...]:
    hints = _hints(wire)
    return tuple(
        (field.name, bool(field.metadata.get("private")), _converter(hints[field.name]))
        for field in fields(wires()[wire])
    )


def _converter(hint: Any) -> Callable[[Any], Any] | None:
    needed = hint in (InstanceRef, datetime) or get_origin(hint) is dict
    return _plain if needed else None
