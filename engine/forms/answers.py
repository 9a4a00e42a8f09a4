"""Answers as they come in: text NFC and trimmed; control characters and deep nesting found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from engine.forms.model import FormFault, Path
from engine.forms.sentences import fault

MAX_DEPTH = 16
# NUL cannot be stored in PostgreSQL's JSON; the others are never typed by a person.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def tidy(answers: object, faults: list[FormFault]) -> dict[str, object]:
    """A copy with tidy text; what cannot be tidied is a fault and left out."""
    if not isinstance(answers, Mapping):
        faults.append(fault("not-an-object", ()))
        return {}
    return _object(answers, (), faults)


def _object(
    value: Mapping[object, object], path: Path, faults: list[FormFault]
) -> dict[str, object]:
    out: dict[str, object] = {}
    for name, inner in value.items():
        if not isinstance(name, str) or _CONTROL.search(name):
            faults.append(fault("bad-name", path))
            continue
        tidy_name = unicodedata.normalize("NFC", name)
        out[tidy_name] = _value(inner, (*path, tidy_name), faults)
    return out


def _value(value: object, path: Path, faults: list[FormFault]) -> object:
    if isinstance(value, str):
        if _CONTROL.search(value):
            faults.append(fault("control-character", path))
            return None
        return unicodedata.normalize("NFC", value).strip()
    if isinstance(value, Mapping | list) and len(path) >= MAX_DEPTH:
        faults.append(fault("too-deep", path))
        return None
    if isinstance(value, Mapping):
        return _object(value, path, faults)
    if isinstance(value, list):
        return [_value(one, (*path, index), faults) for index, one in enumerate(value)]
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float | Decimal) and Decimal(value).is_finite():
        return value
    faults.append(fault("not-json", path))
    return None
