"""Compensation: who undoes what, and what may be named for undoing."""

from __future__ import annotations

from lxml import etree

from engine.runtime.lint.findings import Report, Rule, error
from engine.runtime.lint.model import ACTIVITIES, Model, Node, Scope, definition_kind

RULES: dict[str, Rule] = {
    "compensation-handler-missing": error(
        "Sự kiện bù hoàn '{id}' không được nối (bằng liên kết) tới công việc bù hoàn nào.",
        "Compensation event '{id}' is not associated with a compensation handler.",
        'Nối một liên kết từ sự kiện tới hoạt động có isForCompensation="true".',
        'Draw an association to an activity with isForCompensation="true".',
    ),
    "compensation-target-not-handler": error(
        "'{target}' nối với sự kiện bù hoàn '{id}' nhưng không đặt isForCompensation.",
        "'{target}' is associated with compensation event '{id}' but not isForCompensation.",
        "Đánh dấu hoạt động là công việc bù hoàn.",
        "Mark the activity as a compensation handler.",
    ),
    "compensation-handlers-several": error(
        "Sự kiện bù hoàn '{id}' nối tới hơn một công việc bù hoàn.",
        "Compensation event '{id}' is associated with more than one handler.",
        "Gộp các bước bù hoàn vào một quy trình con.",
        "Put the steps into one sub-process.",
    ),
    "compensation-boundary-flow": error(
        "Sự kiện bù hoàn '{id}' không được có luồng ra.",
        "Compensation event '{id}' may not have an outgoing flow.",
        "Dùng liên kết (association) tới công việc bù hoàn.",
        "Use an association to the handler.",
    ),
    "compensation-boundary-twice": error(
        "'{host}' có hơn một sự kiện bù hoàn.",
        "'{host}' has more than one compensation event.",
        "Giữ lại một.",
        "Keep one.",
    ),
    "compensation-handler-flow": error(
        "Công việc bù hoàn '{id}' không được có luồng vào hay ra.",
        "Compensation handler '{id}' may not have incoming or outgoing flows.",
        "Xóa luồng; nó chỉ chạy khi bù hoàn.",
        "Remove the flow; it runs only when something is undone.",
    ),
    "compensation-handler-boundary": error(
        "Công việc bù hoàn '{host}' không được mang sự kiện bù hoàn '{id}'.",
        "Compensation handler '{host}' may not carry compensation event '{id}'.",
    ),
    "compensation-handler-unused": error(
        "Công việc bù hoàn '{id}' không gắn với sự kiện bù hoàn nào nên không bao giờ chạy.",
        "Compensation handler '{id}' belongs to no compensation event, so it never runs.",
        "Nối nó với một sự kiện biên bù hoàn.",
        "Associate it with a compensation boundary event.",
    ),
    "compensation-ref-missing": error(
        "'{id}' bù hoàn '{value}', không có hoạt động nào như vậy.",
        "'{id}' compensates '{value}'; there is no such activity.",
        "Chọn lại activityRef.",
        "Choose activityRef again.",
    ),
    "compensation-ref-scope": error(
        "'{id}' bù hoàn '{value}' ở phạm vi khác; chỉ bù hoàn được trong phạm vi của chính nó.",
        "'{id}' compensates '{value}' in another scope; only its own scope can be compensated.",
        "Phát bù hoàn trong phạm vi của hoạt động đó.",
        "Throw the compensation in that activity's scope.",
    ),
    "compensation-event-sub-process-at-process": error(
        "Quy trình con bù hoàn '{id}' phải nằm trong một quy trình con, không ở cấp quy trình.",
        "Compensation event sub-process '{id}' must stand in a sub-process, not in the process.",
        "Đưa phần cần bù hoàn vào một quy trình con.",
        "Put what can be undone into a sub-process.",
    ),
    "compensation-event-sub-process-twice": error(
        "'{scope}' có hơn một quy trình con bù hoàn.",
        "'{scope}' has more than one compensation event sub-process.",
        "Giữ lại một.",
        "Keep one.",
    ),
    "compensation-handler-and-event-sub-process": error(
        "'{host}' vừa có sự kiện biên bù hoàn vừa có quy trình con bù hoàn.",
        "'{host}' has both a compensation boundary event and a compensation event sub-process.",
        "Giữ lại một trong hai.",
        "Keep one of the two.",
    ),
}


def check(model: Model, report: Report) -> None:
    """Handlers, boundary events, throw events and event sub-processes of compensation."""
    handlers = _boundaries(model, report)
    for node in model.running_nodes():
        if node.handler:
            _handler(node, handlers, report)
        for definition in node.definitions:
            if definition_kind(definition) == "compensation":
                _throw(model, node, definition, report)
    for scope in model.scopes:
        if scope.executable:
            _event_sub_processes(scope, report)


def associated(model: Model, event: Node) -> list[Node]:
    """Activities an association joins with an event, whichever way it points."""
    found = []
    for association in model.associations:
        ends = [model.node(association.get(name)) for name in ("sourceRef", "targetRef")]
        if event in ends:
            found += [node for node in ends if node is not None and node is not event]
    return [node for node in found if node.kind in ACTIVITIES]


def _boundaries(model: Model, report: Report) -> set[str]:
    handlers: set[str] = set()
    for host in model.running_nodes():
        events = [item for item in host.boundaries if item.has("compensation")]
        if len(events) > 1:
            report.add("compensation-boundary-twice", events[1].element, host=host.id)
        for event in events:
            handlers.update(node.id for node in _boundary(model, host, event, report))
    return handlers


def _boundary(model: Model, host: Node, event: Node, report: Report) -> list[Node]:
    targets = [node for node in associated(model, event) if node is not host]
    good = [node for node in targets if node.handler]
    if event.outgoing:
        report.add("compensation-boundary-flow", event.element)
    for node in targets:
        if not node.handler:
            report.add("compensation-target-not-handler", event.element, target=node.id)
    if not targets and not event.outgoing:
        report.add("compensation-handler-missing", event.element)
    if len(good) > 1:
        report.add("compensation-handlers-several", event.element)
    if host.handler:
        report.add("compensation-handler-boundary", event.element, host=host.id)
    return good


def _handler(node: Node, handlers: set[str], report: Report) -> None:
    if node.incoming or node.outgoing:
        report.add("compensation-handler-flow", node.element)
    elif node.id not in handlers:
        report.add("compensation-handler-unused", node.element)


def _throw(model: Model, node: Node, definition: etree._Element, report: Report) -> None:
    if node.kind not in ("intermediateThrowEvent", "endEvent"):
        return
    value = (definition.get("activityRef") or "").strip()
    if not value:
        return
    target = model.node(value)
    if target is None or target.kind not in ACTIVITIES:
        report.add("compensation-ref-missing", node.element, value=value)
    elif target.scope not in _reach(node.scope):
        report.add("compensation-ref-scope", node.element, value=value)


def _reach(scope: Scope) -> list[Scope]:
    """Where a throw may name an activity: its scope; from an event sub-process also around it."""
    scopes = [scope]
    if scope.event_sub_process and scope.parent is not None:
        scopes.append(scope.parent)
    return scopes


def _event_sub_processes(scope: Scope, report: Report) -> None:
    found = [
        node
        for node in scope.nodes
        if node.triggered
        and node.inner is not None
        and any(item.has("compensation") for item in node.inner.nodes if item.kind == "startEvent")
    ]
    if not found:
        return
    if scope.parent is None:
        report.add("compensation-event-sub-process-at-process", found[0].element)
    if len(found) > 1:
        name = scope.element.get("id") or ""
        report.add("compensation-event-sub-process-twice", found[1].element, scope=name)
    if scope.node is not None and any(item.has("compensation") for item in scope.node.boundaries):
        report.add(
            "compensation-handler-and-event-sub-process", found[0].element, host=scope.node.id
        )
