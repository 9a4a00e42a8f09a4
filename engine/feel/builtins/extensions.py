"""Functions beyond the standard that editors for Camunda 8 offer.

Not here because they are not pure: ``uuid`` and ``random number`` (a host may
lend them), and ``fromAi``, which is refused.
"""

from __future__ import annotations

import base64
import json
from decimal import Decimal

from engine.feel.adopt import from_json
from engine.feel.builtins.registry import builtin
from engine.feel.decimals import text_of, to_int
from engine.feel.errors import FeelAssertionError, NoValue
from engine.feel.evaluation import Evaluation
from engine.feel.json_values import plain
from engine.feel.operators.equality import feel_equal
from engine.feel.regex import compile_regex

Items = list[object]


@builtin("is defined(value: any+)")
def is_defined(value: object) -> bool:
    """Whether there is a value at all."""
    return value is not None


@builtin("get or else(value: any+, default: any+)")
def get_or_else(value: object, default: object) -> object:
    """The value, or the default when it is null."""
    return default if value is None else value


@builtin("assert(value: any+, condition: boolean, cause: string?)")
def assert_(value: object, condition: bool, cause: str | None) -> object:
    """The value when the condition holds; else ``FeelError``, so that the step fails."""
    del cause  # told by the compiler where it is written out
    if not condition:
        raise FeelAssertionError(FeelAssertionError.UNTOLD)
    return value


@builtin("trim(string: string)")
def trim(string: str) -> str:
    """Without white space around."""
    return string.strip()


@builtin("is blank(string: string)")
def is_blank(string: str) -> bool:
    """Whether a text has white space only."""
    return not string.strip()


@builtin("is empty(list: strict list)")
def is_empty(items: Items) -> bool:
    """Whether a list has no items."""
    return not items


@builtin("extract(string: string, pattern: string)", wants_evaluation=True)
def extract(run: Evaluation, string: str, pattern: str) -> Items:
    """All matches of a regular expression."""
    found: Items = []
    for match in compile_regex(pattern).matches(string, run.spend):
        found.append(match.group(0))
    return found


@builtin("to base64(value: string)")
def to_base64(value: str) -> str:
    """The UTF-8 bytes of a text in base 64."""
    return base64.b64encode(value.encode("utf-8", "replace")).decode("ascii")


@builtin("duplicate values(list: list)", wants_evaluation=True)
def duplicate_values(run: Evaluation, items: Items) -> Items:
    """Values that occur more than once, each once."""
    found: Items = []
    for position, item in enumerate(items):
        run.spend(position)
        before = any(feel_equal(item, other, run.spend) is True for other in items[:position])
        known = any(feel_equal(item, other, run.spend) is True for other in found)
        if before and not known:
            found.append(item)
    return found


@builtin("partition(list: list, size: number)")
def partition(items: Items, size: Decimal) -> Items:
    """The list cut into lists of at most this size."""
    length = to_int(size)
    if length < 1:
        raise NoValue("partition: the size must be at least 1", "argument")
    return [items[start : start + length] for start in range(0, len(items), length)]


@builtin("to json(value: any+)", wants_evaluation=True)
def to_json_text(run: Evaluation, value: object) -> str:
    """A value as JSON text."""
    text = _encoded(plain(value, run.spend))
    run.lettered(len(text))
    return text


def _encoded(value: object) -> str:
    if isinstance(value, Decimal):
        return text_of(value)
    if isinstance(value, list):
        return f"[{','.join(map(_encoded, value))}]"
    if isinstance(value, dict):
        entries = (f"{json.dumps(k, ensure_ascii=False)}:{_encoded(v)}" for k, v in value.items())
        return "{" + ",".join(entries) + "}"
    return json.dumps(value, ensure_ascii=False)


@builtin("from json(value: string)")
def from_json_text(text: str) -> object:
    """The value of a JSON text."""
    try:
        return from_json(json.loads(text, parse_float=Decimal, parse_int=Decimal))
    except (ValueError, RecursionError, ArithmeticError):
        raise NoValue("from json: the text is no JSON", "argument") from None
