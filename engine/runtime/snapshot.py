"""Control state as bytes: one short row per live token, no variable among them.

Row = [key - root key, owner's row, node, state, phase (+8 when armed), internal?].
Indexes (joins, waits, counters) are counted again on load, so they cannot
disagree with the rows. Spiff's own serializer is not used.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import orjson

from engine.domain.ids import DefinitionRef, InstanceRef
from engine.runtime import waits
from engine.runtime.spec import PROCESS
from engine.runtime.token import Token

if TYPE_CHECKING:
    from engine.runtime.compiler import Definition
    from engine.runtime.instance import Instance

VERSION = 1
_ARMED = 8


def save(instance: Instance) -> bytes:
    """The rows of all tokens, owners before what they own."""
    root = instance.task_tree.id
    places = {key: index for index, key in enumerate(instance.tasks)}
    rows = []
    for token in instance.tasks.values():
        row: list[Any] = [
            token.id - root,
            -1 if token.owner is None else places[token.owner.id],
            token.task_spec.name,
            token.state,
            token.phase + _ARMED if token.armed else token.phase,
        ]
        if token.internal_data:
            row.append(token.internal_data)
        rows.append(row)
    content: dict[str, Any] = {"v": VERSION, "t": rows}
    # Empty unless a step was bounded: everything ready has run.
    for name, keys in (("q", instance.queue), ("d", instance.drains)):
        waiting = [places[key] for key in keys if key in places]
        if waiting:
            content[name] = waiting
    return orjson.dumps(content)


def load(
    instance: Instance,
    ref: InstanceRef,
    snapshot: bytes,
    definition_of: Callable[[DefinitionRef], Definition],
) -> None:
    """Make the tokens again."""
    content = orjson.loads(snapshot)
    if content["v"] != VERSION:
        raise ValueError(f"snapshot version {content['v']} is not known to this release")
    made: list[Token] = []
    for row in content["t"]:
        made.append(_token(instance, ref, row, made, definition_of))
    instance.task_tree = made[0]
    for token in made:
        _index(instance, token)
    instance.queue.extend(made[place].id for place in content.get("q", ()))
    instance.drains.extend(made[place].id for place in content.get("d", ()))


def _token(
    instance: Instance,
    ref: InstanceRef,
    row: list[Any],
    made: list[Token],
    definition_of: Callable[[DefinitionRef], Definition],
) -> Token:
    key, owner_row, name, state, phase = row[:5]
    internal = row[5] if len(row) > 5 else {}
    owner = None if owner_row < 0 else made[owner_row]
    own_ref = None
    if name == PROCESS:
        own_ref = ref.definition if owner is None else _definition_ref(internal["d"])
        spec = definition_of(own_ref).spec
    else:
        assert owner is not None  # noqa: S101  # only a process has no owner
        spec = owner.process.task_spec._wf_spec
    token = Token(
        instance,
        spec.task_specs[name],
        owner,
        key + ref.key,
        phase=phase % _ARMED,
        armed=phase >= _ARMED,
        state=state,
    )
    token.internal_data = internal
    if own_ref is not None:
        token.ref = InstanceRef(key=token.id, root_key=ref.key, definition=own_ref)
    return token


def _index(instance: Instance, token: Token) -> None:
    if token.gathers:
        instance.gathering[(token._parent, token.task_spec.name)] = token.id
    if "w" in token.internal_data:
        waits.register(token)
    loop = getattr(token.task_spec, "loop", None)
    if loop is not None and token.iteration is None:
        loop.restore(token)


def _definition_ref(row: list[Any]) -> DefinitionRef:
    key, process_id, version, tag, deployment = row
    return DefinitionRef(
        key=key, process_id=process_id, version=version, version_tag=tag, deployment_key=deployment
    )
