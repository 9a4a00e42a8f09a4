"""Reads decision tables; every rule must fill every column."""

from __future__ import annotations

from lxml import etree

from engine.dmn.parse.reader import Reader, normal_name
from engine.dmn.syntax import DecisionTable, InputClause, OutputClause, Rule, Text

HIT_POLICIES = {
    "UNIQUE": "U",
    "ANY": "A",
    "PRIORITY": "P",
    "FIRST": "F",
    "RULE ORDER": "R",
    "OUTPUT ORDER": "O",
    "COLLECT": "C",
}
AGGREGATIONS = {"": "", "SUM": "+", "MIN": "<", "MAX": ">", "COUNT": "#"}


def read_table(reader: Reader, element: etree._Element) -> DecisionTable:
    """A ``decisionTable``; its orientation is a matter of drawing and is not kept."""
    inputs: list[InputClause] = []
    outputs: list[OutputClause] = []
    annotations: list[str] = []
    rules: list[Rule] = []
    for name, child in reader.children(element):
        match name:
            case "input":
                inputs.append(_input(reader, child))
            case "output":
                outputs.append(_output(reader, child))
            case "annotation":
                annotations.append(child.get("name") or "")
            case "rule":
                rules.append(_rule(reader, child, len(rules) + 1))
            case _:
                reader.unknown(name, child)
    table = DecisionTable(
        where=reader.where(element),
        type_ref=reader.type_ref(element),
        hit_policy=_keyword(reader, element, "hitPolicy", "UNIQUE", HIT_POLICIES),
        aggregation=_keyword(reader, element, "aggregation", "", AGGREGATIONS),
        inputs=tuple(inputs),
        outputs=tuple(outputs),
        annotations=tuple(annotations),
        rules=tuple(rules),
    )
    _check(reader, element, table)
    return table


def _keyword(
    reader: Reader, element: etree._Element, attribute: str, default: str, known: dict[str, str]
) -> str:
    written = element.get(attribute) or default
    if written not in known:
        reader.refuse(element, "unknown-keyword", f"{attribute} '{written}' is not known")
    return known.get(written, known[default])


def _input(reader: Reader, element: etree._Element) -> InputClause:
    expression: Text | None = None
    allowed: Text | None = None
    for name, child in reader.children(element):
        match name:
            case "inputExpression":
                expression = reader.text(child)
            case "inputValues":
                allowed = reader.text(child)
            case _:
                reader.unknown(name, child)
    where = reader.where(element)
    if expression is None or not expression.text:
        reader.refuse(element, "no-input-expression", "an input column needs an expression")
    expression = expression or Text("", where)
    return InputClause(
        where=where,
        label=element.get("label") or expression.text,
        expression=expression,
        type_ref=expression.type_ref,
        allowed=_values(allowed),
    )


def _output(reader: Reader, element: etree._Element) -> OutputClause:
    allowed: Text | None = None
    default: Text | None = None
    for name, child in reader.children(element):
        match name:
            case "outputValues":
                allowed = reader.text(child)
            case "defaultOutputEntry":
                default = reader.text(child)
            case _:
                reader.unknown(name, child)
    return OutputClause(
        where=reader.where(element),
        name=normal_name(element.get("name") or ""),
        label=element.get("label") or "",
        type_ref=reader.type_ref(element),
        allowed=_values(allowed),
        default=default if default is not None and default.text else None,
    )


def _values(text: Text | None) -> Text | None:
    # An editor writes an empty clause when the analyst deletes the last value.
    return text if text is not None and text.text not in ("", "-") else None


def _rule(reader: Reader, element: etree._Element, index: int) -> Rule:
    conditions: list[Text] = []
    conclusions: list[Text] = []
    annotations: list[str] = []
    for name, child in reader.children(element):
        match name:
            case "inputEntry":
                conditions.append(reader.text(child))
            case "outputEntry":
                conclusions.append(reader.text(child))
            case "annotationEntry":
                annotations.append(reader.text(child).text)
            case _:
                reader.unknown(name, child)
    return Rule(
        where=reader.where(element),
        index=index,
        conditions=tuple(conditions),
        conclusions=tuple(conclusions),
        annotations=tuple(annotations),
    )


def _check(reader: Reader, element: etree._Element, table: DecisionTable) -> None:
    if not table.outputs:
        reader.refuse(element, "no-output", "a decision table needs an output column")
    if len(table.outputs) > 1:
        if any(not output.name for output in table.outputs):
            reader.refuse(element, "no-output-name", "each of several outputs needs a name")
        if table.hit_policy == "C" and table.aggregation:
            reader.refuse(
                element, "collect-outputs", "an aggregation needs exactly one output column"
            )
    if table.aggregation and table.hit_policy != "C":
        reader.refuse(element, "aggregation", "an aggregation goes with hit policy COLLECT only")
    for rule in table.rules:
        wanted = (len(table.inputs), len(table.outputs))
        if (len(rule.conditions), len(rule.conclusions)) != wanted:
            sentence = (
                f"rule {rule.index} has {len(rule.conditions)} conditions and "
                f"{len(rule.conclusions)} conclusions; the table has {wanted[0]} inputs "
                f"and {wanted[1]} outputs"
            )
            reader.faults.add(rule.where, "rule-width", sentence)
