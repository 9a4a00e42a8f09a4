"""Sequence flows: both ends exist, in one scope, at nodes that may have them."""

from __future__ import annotations

from engine.runtime.lint import names
from engine.runtime.lint.findings import Report, Rule, error, warning
from engine.runtime.lint.model import Flow, Model, Node

RULES: dict[str, Rule] = {
    "flow-source-missing": error(
        "Luồng '{id}' xuất phát từ '{value}', không có nút nào như vậy trong tệp.",
        "Flow '{id}' comes from '{value}'; there is no such node in the file.",
        "Nối lại đầu luồng hoặc xóa luồng.",
        "Connect the flow again or remove it.",
    ),
    "flow-target-missing": error(
        "Luồng '{id}' dẫn tới '{value}', không có nút nào như vậy trong tệp.",
        "Flow '{id}' leads to '{value}'; there is no such node in the file.",
        "Nối lại cuối luồng hoặc xóa luồng.",
        "Connect the flow again or remove it.",
    ),
    "flow-crosses-scope": error(
        "Luồng '{id}' từ '{source}' tới '{target}' vượt ranh giới quy trình (con).",
        "Flow '{id}' from '{source}' to '{target}' crosses the border of a (sub-)process.",
        "Giữa các bể dùng luồng thông điệp; trong quy trình con, nối tại biên của nó.",
        "Between pools use a message flow; connect a sub-process at its border.",
    ),
    "flow-into-start": error(
        "Luồng '{flow}' dẫn vào sự kiện bắt đầu '{id}'.",
        "Flow '{flow}' leads into start event '{id}'.",
        "Nối luồng tới nút sau sự kiện bắt đầu.",
        "Connect the flow to the node after the start event.",
    ),
    "flow-out-of-end": error(
        "Luồng '{flow}' đi ra từ sự kiện kết thúc '{id}'.",
        "Flow '{flow}' leaves end event '{id}'.",
        "Dùng sự kiện phát giữa chừng nếu còn bước sau.",
        "Use an intermediate throw event if more steps follow.",
    ),
    "flow-into-boundary": error(
        "Luồng '{flow}' dẫn vào sự kiện biên '{id}'.",
        "Flow '{flow}' leads into boundary event '{id}'.",
        "Sự kiện biên chỉ có luồng ra.",
        "A boundary event has outgoing flows only.",
    ),
    "start-without-flow": error(
        "Sự kiện bắt đầu '{id}' không dẫn tới đâu.",
        "Start event '{id}' leads nowhere.",
        "Nối nó tới bước đầu tiên.",
        "Connect it to the first step.",
    ),
    "gateway-without-flow": error(
        "Cổng '{id}' không có luồng ra.",
        "Gateway '{id}' has no outgoing flow.",
        "Nối cổng tới bước tiếp theo.",
        "Connect it to the next step.",
    ),
    "default-missing": error(
        "Luồng mặc định '{value}' của '{id}' không phải là luồng ra của nó.",
        "Default flow '{value}' of '{id}' is not one of its outgoing flows.",
        "Chọn lại luồng mặc định.",
        "Choose the default flow again.",
    ),
    "default-with-condition": error(
        "Luồng mặc định '{flow}' của '{id}' có điều kiện.",
        "Default flow '{flow}' of '{id}' has a condition.",
        "Xóa điều kiện: luồng mặc định chỉ chạy khi không luồng nào khác đúng.",
        "Remove the condition: the default is taken when no other flow is.",
    ),
    "flow-without-condition": error(
        "'{id}' có nhiều nhánh nhưng luồng '{flow}' không có điều kiện và không phải mặc định.",
        "'{id}' branches, but flow '{flow}' has no condition and is not the default.",
        "Điền điều kiện cho luồng hoặc đặt nó làm mặc định.",
        "Give the flow a condition or make it the default.",
    ),
    "no-default-flow": warning(
        "'{id}' không có luồng mặc định: nếu không điều kiện nào đúng sẽ phát sinh sự cố.",
        "'{id}' has no default flow: if no condition is true, an incident is raised.",
        "Đặt một luồng làm mặc định.",
        "Make one flow the default.",
    ),
    "condition-ignored": error(
        "Điều kiện trên luồng '{flow}' không có nghĩa sau '{id}' ({kind}).",
        "The condition on flow '{flow}' has no meaning after '{id}' ({kind}).",
        "Dùng cổng loại trừ hoặc bao gồm, hoặc xóa điều kiện.",
        "Use an exclusive or inclusive gateway, or remove the condition.",
    ),
}
_UNCONDITIONAL = frozenset(("parallelGateway", "eventBasedGateway", "startEvent"))


def check(model: Model, report: Report) -> None:
    """All flows and the flow ends of all nodes of executable processes."""
    for scope in model.scopes:
        if scope.executable:
            for flow in scope.flows:
                _flow(flow, report)
    for node in model.running_nodes():
        _ends(node, report)
        _default(node, report)
        _conditions(node, report)


def flow_name(flow: Flow) -> str:
    """The flow's id, or its two ends when it has none."""
    element = flow.element
    ends = f"{element.get('sourceRef', '?')} → {element.get('targetRef', '?')}"
    return element.get("id") or ends


def _flow(flow: Flow, report: Report) -> None:
    element = flow.element
    source, target = element.get("sourceRef", ""), element.get("targetRef", "")
    if flow.source is None:
        report.add("flow-source-missing", element, value=source)
    if flow.target is None:
        report.add("flow-target-missing", element, value=target)
    if flow.source is None or flow.target is None:
        return
    if flow.source.scope is not flow.target.scope:
        report.add("flow-crosses-scope", element, source=source, target=target)


def _ends(node: Node, report: Report) -> None:
    if node.incoming and node.kind == "startEvent":
        report.add("flow-into-start", node.element, flow=flow_name(node.incoming[0]))
    if node.incoming and node.kind == "boundaryEvent":
        report.add("flow-into-boundary", node.element, flow=flow_name(node.incoming[0]))
    if node.outgoing and node.kind == "endEvent":
        report.add("flow-out-of-end", node.element, flow=flow_name(node.outgoing[0]))
    if not node.outgoing and node.kind == "startEvent":
        report.add("start-without-flow", node.element)
    if not node.outgoing and node.kind in ("exclusiveGateway", "inclusiveGateway"):
        report.add("gateway-without-flow", node.element)


def _default(node: Node, report: Report) -> None:
    default = (node.element.get("default") or "").strip()
    if not default:
        return
    flow = default_flow(node)
    if flow is None:
        report.add("default-missing", node.element, value=default)
    elif flow.condition is not None:
        report.add("default-with-condition", node.element, flow=flow_name(flow))


def default_flow(node: Node) -> Flow | None:
    """The outgoing flow its ``default`` names."""
    wanted = names.reference(node.element.get("default"))
    return next((flow for flow in node.outgoing if flow.element.get("id") == wanted), None)


def _conditions(node: Node, report: Report) -> None:
    default = default_flow(node)
    conditional = [flow for flow in node.outgoing if flow.condition is not None]
    if node.kind in _UNCONDITIONAL:
        for flow in conditional:
            report.add("condition-ignored", node.element, flow=flow_name(flow), kind=node.kind)
    if node.kind not in ("exclusiveGateway", "inclusiveGateway", "complexGateway"):
        return
    if len(node.outgoing) < 2:
        return
    for flow in node.outgoing:
        plain = flow.condition is None and flow is not default
        if plain and node.kind == "exclusiveGateway":
            report.add("flow-without-condition", node.element, flow=flow_name(flow))
    if default is None and len(conditional) == len(node.outgoing):
        report.add("no-default-flow", node.element)
