"""Which rows of the support table a file uses, and the refusal of those that do not run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from engine.runtime.lint import names
from engine.runtime.lint.findings import Report, Rule, error, warning
from engine.runtime.lint.model import ACTIVITIES, GATEWAYS, Model, Node, definition_kind
from engine.runtime.lint.support import TABLE, Row
from engine.runtime.lint.support.events import PLACES, key_of

Use = tuple[str, etree._Element]

RULES: dict[str, Rule] = {
    "event-not-allowed": error(
        "Sự kiện '{id}' loại '{kind}' không được đặt ở đây ({place_vi}) theo BPMN 2.0.",
        "BPMN 2.0 does not allow event '{id}' of kind '{kind}' here ({place}).",
        "Chọn loại sự kiện khác hoặc chuyển sự kiện tới chỗ khác.",
        "Choose another kind of event or another place for it.",
    ),
    "quantity-above-one": warning(
        "'{id}' dùng {attribute}: cần nhiều thẻ hơn một; ít trình soạn thảo hiển thị điều này.",
        "'{id}' uses {attribute}: more than one token counts; few editors show it.",
        "Nếu không cố ý, xóa thuộc tính.",
        "Remove the attribute unless it is meant.",
    ),
}
_REFUSED = error(
    "'{id}': động cơ chưa chạy được “{what}”. {note}",
    "'{id}': the engine does not run “{what_en}”. {note_en}",
    "Xem docs/bpmn-support.md để chọn cách vẽ khác.",
    "See docs/bpmn-support.md for what can be drawn instead.",
)
_KEBAB = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SIMPLE = {
    "process": "process",
    "lane": "lane",
    "participant": "lane",
    "messageFlow": "message-flow",
    "textAnnotation": "text-annotation",
    "group": "text-annotation",
    "association": "text-annotation",
    "documentation": "documentation",
    "conversation": "conversation",
    "callConversation": "conversation",
    "subConversation": "conversation",
    "globalConversation": "conversation",
    "itemDefinition": "item-definition",
    "interface": "item-definition",
    "import": "item-definition",
    "choreography": "choreography",
    "globalChoreographyTask": "choreography",
    "dataObject": "data-object",
    "dataObjectReference": "data-object",
    "dataStore": "data-store",
    "dataStoreReference": "data-store",
    "ioSpecification": "io-specification",
    "property": "io-specification",
    "ioBinding": "io-specification",
    "correlationKey": "correlation-key",
    "correlationSubscription": "correlation-key",
    "resourceRole": "resource-role",
    "performer": "resource-role",
    "humanPerformer": "resource-role",
    "potentialOwner": "resource-role",
    "eventDefinitionRef": "event-definition-ref",
    "standardLoopCharacteristics": "standard-loop",
    "timeDate": "timer-date",
    "timeDuration": "timer-duration",
}


def kebab(name: str) -> str:
    """``userTask`` as ``user-task``."""
    return _KEBAB.sub("-", name).lower()


def used(model: Model) -> Iterator[Use]:
    """Every construct of the file with the element that shows it."""
    for node in model.running_nodes():
        yield from _node(node)
    for element in model.running_elements():
        namespace, local = names.split(str(element.tag))
        if namespace == names.BPMN:
            yield from _element(element, local)
        elif namespace == names.ZEEBE and _is_extension(element):
            yield f"zeebe-{kebab(local)}", element
        elif namespace == names.BPMNDI and local == "BPMNDiagram":
            yield "diagram", element


def check(model: Model, report: Report) -> None:
    """Refuse what has no row or a refused one; advise on rows with a warning."""
    for key, element in used(model):
        row = TABLE.get(key)
        if row is None:
            if key.startswith("zeebe-"):
                continue  # the zeebe rules name unknown extensions themselves
            _misplaced(key, element, report)
        elif row.status == "refused":
            refuse(row, element, report)
        elif row.status == "warning":
            attribute = {"start-quantity": "startQuantity"}.get(key, "completionQuantity")
            report.add("quantity-above-one", element, attribute=attribute)


def refuse(row: Row, element: etree._Element, report: Report) -> None:
    """Report a construct whose row says refused."""
    report.say(
        row.rule,
        _REFUSED,
        element,
        what=row.vi,
        what_en=row.en,
        note=row.note_vi,
        note_en=row.note_en,
    )


def place_of(node: Node) -> str:
    """Where an event stands: ``start``, ``boundary-non-interrupting``, ``end`` ..."""
    if node.kind == "startEvent":
        if node.scope.event_sub_process:
            interrupting = names.flag(node.element, "isInterrupting", True)
            return "esp-start" + ("" if interrupting else "-non-interrupting")
        return "start" if node.scope.parent is None else "sub-start"
    if node.kind == "boundaryEvent":
        interrupting = names.flag(node.element, "cancelActivity", True)
        # A compensation event is neither; editors write either value.
        if node.event == "compensation":
            return "boundary"
        return "boundary" + ("" if interrupting else "-non-interrupting")
    return {
        "endEvent": "end",
        "intermediateCatchEvent": "catch",
        "intermediateThrowEvent": "throw",
    }[node.kind]


def _misplaced(key: str, element: etree._Element, report: Report) -> None:
    place = next(name for name in sorted(PLACES, key=len, reverse=True) if key.startswith(name))
    kind = key.removeprefix(f"{place}-")
    report.add(
        "event-not-allowed",
        element,
        kind=kind,
        place=PLACES[place][1].lower(),
        place_vi=PLACES[place][0].lower(),
    )


def _node(node: Node) -> Iterator[Use]:
    element = node.element
    if node.kind in ACTIVITIES:
        yield from _activity(node)
    elif node.kind in GATEWAYS:
        yield from _gateway(node)
    else:
        yield from _event(node)
    if len(node.outgoing) > 1 and node.kind not in GATEWAYS:
        yield "implicit-split", element
    if len(node.incoming) > 1 and node.kind not in GATEWAYS:
        yield "implicit-merge", element
    after = "" if node.kind in GATEWAYS else "-activity"
    if element.get("default"):
        yield f"default-flow{after}", element
    for flow in node.outgoing:
        yield "sequence-flow", flow.element
        if flow.condition is not None:
            yield f"conditional-flow{after}", flow.element


def _activity(node: Node) -> Iterator[Use]:
    element = node.element
    if node.triggered:
        yield "event-sub-process", element
    elif node.kind == "receiveTask" and names.flag(element, "instantiate", False):
        yield "receive-task-instantiating", element
    else:
        yield kebab(node.kind), element
    if node.handler:
        yield "compensation-handler", element
    for attribute in ("startQuantity", "completionQuantity"):
        if element.get(attribute, "1").strip() not in ("1", "+1", ""):
            yield kebab(attribute), element


def _gateway(node: Node) -> Iterator[Use]:
    key = kebab(node.kind)
    if node.kind == "eventBasedGateway" and names.flag(node.element, "instantiate", False):
        parallel = node.element.get("eventGatewayType") == "Parallel"
        key += "-parallel" if parallel else "-instantiating"
    yield key, node.element


def _event(node: Node) -> Iterator[Use]:
    place = place_of(node)
    yield key_of(place, node.event), node.element
    if len(node.definitions) < 2:
        return
    for definition in node.definitions:
        # Links, terminate and cancel cannot be part of a multiple event in any position.
        kind = definition_kind(definition)
        if kind in ("link", "terminate", "cancel") or key_of(place, kind) not in TABLE:
            yield key_of(place, f"multiple:{kind}"), node.element


def _element(element: etree._Element, local: str) -> Iterator[Use]:
    if local in _SIMPLE:
        yield _SIMPLE[local], element
    elif local == "timeCycle":
        cron = not names.text_of(element).startswith(("R", "=", "P"))
        yield "timer-cron" if cron else "timer-cycle", element
    elif local == "multiInstanceLoopCharacteristics":
        sequential = names.flag(element, "isSequential", False)
        yield f"multi-instance-{'sequential' if sequential else 'parallel'}", element
        # A value BPMN does not know is refused as such.
        if (behavior := element.get("behavior", "All")) in ("None", "One", "Complex"):
            yield f"multi-instance-behavior-{behavior.lower()}", element
    elif local.startswith("global") and local.endswith("Task"):
        yield "global-task", element
    elif local in ("dataInputAssociation", "dataOutputAssociation"):
        expression = any(names.children(element, item) for item in ("transformation", "assignment"))
        yield "data-association-expression" if expression else "data-association", element


def _is_extension(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and names.bpmn_name(parent) == "extensionElements"
