"""Processes, sub-processes and pools: what starts and ends in each, and what is missing."""

from __future__ import annotations

from engine.runtime.lint import names
from engine.runtime.lint.findings import Report, Rule, error, warning
from engine.runtime.lint.model import Model, Node, Scope

MAX_DEPTH = 50
MAX_NODES = 20_000

RULES: dict[str, Rule] = {
    "no-process": error(
        "Tệp không có quy trình nào.",
        "The file holds no process.",
        'Vẽ một quy trình và đặt isExecutable="true".',
        'Draw a process and set isExecutable="true".',
    ),
    "no-executable-process": error(
        'Không có quy trình nào đặt isExecutable="true"; tệp này chỉ là hình vẽ.',
        'No process has isExecutable="true"; this file is only a picture.',
        "Đánh dấu “Executable” cho quy trình cần chạy.",
        "Tick “Executable” on the process that is to run.",
    ),
    "process-not-executable": warning(
        "Quy trình '{id}' không đặt isExecutable=\"true\" nên không chạy.",
        "Process '{id}' does not have isExecutable=\"true\", so it does not run.",
    ),
    "too-large": error(
        "Tệp có {count} nút; tối đa {limit}.",
        "The file has {count} nodes; the limit is {limit}.",
        "Tách thành nhiều quy trình và gọi nhau.",
        "Split it into several processes that call each other.",
    ),
    "too-deep": error(
        "'{id}' lồng sâu {depth} cấp; tối đa {limit}.",
        "'{id}' is nested {depth} levels deep; the limit is {limit}.",
        "Thay cấp sâu bằng một call activity.",
        "Replace the deep levels by a call activity.",
    ),
    "empty-process": error(
        "'{id}' không có bước nào.", "'{id}' holds no step.", "Vẽ ít nhất một bước.", "Draw a step."
    ),
    "no-start": error(
        "'{id}' không có sự kiện bắt đầu.",
        "'{id}' has no start event.",
        'Thêm một sự kiện bắt đầu (hoặc receive task, cổng theo sự kiện có instantiate="true").',
        'Add a start event (or a receive task or event gateway with instantiate="true").',
    ),
    "several-none-starts": error(
        "'{scope}' có {count} sự kiện bắt đầu không loại; chỉ được một.",
        "'{scope}' has {count} none start events; one is allowed.",
        "Gộp thành một sự kiện bắt đầu và một cổng.",
        "Merge them into one start event and a gateway.",
    ),
    "several-sub-starts": error(
        "Quy trình con '{scope}' có hơn một sự kiện bắt đầu.",
        "Sub-process '{scope}' has more than one start event.",
        "Giữ lại một sự kiện bắt đầu.",
        "Keep one start event.",
    ),
    "event-sub-process-none-start": error(
        "Sự kiện bắt đầu '{id}' của quy trình con theo sự kiện không nói chờ gì.",
        "Start event '{id}' of an event sub-process does not say what it waits for.",
        "Chọn loại: thông điệp, hẹn giờ, lỗi …",
        "Choose a kind: message, timer, error …",
    ),
    "event-sub-process-flow": error(
        "Quy trình con theo sự kiện '{id}' không được nối bằng luồng.",
        "Event sub-process '{id}' may not be connected by flows.",
        "Xóa luồng: sự kiện bắt đầu bên trong sẽ mở nó.",
        "Remove the flow: the start event inside opens it.",
    ),
    "ad-hoc-start-end": error(
        "Quy trình con tùy biến không có sự kiện bắt đầu hay kết thúc ('{id}').",
        "An ad hoc sub-process has no start or end events ('{id}').",
        "Xóa sự kiện này.",
        "Remove the event.",
    ),
    "no-end": warning(
        "'{id}' không có sự kiện kết thúc; nhánh kết thúc ở nút không có luồng ra.",
        "'{id}' has no end event; a path ends at a node without an outgoing flow.",
        "Vẽ sự kiện kết thúc để người đọc thấy kết quả.",
        "Draw an end event so that readers see the outcome.",
    ),
    "implicit-end": warning(
        "'{id}' không có luồng ra: nhánh kết thúc tại đây.",
        "'{id}' has no outgoing flow: the path ends here.",
        "Nếu cố ý, nối tới một sự kiện kết thúc.",
        "If that is meant, connect it to an end event.",
    ),
    "instantiate-with-incoming": error(
        "'{id}' mở quy trình (instantiate) nên không được có luồng vào.",
        "'{id}' starts the process (instantiate), so no flow may lead into it.",
        "Xóa luồng vào hoặc instantiate.",
        "Remove the incoming flow or instantiate.",
    ),
    "participant-process-missing": error(
        "Bể '{id}' nhắc tới quy trình '{process}' không có trong tệp.",
        "Pool '{id}' refers to process '{process}', which is not in the file.",
        "Sửa processRef hoặc để trống nếu bể chỉ là hộp đen.",
        "Mend processRef, or leave it out if the pool is a black box.",
    ),
    "transaction-as-event-sub-process": error(
        "'{id}': chỉ subProcess mới được là quy trình con theo sự kiện.",
        "'{id}': only a subProcess can be an event sub-process.",
    ),
}


def check(model: Model, report: Report) -> None:
    """Scopes from the outside in."""
    processes = model.processes
    runnable = [scope for scope in processes if names.flag(scope.element, "isExecutable", False)]
    if not processes:
        report.add("no-process", model.root)
    elif not runnable:
        report.add("no-executable-process", processes[0].element)
    else:
        for scope in processes:
            if scope not in runnable:
                report.add("process-not-executable", scope.element)
    count = sum(len(scope.nodes) for scope in model.scopes)
    if count > MAX_NODES:
        report.add("too-large", model.root, count=count, limit=MAX_NODES)
    for participant in model.root.iter(f"{{{names.BPMN}}}participant"):
        reference = participant.get("processRef")
        if reference and model.find(reference, "process") is None:
            report.add("participant-process-missing", participant, process=reference)
    for scope in model.scopes:
        if scope.executable:
            _scope(scope, report)


def instantiates(node: Node) -> bool:
    """Whether a receive task or event gateway opens the process."""
    return node.kind in ("receiveTask", "eventBasedGateway") and names.flag(
        node.element, "instantiate", False
    )


def _scope(scope: Scope, report: Report) -> None:
    if scope.depth > MAX_DEPTH:
        report.add("too-deep", scope.element, depth=scope.depth, limit=MAX_DEPTH)
        return
    if not scope.nodes:
        report.add("empty-process", scope.element)
        return
    if scope.kind == "adHocSubProcess":
        for node in scope.nodes:
            if node.kind in ("startEvent", "endEvent"):
                report.add("ad-hoc-start-end", node.element)
    else:
        _starts(scope, report)
        _ends(scope, report)
    for node in scope.nodes:
        _node(node, report)


def _starts(scope: Scope, report: Report) -> None:
    starts = [node for node in scope.nodes if node.kind == "startEvent"]
    others = [node for node in scope.nodes if instantiates(node)] if scope.parent is None else []
    if not starts and not others:
        report.add("no-start", scope.element)
    name = scope.element.get("id") or ""
    if scope.parent is not None and len(starts) > 1:
        report.add("several-sub-starts", starts[1].element, scope=name)
    plain = [node for node in starts if node.event == "none"]
    if scope.parent is None and len(plain) > 1:
        report.add("several-none-starts", plain[1].element, scope=name, count=len(plain))
    if scope.event_sub_process:
        for node in plain:
            report.add("event-sub-process-none-start", node.element)


def _ends(scope: Scope, report: Report) -> None:
    if not any(node.kind == "endEvent" for node in scope.nodes):
        report.add("no-end", scope.element)
        return
    for node in scope.nodes:
        if _dead_end(node):
            report.add("implicit-end", node.element)


def _dead_end(node: Node) -> bool:
    if node.outgoing or node.kind == "endEvent" or node.triggered or node.handler:
        return False
    return not (node.has("link") or node.has("compensation"))


def _node(node: Node, report: Report) -> None:
    if node.triggered and node.kind != "subProcess":
        report.add("transaction-as-event-sub-process", node.element)
    if node.triggered and (node.incoming or node.outgoing):
        report.add("event-sub-process-flow", node.element)
    if instantiates(node) and node.incoming:
        report.add("instantiate-with-incoming", node.element)
