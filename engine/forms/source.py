"""A ``.form`` file as JSON: UTF-8, bounded, no member twice, text in NFC."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from engine.errors import Fault, InvalidInput

MAX_BYTES = 2_000_000


def read_json(source: str | bytes, name: str) -> Mapping[str, object]:
    """The file's top object, text in NFC; ``InvalidInput`` when it is no such file."""
    if len(source) > MAX_BYTES:
        raise refused(name, [Fault(pointer="", code="form-too-large", sentence="over 2 MB")])
    try:
        text = source.decode("utf-8-sig") if isinstance(source, bytes) else source
        tree = json.loads(
            unicodedata.normalize("NFC", text),
            parse_float=Decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_no_twins,
        )
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise refused(name, [Fault(pointer="", code="form-json", sentence=reason)]) from None
    if not isinstance(tree, dict):
        fault = Fault(pointer="", code="form-json", sentence="a form is a JSON object")
        raise refused(name, [fault])
    return tree


def refused(name: str, faults: list[Fault]) -> InvalidInput:
    """The refusal of one form file, all faults at once."""
    first = faults[0]
    return InvalidInput(f"{name}{first.pointer}: {first.sentence}", faults, code="form-refused")


def _no_constant(word: str) -> object:
    raise ValueError(f"{word} is not JSON")


def _no_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice!r} stands twice in one object")
    return found
