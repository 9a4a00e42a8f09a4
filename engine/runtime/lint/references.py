"""Messages, signals, errors, escalations and links: the named things events refer to."""

from __future__ import annotations

from lxml import etree

from engine.runtime.correlation import key_of
from engine.runtime.lint import names
from engine.runtime.lint.findings import Report, Rule, error, warning
from engine.runtime.lint.model import Model, Node, Scope, definition_kind

_REF = {
    "message": ("messageRef", "message"),
    "signal": ("signalRef", "signal"),
    "error": ("errorRef", "error"),
    "escalation": ("escalationRef", "escalation"),
}

RULES: dict[str, Rule] = {
    "reference-missing": error(
        "'{id}' nhắc tới {kind} '{value}' không có trong tệp.",
        "'{id}' refers to {kind} '{value}', which is not in the file.",
        "Chọn lại trong bảng thuộc tính.",
        "Choose it again in the properties panel.",
    ),
    "reference-absent": error(
        "'{id}' không nói {kind} nào ({attribute}).",
        "'{id}' does not say which {kind} ({attribute}).",
        "Chọn hoặc tạo mới trong bảng thuộc tính.",
        "Choose or create one in the properties panel.",
    ),
    "message-without-name": error(
        "Thông điệp '{id}' không có tên.",
        "Message '{id}' has no name.",
        "Đặt tên: bên gửi tìm người nhận theo tên này.",
        "Name it: the sender finds the receiver by this name.",
    ),
    "signal-without-name": error(
        "Tín hiệu '{id}' không có tên.",
        "Signal '{id}' has no name.",
        "Đặt tên cho tín hiệu.",
        "Name the signal.",
    ),
    "definition-without-id": error(
        "{kind} ở dòng {line} không có id nên không sự kiện nào dùng được.",
        "The {kind} on line {line} has no id, so no event can use it.",
        "Đặt id.",
        "Give it an id.",
    ),
    "error-end-without-code": error(
        "Sự kiện lỗi '{id}' không có mã lỗi.",
        "Error event '{id}' has no error code.",
        "Điền errorCode cho lỗi mà nó nhắc tới.",
        "Fill in the errorCode of the error it refers to.",
    ),
    "escalation-without-code": error(
        "Sự kiện báo cấp trên '{id}' không có mã.",
        "Escalation event '{id}' has no code.",
        "Điền escalationCode.",
        "Fill in the escalationCode.",
    ),
    "start-name-constant": error(
        "Sự kiện bắt đầu '{id}' chờ tên '{name}' tính từ biến chưa tồn tại.",
        "Start event '{id}' waits for name '{name}', made of variables that do not exist yet.",
        "Đặt một tên cố định.",
        "Use a fixed name.",
    ),
    "start-event-twice": error(
        "Sự kiện bắt đầu '{id}' chờ '{name}' hai lần.",
        "Start event '{id}' waits for '{name}' twice.",
        "Xóa một trong hai định nghĩa.",
        "Remove one of the two definitions.",
    ),
    "event-definition-ref-missing": error(
        "'{id}' nhắc tới định nghĩa sự kiện '{value}' không có trong tệp.",
        "'{id}' refers to event definition '{value}', which is not in the file.",
    ),
    "correlation-key-missing": warning(
        "Thông điệp '{name}' được chờ giữa chừng nhưng không có khóa đối chiếu; thông điệp không"
        " khóa chỉ tới một trong các quy trình đang chờ.",
        "Message '{name}' is waited for inside a process but has no correlation key; one without"
        " a key reaches any one of the instances that wait.",
        "Thêm zeebe:subscription correlationKey vào thông điệp.",
        "Add zeebe:subscription correlationKey to the message.",
    ),
    "link-without-name": error(
        "Sự kiện liên kết '{id}' không có tên.",
        "Link event '{id}' has no name.",
        "Đặt cùng một tên cho nơi đi và nơi đến.",
        "Give both ends the same name.",
    ),
    "link-without-partner": error(
        "Liên kết '{name}' của '{id}' không có đầu kia trong cùng phạm vi.",
        "Link '{name}' of '{id}' has no partner in the same scope.",
        "Vẽ sự kiện liên kết còn lại với đúng tên này.",
        "Draw the other link event with exactly this name.",
    ),
    "link-target-twice": error(
        "Liên kết '{name}' có hơn một nơi đến.",
        "Link '{name}' has more than one target.",
        "Giữ lại một nơi đến.",
        "Keep one target.",
    ),
    "link-flow": error(
        "'{id}': đầu đi của liên kết không có luồng ra, đầu đến không có luồng vào.",
        "'{id}': a link source has no outgoing flow and a link target no incoming one.",
        "Xóa luồng thừa.",
        "Remove the flow.",
    ),
}
_CATCHING = frozenset(("intermediateCatchEvent", "boundaryEvent", "startEvent"))


def check(model: Model, report: Report) -> None:
    """Event definitions of executable processes, then the links of each scope."""
    for node in model.running_nodes():
        _by_reference(model, node, report)
        if _opens(node):
            _twice(model, node, report)
        for definition in node.definitions:
            _definition(model, node, definition, report)
        if node.kind in ("receiveTask", "sendTask"):
            _message_task(model, node, report)
    for kind in _REF:
        for element in names.children(model.root, kind):
            if not element.get("id"):
                report.add("definition-without-id", element, kind=kind, line=element.sourceline)
    for scope in model.scopes:
        if scope.executable:
            _links(scope, report)


def target_of(model: Model, definition: etree._Element) -> etree._Element | None:
    """The message, signal, error or escalation an event definition refers to."""
    attribute, local = _REF[definition_kind(definition)]
    return model.find(definition.get(attribute), local)


def event_name(model: Model, definition: etree._Element) -> str:
    """Name of the message or signal."""
    target = target_of(model, definition)
    return (target.get("name") or "").strip() if target is not None else ""


def code_of(model: Model, definition: etree._Element) -> str:
    """Code of the error or escalation; empty catches all."""
    target = target_of(model, definition)
    if target is None:
        return ""
    attribute = "errorCode" if names.bpmn_name(target) == "error" else "escalationCode"
    return (target.get(attribute) or "").strip()


def _twice(model: Model, node: Node, report: Report) -> None:
    seen: set[tuple[str, str]] = set()
    for definition in node.definitions:
        kind = definition_kind(definition)
        name = event_name(model, definition) if kind in ("message", "signal") else ""
        name = names.text_of(definition) if kind == "timer" else name
        if name and (kind, name) in seen:
            report.add("start-event-twice", node.element, name=name)
        seen.add((kind, name))


def _by_reference(model: Model, node: Node, report: Report) -> None:
    for item in names.children(node.element, "eventDefinitionRef"):
        value = names.reference(item.text)
        target = model.by_id.get(value)
        if target is None or not names.bpmn_name(target).endswith("EventDefinition"):
            report.add("event-definition-ref-missing", item, value=value)


def _definition(model: Model, node: Node, definition: etree._Element, report: Report) -> None:
    kind = definition_kind(definition)
    if kind not in _REF:
        return
    attribute, local = _REF[kind]
    value = (definition.get(attribute) or "").strip()
    catching = node.kind in _CATCHING
    if not value:
        if not (catching and kind in ("error", "escalation")):
            report.add("reference-absent", node.element, kind=local, attribute=attribute)
        return
    target = target_of(model, definition)
    if target is None:
        report.add("reference-missing", node.element, kind=local, value=value)
    elif kind in ("message", "signal"):
        _named(node, target, kind, report)
    elif not catching and not code_of(model, definition):
        rule = "error-end-without-code" if kind == "error" else "escalation-without-code"
        report.add(rule, node.element)


def _named(node: Node, target: etree._Element, kind: str, report: Report) -> None:
    name = (target.get("name") or "").strip()
    if not name:
        report.add(f"{kind}-without-name", target)
    elif name.startswith("=") and _opens(node):
        report.add("start-name-constant", node.element, name=name)
    elif kind == "message" and _waits_inside(node):
        subscription = names.zeebe(target, "subscription")
        given = subscription is not None and (subscription.get("correlationKey") or "").strip()
        if not given and key_of(target) is None:
            report.add("correlation-key-missing", node.element, name=name)


def _opens(node: Node) -> bool:
    """Whether the node makes an instance when its event comes."""
    if node.kind == "receiveTask":
        return names.flag(node.element, "instantiate", False)
    return node.kind == "startEvent" and node.scope.parent is None


def _waits_inside(node: Node) -> bool:
    if node.kind in ("intermediateCatchEvent", "boundaryEvent"):
        return True
    if node.kind == "startEvent":
        return node.scope.event_sub_process
    return node.kind == "receiveTask" and not names.flag(node.element, "instantiate", False)


def _message_task(model: Model, node: Node, report: Report) -> None:
    value = (node.element.get("messageRef") or "").strip()
    if not value:
        if node.kind == "receiveTask":
            report.add("reference-absent", node.element, kind="message", attribute="messageRef")
        return
    target = model.find(value, "message")
    if target is None:
        report.add("reference-missing", node.element, kind="message", value=value)
    else:
        _named(node, target, "message", report)


def link_name(node: Node) -> str:
    """Name of a link event."""
    for definition in node.definitions:
        if definition_kind(definition) == "link":
            return (definition.get("name") or "").strip()
    return ""


def _links(scope: Scope, report: Report) -> None:
    links = [node for node in scope.nodes if node.has("link")]
    throws = {link_name(node) for node in links if node.kind == "intermediateThrowEvent"}
    targets: dict[str, Node] = {}
    for node in links:
        name = link_name(node)
        if not name:
            report.add("link-without-name", node.element)
            continue
        if node.kind == "intermediateCatchEvent":
            if name in targets:
                report.add("link-target-twice", node.element, name=name)
            targets.setdefault(name, node)
            if name not in throws:
                report.add("link-without-partner", node.element, name=name)
            if node.incoming:
                report.add("link-flow", node.element)
    for node in links:
        if node.kind != "intermediateThrowEvent":
            continue
        if (name := link_name(node)) and name not in targets:
            report.add("link-without-partner", node.element, name=name)
        if node.outgoing:
            report.add("link-flow", node.element)
