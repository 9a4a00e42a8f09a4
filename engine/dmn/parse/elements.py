"""Reads the elements of the requirement graph: inputs, decisions, knowledge, services."""

from __future__ import annotations

from lxml import etree

from engine.dmn.definitions import Decision, InputData, Knowledge, Reference, Service
from engine.dmn.parse.expressions import is_expression, read_expression, read_function
from engine.dmn.parse.reader import Reader, normal_name
from engine.dmn.syntax import Expression, FunctionDefinition, Variable

# What the standard lets an analyst note beside the logic; it has no effect on a value.
_NOTES = frozenset(
    {
        "question",
        "allowedAnswers",
        "authorityRequirement",
        "impactedPerformanceIndicator",
        "decisionMaker",
        "decisionOwner",
        "usingProcess",
        "usingTask",
        "supportedObjective",
    }
)
_VARIABLE = frozenset({"variable"})


def _identity(reader: Reader, element: etree._Element) -> tuple[str, str]:
    name = normal_name(element.get("name") or "")
    identifier = element.get("id") or name
    if not name:
        reader.refuse(element, "no-name", f"'{etree.QName(element).localname}' needs a name")
    return identifier, name


def _variable(reader: Reader, element: etree._Element, name: str) -> Variable:
    """What the element is called in expressions.

    The standard wants the variable to have the element's name; Camunda's modelers
    give the element a label and the variable a name of its own, or leave it out.
    """
    for tag, child in reader.children(element):
        if tag == "variable":
            own = normal_name(child.get("name") or "")
            return Variable(own or name, reader.type_ref(child), reader.where(child))
    return Variable(name, None, reader.where(element))


def read_input(reader: Reader, element: etree._Element) -> InputData:
    """An ``inputData``."""
    identifier, name = _identity(reader, element)
    for tag, child in reader.children(element, _VARIABLE):
        reader.unknown(tag, child)
    return InputData(
        where=reader.where(element),
        id=identifier,
        name=name,
        variable=_variable(reader, element, name),
    )


def read_decision(reader: Reader, element: etree._Element) -> Decision:
    """A ``decision``."""
    identifier, name = _identity(reader, element)
    required: dict[str, list[Reference]] = {"input": [], "decision": [], "knowledge": []}
    logic: Expression | None = None
    for tag, child in reader.children(element, _NOTES | _VARIABLE):
        if tag in ("informationRequirement", "knowledgeRequirement"):
            _requirement(reader, child, required)
        elif is_expression(tag) and logic is None:
            logic = read_expression(reader, tag, child)
        else:
            reader.unknown(tag, child)
    return Decision(
        where=reader.where(element),
        id=identifier,
        name=name,
        variable=_variable(reader, element, name),
        alias=None if any(tag == "variable" for tag, _ in reader.children(element)) else identifier,
        inputs=tuple(required["input"]),
        decisions=tuple(required["decision"]),
        knowledge=tuple(required["knowledge"]),
        logic=logic,
        version_tag=reader.version_tag(element),
    )


def _requirement(
    reader: Reader, element: etree._Element, required: dict[str, list[Reference]]
) -> None:
    kinds = {
        "requiredInput": "input",
        "requiredDecision": "decision",
        "requiredKnowledge": "knowledge",
    }
    for tag, child in reader.children(element):
        if tag in kinds:
            required[kinds[tag]].append(reader.reference(child))
        else:
            reader.unknown(tag, child)


def read_knowledge(reader: Reader, element: etree._Element) -> Knowledge:
    """A ``businessKnowledgeModel``."""
    identifier, name = _identity(reader, element)
    required: dict[str, list[Reference]] = {"input": [], "decision": [], "knowledge": []}
    logic: FunctionDefinition | None = None
    for tag, child in reader.children(element, _NOTES | _VARIABLE):
        if tag == "encapsulatedLogic":
            logic = read_function(reader, child)
        elif tag == "knowledgeRequirement":
            _requirement(reader, child, required)
        else:
            reader.unknown(tag, child)
    return Knowledge(
        where=reader.where(element),
        id=identifier,
        name=name,
        variable=_variable(reader, element, name),
        knowledge=tuple(required["knowledge"]),
        logic=logic,
    )


def read_service(reader: Reader, element: etree._Element) -> Service:
    """A ``decisionService``."""
    identifier, name = _identity(reader, element)
    found: dict[str, list[Reference]] = {
        "outputDecision": [],
        "encapsulatedDecision": [],
        "inputDecision": [],
        "inputData": [],
    }
    for tag, child in reader.children(element, _NOTES | _VARIABLE):
        if tag in found:
            found[tag].append(reader.reference(child))
        else:
            reader.unknown(tag, child)
    return Service(
        where=reader.where(element),
        id=identifier,
        name=name,
        variable=_variable(reader, element, name),
        outputs=tuple(found["outputDecision"]),
        encapsulated=tuple(found["encapsulatedDecision"]),
        input_decisions=tuple(found["inputDecision"]),
        inputs=tuple(found["inputData"]),
    )
