"""Functions on contexts, and ``not`` and ``is``."""

from __future__ import annotations

from engine.feel.builtins.registry import builtin
from engine.feel.errors import NoValue
from engine.feel.evaluation import Evaluation
from engine.feel.operators.equality import feel_is

Context = dict[str, object]


@builtin("not(negand: boolean)")
def not_(negand: bool) -> bool:
    """True for false and the other way round."""
    return not negand


@builtin("is(value1: any?, value2: any?)", wants_evaluation=True)
def is_(run: Evaluation, one: object, other: object) -> bool:
    """Whether both are the same value of the same type, zone included."""
    return feel_is(one, other, run.spend)


@builtin("get value(m: context, key: string)")
def get_value(context: Context, key: str) -> object:
    """The entry of a context, null when there is none."""
    if key not in context:
        raise NoValue("get value: the context has no such entry", "path")
    return context[key]


@builtin("get value(context: context, keys: list of strings)")
def get_nested_value(context: Context, keys: list[str]) -> object:
    """The entry at the end of a path of keys."""
    value: object = context
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            raise NoValue("get value: there is no such entry on the path", "path")
        value = value[key]
    return value


@builtin("get entries(m: context)")
def get_entries(context: Context) -> list[Context]:
    """Entries as a list of contexts with key and value."""
    return [{"key": key, "value": value} for key, value in context.items()]


@builtin("context(entries: list of contexts)")
def context_of(entries: list[Context]) -> Context:
    """A context out of entries with key and value."""
    result: Context = {}
    for entry in entries:
        key = entry.get("key")
        if not isinstance(key, str) or "value" not in entry:
            raise NoValue("context: each entry needs a text as key, and a value", "argument")
        if key in result:
            raise NoValue("context: a key stands twice", "argument")
        result[key] = entry["value"]
    return result


@builtin("context put(context: context, key: string, value: any+)")
def context_put(context: Context, key: str, value: object) -> Context:
    """The context with one entry set."""
    return {**context, key: value}


@builtin("context put(context: context, keys: strict list, value: any+)")
def context_put_nested(context: Context, keys: list[object], value: object) -> Context:
    """The context with one entry set at the end of a path."""
    if not keys or not all(isinstance(key, str) for key in keys):
        raise NoValue("context put: the keys must be texts", "argument")
    result = dict(context)
    inner = result
    for key in keys[:-1]:
        below = inner.get(str(key), {})
        if not isinstance(below, dict):
            raise NoValue("context put: an entry on the path is no context", "path")
        copy = dict(below)
        inner[str(key)] = copy
        inner = copy
    inner[str(keys[-1])] = value
    return result


@builtin("context merge(contexts: list of contexts)")
def context_merge(contexts: list[Context]) -> Context:
    """All entries of all contexts; the last one wins."""
    return {key: value for context in contexts for key, value in context.items()}
