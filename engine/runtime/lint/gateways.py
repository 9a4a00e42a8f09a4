"""Event gateways, and joins that can never fire after an exclusive split."""

from __future__ import annotations

from engine.runtime.lint import names
from engine.runtime.lint.findings import Report, Rule, error, warning
from engine.runtime.lint.model import Model, Node, definition_kind
from engine.runtime.lint.names import words
from engine.runtime.lint.references import event_name

RULES: dict[str, Rule] = {
    "event-gateway-target": error(
        "Cổng theo sự kiện '{id}' dẫn tới '{target}' ({kind}), không phải sự kiện chờ.",
        "Event gateway '{id}' leads to '{target}' ({kind}), which does not catch an event.",
        "Chỉ sự kiện chờ hoặc receive task đứng được sau cổng này.",
        "Only catch events and receive tasks may follow this gateway.",
    ),
    "event-gateway-target-kind": error(
        "Sau cổng theo sự kiện '{id}' không được dùng sự kiện '{kind}' ('{target}').",
        "After event gateway '{id}' an event of kind '{kind}' ('{target}') is not allowed.",
        "Dùng thông điệp, hẹn giờ, tín hiệu hoặc điều kiện.",
        "Use message, timer, signal or conditional events.",
    ),
    "event-gateway-target-shared": error(
        "'{target}' đứng sau cổng theo sự kiện '{id}' nên không được có luồng vào khác.",
        "'{target}' follows event gateway '{id}', so no other flow may lead into it.",
        "Tách thành hai sự kiện.",
        "Split it into two events.",
    ),
    "event-gateway-mixed-receivers": error(
        "Sau cổng '{id}' có cả receive task và sự kiện chờ thông điệp; BPMN không cho trộn.",
        "After gateway '{id}' stand both receive tasks and message events; BPMN allows one sort.",
        "Dùng một loại.",
        "Use one sort.",
    ),
    "event-gateway-receive-boundary": error(
        "Receive task '{target}' sau cổng '{id}' không được mang sự kiện biên.",
        "Receive task '{target}' after gateway '{id}' may not carry boundary events.",
        "Chuyển hẹn giờ thành một nhánh của cổng.",
        "Make the timer a branch of the gateway.",
    ),
    "event-gateway-same-message": error(
        "Hai nhánh của cổng '{id}' cùng chờ thông điệp '{name}'.",
        "Two branches of gateway '{id}' wait for the same message '{name}'.",
        "Dùng thông điệp khác nhau.",
        "Use different messages.",
    ),
    "event-gateway-single": warning(
        "Cổng theo sự kiện '{id}' có ít hơn hai nhánh.",
        "Event gateway '{id}' has fewer than two branches.",
        "Thêm nhánh hoặc bỏ cổng.",
        "Add a branch or drop the gateway.",
    ),
    "event-gateway-start-kind": error(
        "Cổng '{id}' mở quy trình nên '{target}' phải chờ một thông điệp.",
        "Gateway '{id}' starts the process, so '{target}' must wait for a message.",
        "Bỏ nhánh này hoặc dùng sự kiện bắt đầu.",
        "Drop the branch or use start events.",
    ),
    "event-gateway-parallel-inside": error(
        "Cổng '{id}' chỉ được là Parallel khi mở quy trình (instantiate=\"true\").",
        "Gateway '{id}' may be Parallel only if it starts the process (instantiate=\"true\").",
        "Dùng cổng song song và các sự kiện chờ.",
        "Use a parallel gateway followed by catch events.",
    ),
    "idle-gateway": warning(
        "Cổng '{id}' không tách cũng không gộp nhánh nào.",
        "Gateway '{id}' neither splits nor joins anything.",
        "Xóa cổng nếu không cố ý.",
        "Remove it unless it is meant.",
    ),
}
_CATCHES = words("message timer signal conditional multiple parallelMultiple")


def check(model: Model, report: Report) -> None:
    """Gateways of executable processes."""
    for node in model.running_nodes():
        if node.kind == "eventBasedGateway":
            _event_gateway(model, node, report)
        elif node.kind.endswith("Gateway") and len(node.incoming) < 2 and len(node.outgoing) < 2:
            report.add("idle-gateway", node.element)


def _event_gateway(model: Model, node: Node, report: Report) -> None:
    starts = names.flag(node.element, "instantiate", False)
    if not starts and node.element.get("eventGatewayType") == "Parallel":
        report.add("event-gateway-parallel-inside", node.element)
    if len(node.outgoing) < 2:
        report.add("event-gateway-single", node.element)
    targets = [flow.target for flow in node.outgoing if flow.target is not None]
    for target in targets:
        _target(node, target, starts, report)
    receivers = {target.kind for target in targets if target.kind == "receiveTask"}
    if receivers and any(target.has("message") for target in targets):
        report.add("event-gateway-mixed-receivers", node.element)
    _messages(model, node, targets, report)


def _target(node: Node, target: Node, starts: bool, report: Report) -> None:
    if target.kind not in ("intermediateCatchEvent", "receiveTask"):
        report.add("event-gateway-target", node.element, target=target.id, kind=target.kind)
        return
    if target.kind == "receiveTask" and target.boundaries:
        report.add("event-gateway-receive-boundary", node.element, target=target.id)
    if target.kind == "intermediateCatchEvent" and target.event not in _CATCHES:
        report.add("event-gateway-target-kind", node.element, target=target.id, kind=target.event)
    elif starts and target.kind != "receiveTask" and target.event != "message":
        report.add("event-gateway-start-kind", node.element, target=target.id)
    if len(target.incoming) > 1:
        report.add("event-gateway-target-shared", node.element, target=target.id)


def _messages(model: Model, node: Node, targets: list[Node], report: Report) -> None:
    seen: set[str] = set()
    for target in targets:
        found = [
            event_name(model, item)
            for item in target.definitions
            if definition_kind(item) == "message"
        ]
        if target.kind == "receiveTask":
            message = model.find(target.element.get("messageRef"), "message")
            found.append((message.get("name") or "").strip() if message is not None else "")
        for name in filter(None, found):
            if name in seen:
                report.add("event-gateway-same-message", node.element, name=name)
            seen.add(name)
