"""Boundary events: their host, what may be caught there, and doubled catchers."""

from __future__ import annotations

from lxml import etree

from engine.runtime.lint import names
from engine.runtime.lint.findings import Report, Rule, error, warning
from engine.runtime.lint.model import ACTIVITIES, SUB_PROCESSES, Model, Node, Scope, definition_kind
from engine.runtime.lint.references import code_of, event_name

RULES: dict[str, Rule] = {
    "boundary-host-missing": error(
        "Sự kiện biên '{id}' gắn vào '{value}', không có hoạt động nào như vậy ở cùng cấp.",
        "Boundary event '{id}' is attached to '{value}'; there is no such activity in its scope.",
        "Kéo sự kiện lên viền của một hoạt động.",
        "Drag the event onto the border of an activity.",
    ),
    "boundary-on-event-sub-process": error(
        "Sự kiện biên '{id}' gắn vào quy trình con theo sự kiện '{host}'.",
        "Boundary event '{id}' is attached to event sub-process '{host}'.",
        "Đặt nội dung vào một quy trình con bên trong và gắn sự kiện vào đó.",
        "Put the content into a sub-process inside it and attach the event there.",
    ),
    "boundary-without-flow": warning(
        "Sự kiện biên '{id}' không có luồng ra: nhánh này kết thúc ngay.",
        "Boundary event '{id}' has no outgoing flow: its path ends at once.",
    ),
    "boundary-interrupting-only": error(
        "Sự kiện biên '{id}' loại '{kind}' luôn ngắt; không đặt cancelActivity=\"false\".",
        "Boundary event '{id}' ({kind}) always interrupts; cancelActivity may not be false.",
        "Xóa cancelActivity.",
        "Remove cancelActivity.",
    ),
    "start-interrupting-only": error(
        "Sự kiện bắt đầu '{id}' loại '{kind}' luôn ngắt; không đặt isInterrupting=\"false\".",
        "Start event '{id}' of kind '{kind}' always interrupts; isInterrupting may not be false.",
        "Xóa isInterrupting.",
        "Remove isInterrupting.",
    ),
    "cancel-boundary-host": error(
        "Sự kiện biên hủy '{id}' chỉ gắn được vào giao dịch (transaction).",
        "Cancel boundary event '{id}' may only stand on a transaction.",
        "Đổi quy trình con thành giao dịch.",
        "Turn the sub-process into a transaction.",
    ),
    "cancel-end-outside-transaction": error(
        "Sự kiện kết thúc hủy '{id}' không nằm trong giao dịch (transaction).",
        "Cancel end event '{id}' does not stand in a transaction.",
        "Đặt nó trực tiếp trong một giao dịch hoặc dùng kết thúc lỗi.",
        "Put it directly into a transaction or use an error end.",
    ),
    "cancel-without-boundary": error(
        "'{id}' hủy giao dịch '{host}', nhưng giao dịch không có sự kiện biên hủy.",
        "'{id}' cancels transaction '{host}', which has no cancel boundary event.",
        "Gắn một sự kiện biên hủy vào giao dịch và nối nó tới bước tiếp theo.",
        "Attach a cancel boundary event to the transaction and connect it to the next step.",
    ),
    "duplicate-catch": error(
        "'{id}' và '{other}' cùng chờ {kind} '{name}' trên '{host}'.",
        "'{id}' and '{other}' both wait for {kind} '{name}' on '{host}'.",
        "Giữ lại một, hoặc phân biệt bằng tên hay mã.",
        "Keep one, or tell them apart by name or code.",
    ),
    "escalation-boundary-host": error(
        "Sự kiện biên báo cấp trên '{id}' gắn vào '{kind}', nơi không phát được nó.",
        "Escalation boundary event '{id}' stands on a '{kind}', which cannot raise an escalation.",
        "Gắn vào quy trình con, call activity hoặc công việc của người dùng.",
        "Attach it to a sub-process, a call activity or a user task.",
    ),
}
_ESCALATING = SUB_PROCESSES | {"callActivity", "userTask"}
_ALWAYS_INTERRUPT = frozenset(("error", "cancel"))


def check(model: Model, report: Report) -> None:
    """Boundary events and the start events of event sub-processes."""
    for scope in model.scopes:
        if not scope.executable:
            continue
        starts = []
        for node in scope.nodes:
            if node.kind == "boundaryEvent":
                _boundary(model, node, report)
            if node.boundaries:
                _doubled(model, node.boundaries, node.id, report)
            if node.triggered and node.inner is not None:
                starts += [item for item in node.inner.nodes if item.kind == "startEvent"]
            if node.has("cancel") and node.kind == "endEvent":
                _cancel(node, scope, report)
        for start in starts:
            _interrupting(start, report, "isInterrupting", "start-interrupting-only")
        _doubled(model, starts, scope.element.get("id") or "", report)


def _cancel(node: Node, scope: Scope, report: Report) -> None:
    if scope.kind != "transaction" or scope.node is None:
        report.add("cancel-end-outside-transaction", node.element)
    elif not any(item.has("cancel") for item in scope.node.boundaries):
        report.add("cancel-without-boundary", node.element, host=scope.node.id)


def _boundary(model: Model, node: Node, report: Report) -> None:
    value = node.element.get("attachedToRef", "")
    host = model.node(value)
    if host is None or host.kind not in ACTIVITIES or host.scope is not node.scope:
        report.add("boundary-host-missing", node.element, value=value)
        return
    if host.triggered:
        report.add("boundary-on-event-sub-process", node.element, host=host.id)
    if not node.outgoing and not node.has("compensation"):
        report.add("boundary-without-flow", node.element)
    if node.has("cancel") and host.kind != "transaction":
        report.add("cancel-boundary-host", node.element)
    if node.has("escalation") and host.kind not in _ESCALATING:
        report.add("escalation-boundary-host", node.element, kind=host.kind)
    _interrupting(node, report, "cancelActivity", "boundary-interrupting-only")


def _interrupting(node: Node, report: Report, attribute: str, rule: str) -> None:
    if not names.flag(node.element, attribute, True) and node.event in _ALWAYS_INTERRUPT:
        report.add(rule, node.element, kind=node.event)


def _doubled(model: Model, catchers: list[Node], host: str, report: Report) -> None:
    """Two catchers of one host that would answer the same event."""
    seen: dict[tuple[str, str], Node] = {}
    for node in catchers:
        for definition in node.definitions:
            kind = definition_kind(definition)
            if kind not in ("message", "error", "escalation"):
                continue
            name = _identity(model, kind, definition)
            other = seen.setdefault((kind, name), node)
            if other is node and kind == "escalation":
                # A catcher without code answers every code, so it overlaps all others.
                rest = [item for key, item in seen.items() if key[0] == kind and item is not node]
                clash = "" in {name, *(key[1] for key in seen if key[0] == kind)}
                other = rest[0] if rest and clash else node
            if other is not node:
                report.add(
                    "duplicate-catch", node.element, other=other.id, kind=kind, name=name, host=host
                )


def _identity(model: Model, kind: str, definition: etree._Element) -> str:
    return event_name(model, definition) if kind == "message" else code_of(model, definition)
