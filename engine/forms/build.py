"""From a checked JSON object to a component: FEEL compiled, HTML sanitised, limits read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from engine.forms.catalogue import Kind
from engine.forms.expressions import Expression, compile_feel
from engine.forms.html import sanitise
from engine.forms.model import Component, Limit, Options, Rows, Rules, Switch


def build(
    item: Mapping[str, object],
    kind: Kind,
    rules: Mapping[str, object],
    hide: Expression | None,
    children: tuple[Component, ...],
    pointer: str,
) -> Component:
    """The component of an object the reader found no fault in."""
    steps = item.get("key") or item.get("path") or ""
    compute = item.get("expression") if item["type"] == "expression" else None
    source = item.get("dataSource")
    return Component(
        id=str(item.get("id") or pointer),
        type=str(item["type"]),
        pointer=pointer,
        binding=kind.binding,
        steps=tuple(str(steps).split(".")) if steps and kind.binding != "none" else (),
        label=str(item.get("label", "")),
        hide=hide,
        readonly=_switch(item.get("readonly", False)),
        disabled=_switch(item.get("disabled", False)),
        rules=_rules(item, rules),
        options=_options(item) if "valuesKey" in kind.properties else None,
        compute=compile_feel(str(compute)) if compute else None,
        rows=_rows(item) if kind.binding == "list" else None,
        source=compile_feel(str(source)) if source else None,
        multiple=_switch(item.get("multiple", False)),
        children=children,
        properties=_harmless(item),
    )


def _harmless(item: Mapping[str, object]) -> Mapping[str, object]:
    content = item.get("content")
    if not isinstance(content, str) or content.startswith("="):
        return item
    return {**item, "content": sanitise(content)}


def _rules(item: Mapping[str, object], rules: Mapping[str, object]) -> Rules:
    kind = rules.get("validationType")
    increment = item.get("increment")
    return Rules(
        required=rules.get("required") is True,
        min_length=_limit(rules.get("minLength")),
        max_length=_limit(rules.get("maxLength")),
        minimum=_limit(rules.get("min")),
        maximum=_limit(rules.get("max")),
        pattern=cast("str | None", rules.get("pattern") or None),
        pattern_message=cast("str | None", rules.get("patternErrorMessage") or None),
        kind=kind if kind == "email" or kind == "phone" else None,
        decimal_digits=cast("int | None", item.get("decimalDigits")),
        increment=str(increment) if increment not in (None, 0, "0", "") else None,
    )


def _rows(item: Mapping[str, object]) -> Rows:
    extra = cast(Mapping[str, object], item.get("properties", {}))
    return Rows(
        fixed=item.get("allowAddRemove") is not True,
        default=cast(int, item.get("defaultRepetitions", 1)),
        minimum=int(str(extra.get("minItems", 0))),
        maximum=int(str(extra.get("maxItems", 1000))),
    )


def _limit(value: object) -> Limit:
    if value is None or value == "":
        return None
    if isinstance(value, str) and value.startswith("="):
        return compile_feel(value)
    return value if isinstance(value, int) else str(value)


def _switch(value: object) -> Switch:
    return compile_feel(value) if isinstance(value, str) else value is True


def _options(item: Mapping[str, object]) -> Options:
    values = item.get("values")
    if isinstance(values, list):
        pairs = ((one["value"], str(one.get("label") or one["value"])) for one in values)
        return Options(static=tuple(pairs))
    if item.get("valuesKey"):
        return Options(key=str(item["valuesKey"]))
    return Options(expression=compile_feel(str(item["valuesExpression"])))
