"""Input and output mappings: what crosses the border of an element's scope.

Inputs make local variables; outputs write outside, to the nearest scope that
has the name. A target ``a.b`` is an entry of a context; the context's other
entries stay.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Contents
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import InvalidInput
from engine.runtime.faults import Fault

if TYPE_CHECKING:
    from engine.runtime.expression import Expression
    from engine.runtime.scope import View
    from engine.runtime.token import Token


@dataclass(frozen=True, slots=True)
class Mapping:
    """One ``zeebe:input`` or ``zeebe:output``: source value, path of the target."""

    source: Expression
    path: tuple[str, ...]


def map_inputs(token: Token, mappings: tuple[Mapping, ...]) -> None:
    """Make the token's local variables; later inputs see earlier ones."""
    view = token.data
    for mapping in mappings:
        value = mapping.source.evaluate(token, "IO_MAPPING_ERROR")
        scopes = token.workflow.scopes
        name = mapping.path[0]
        old = scopes.get(token.id, name) if scopes.has(token.id, name) else None
        _checked(view.declare, name, _placed(old, mapping.path[1:], value), mapping)


def map_outputs(token: Token, mappings: tuple[Mapping, ...], target: View) -> None:
    """Evaluate in the token's own scope, write from ``target``'s scope outwards."""
    for mapping in mappings:
        value = mapping.source.evaluate(token, "IO_MAPPING_ERROR")
        name = mapping.path[0]
        old = target.get(name) if len(mapping.path) > 1 else None
        _checked(target.write, name, _placed(old, mapping.path[1:], value), mapping)


def _placed(old: object, path: tuple[str, ...], value: object) -> object:
    if not path:
        return value
    kept = dict(old) if isinstance(old, Contents) else {}
    kept[path[0]] = _placed(kept.get(path[0]), path[1:], value)
    return kept


def _checked(
    write: Callable[[str, object], None], name: str, value: object, mapping: Mapping
) -> None:
    try:
        write(name, value)
    except InvalidInput as error:
        raise Fault(
            "IO_MAPPING_ERROR",
            f"mapping to '{'.'.join(mapping.path)}': {error.sentence}",
        ) from None
