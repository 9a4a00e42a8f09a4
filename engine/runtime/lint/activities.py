"""Tasks, calls and loops: each says what is to be done, by whom and how often."""

from __future__ import annotations

from engine.runtime.lint import names
from engine.runtime.lint.findings import Report, Rule, error, warning
from engine.runtime.lint.model import Model, Node

RULES: dict[str, Rule] = {
    "called-element-missing": error(
        "'{id}' không nói gọi quy trình nào.",
        "'{id}' does not say which process it calls.",
        "Điền zeebe:calledElement processId.",
        "Fill in zeebe:calledElement processId.",
    ),
    "called-process-itself": warning(
        "'{id}' gọi chính quy trình '{process}': coi chừng gọi mãi không dừng.",
        "'{id}' calls its own process '{process}': mind that it must end some time.",
    ),
    "decision-missing": error(
        "'{id}' không nói quyết định hay loại việc nào.",
        "'{id}' names neither a decision nor a job type.",
        "Điền zeebe:calledDecision decisionId hoặc zeebe:taskDefinition type.",
        "Fill in zeebe:calledDecision decisionId or zeebe:taskDefinition type.",
    ),
    "job-type-missing": error(
        "'{id}' không nói loại việc cho máy.",
        "'{id}' does not say which job it asks for.",
        "Điền zeebe:taskDefinition type.",
        "Fill in zeebe:taskDefinition type.",
    ),
    "send-without-message": error(
        "Công việc gửi '{id}' không nói gửi thông điệp nào.",
        "Send task '{id}' does not say which message it sends.",
        "Chọn một thông điệp hoặc điền zeebe:taskDefinition type.",
        "Choose a message or fill in zeebe:taskDefinition type.",
    ),
    "script-missing": error(
        "Công việc kịch bản '{id}' không có kịch bản.",
        "Script task '{id}' has no script.",
        "Điền zeebe:script expression và resultVariable.",
        "Fill in zeebe:script expression and resultVariable.",
    ),
    "script-format": error(
        "'{id}' viết bằng '{format}'; chỉ chạy FEEL.",
        "'{id}' is written in '{format}'; only FEEL is run.",
        "Viết lại bằng FEEL trong zeebe:script, hoặc dùng công việc dịch vụ.",
        "Write it in FEEL in zeebe:script, or use a service task.",
    ),
    "two-implementations": error(
        "'{id}' có cả '{first}' và '{second}'; chỉ một được chạy.",
        "'{id}' has both '{first}' and '{second}'; only one can run.",
        "Giữ lại một.",
        "Keep one.",
    ),
    "operation-ref": error(
        "'{id}' gọi dịch vụ web qua operationRef; hệ thống này không gọi theo cách đó.",
        "'{id}' calls a web service by operationRef, which is not done here.",
        "Dùng zeebe:taskDefinition.",
        "Use zeebe:taskDefinition.",
    ),
    "loop-without-count": error(
        "'{id}' lặp nhiều lượt nhưng không nói lặp theo danh sách nào hay mấy lần.",
        "'{id}' is multi-instance but says neither over which list nor how often.",
        "Điền inputCollection hoặc loopCardinality.",
        "Fill in inputCollection or loopCardinality.",
    ),
    "loop-output-incomplete": error(
        "'{id}': outputCollection và outputElement phải có cả hai.",
        "'{id}': outputCollection and outputElement need each other.",
    ),
    "loop-without-end": error(
        "Vòng lặp của '{id}' không có điều kiện và không có số lần tối đa.",
        "The loop of '{id}' has neither a condition nor a maximum.",
        "Điền loopCondition hoặc loopMaximum.",
        "Fill in loopCondition or loopMaximum.",
    ),
    "two-loops": error(
        "'{id}' vừa lặp chuẩn vừa nhiều lượt.",
        "'{id}' has both a standard loop and multi-instance.",
        "Giữ lại một.",
        "Keep one.",
    ),
    "ad-hoc-cancel": warning(
        "'{id}' không có completionCondition: kết thúc khi mọi việc bên trong đã xong.",
        "'{id}' has no completionCondition: it ends when everything started inside has ended.",
    ),
    "user-task-unassigned": warning(
        "'{id}' không nói ai làm: không phân công, không nhóm, không nằm trong làn.",
        "'{id}' does not say who does it: no assignee, no group, no lane.",
        "Đặt công việc vào một làn hoặc điền zeebe:assignmentDefinition.",
        "Put the task into a lane or fill in zeebe:assignmentDefinition.",
    ),
    "user-task-without-due": warning(
        "'{id}' không có hạn xử lý.",
        "'{id}' has no due date.",
        "Điền zeebe:taskSchedule dueDate hoặc gắn sự kiện hẹn giờ.",
        "Fill in zeebe:taskSchedule dueDate or attach a timer event.",
    ),
    "user-task-without-name": warning(
        "Công việc '{id}' không có tên; cán bộ sẽ thấy id.",
        "Task '{id}' has no name; clerks will see its id.",
        "Đặt tên cho công việc.",
        "Name the task.",
    ),
}
_FEEL_FORMATS = frozenset(("", "feel", "text/feel", "application/feel"))


def check(model: Model, report: Report) -> None:
    """Every activity of executable processes."""
    in_lanes = _in_lanes(model)
    for node in model.running_nodes():
        if node.element.get("operationRef") or _operation(node):
            report.add("operation-ref", node.element)
        if (rule := _CHECKS.get(node.kind)) is not None:
            rule(node, report)
        if node.kind == "userTask":
            _user_task(node, report, in_lanes)
        _loops(node, report)


def _operation(node: Node) -> bool:
    return any(names.children(item, "operationRef") for item in node.definitions)


def _call(node: Node, report: Report) -> None:
    extension = names.zeebe(node.element, "calledElement")
    called = (extension.get("processId") or "") if extension is not None else ""
    called = called.strip() or (node.element.get("calledElement") or "").strip()
    if not called:
        report.add("called-element-missing", node.element)
    top = node.scope
    while top.parent is not None:
        top = top.parent
    if called and called == top.element.get("id"):
        report.add("called-process-itself", node.element, process=called)


def _job(node: Node) -> bool:
    return names.zeebe(node.element, "taskDefinition") is not None


def _business_rule(node: Node, report: Report) -> None:
    decision = names.zeebe(node.element, "calledDecision") is not None
    if decision and _job(node):
        report.add(
            "two-implementations", node.element, first="calledDecision", second="taskDefinition"
        )
    if not decision and not _job(node):
        report.add("decision-missing", node.element)


def _service(node: Node, report: Report) -> None:
    if not _job(node):
        report.add("job-type-missing", node.element)


def _script(node: Node, report: Report) -> None:
    script = names.zeebe(node.element, "script") is not None
    if script and _standard_script(node):
        report.add("two-implementations", node.element, first="zeebe:script", second="script")
    if script and _job(node):
        report.add("two-implementations", node.element, first="script", second="taskDefinition")
    written = node.element.get("scriptFormat", "").strip().lower()
    if written not in _FEEL_FORMATS and not _job(node):
        report.add("script-format", node.element, format=written)
    elif not script and not _job(node) and not _standard_script(node):
        report.add("script-missing", node.element)


def _standard_script(node: Node) -> bool:
    return any(names.text_of(item) for item in names.children(node.element, "script"))


def _ad_hoc(node: Node, report: Report) -> None:
    if not names.children(node.element, "completionCondition"):
        report.add("ad-hoc-cancel", node.element)


def _send(node: Node, report: Report) -> None:
    message = bool((node.element.get("messageRef") or "").strip())
    if message and _job(node):
        report.add("two-implementations", node.element, first="messageRef", second="taskDefinition")
    elif not message and not _job(node):
        report.add("send-without-message", node.element)


_CHECKS = {
    "sendTask": _send,
    "callActivity": _call,
    "businessRuleTask": _business_rule,
    "serviceTask": _service,
    "scriptTask": _script,
    "adHocSubProcess": _ad_hoc,
}


def _user_task(node: Node, report: Report, in_lanes: set[str]) -> None:
    element = node.element
    if not (element.get("name") or "").strip():
        report.add("user-task-without-name", element)
    assignment = names.zeebe(element, "assignmentDefinition")
    roles = ("resourceRole", "performer", "humanPerformer", "potentialOwner")
    assigned = (
        (assignment is not None and any(value.strip() for value in assignment.attrib.values()))
        or any(names.children(element, role) for role in roles)
        or _lane_of(node, in_lanes)
    )
    if not assigned:
        report.add("user-task-unassigned", element)
    schedule = names.zeebe(element, "taskSchedule")
    due = schedule is not None and (schedule.get("dueDate") or "").strip()
    if not due and not any(item.has("timer") for item in node.boundaries):
        report.add("user-task-without-due", element)


def _lane_of(node: Node, in_lanes: set[str]) -> bool:
    """Whether the node or a sub-process around it stands in a lane."""
    current: Node | None = node
    while current is not None:
        if current.id in in_lanes:
            return True
        current = current.scope.node
    return False


def _in_lanes(model: Model) -> set[str]:
    tag = f"{{{names.BPMN}}}flowNodeRef"
    return {names.reference(item.text) for item in model.root.iter(tag)}


def _loops(node: Node, report: Report) -> None:
    multiple = names.children(node.element, "multiInstanceLoopCharacteristics")
    standard = names.children(node.element, "standardLoopCharacteristics")
    if (multiple and standard) or len(multiple) > 1 or len(standard) > 1:
        report.add("two-loops", node.element)
    for loop in standard:
        if not names.children(loop, "loopCondition") and not loop.get("loopMaximum"):
            report.add("loop-without-end", node.element)
    for loop in multiple:
        extension = names.zeebe(loop, "loopCharacteristics")
        values = dict(extension.attrib) if extension is not None else {}
        by_standard = any(
            names.children(loop, item) for item in ("loopCardinality", "loopDataInputRef")
        )
        if not by_standard and not str(values.get("inputCollection") or "").strip():
            report.add("loop-without-count", node.element)
        output = [bool(values.get(name)) for name in ("outputCollection", "outputElement")]
        if any(output) and not all(output):
            report.add("loop-output-incomplete", node.element)
