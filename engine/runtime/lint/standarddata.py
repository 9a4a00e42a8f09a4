"""BPMN's own data: associations that compute, and correlation by properties."""

from __future__ import annotations

import re

from lxml import etree

from engine.runtime import correlation, dataflow
from engine.runtime.lint import names
from engine.runtime.lint.findings import Report, Rule, error
from engine.runtime.lint.model import Model, Node, definition_kind

RULES: dict[str, Rule] = {
    "association-target": error(
        "Liên kết dữ liệu '{id}' ghi vào '{target}', không phải là tên biến hợp lệ.",
        "Data association '{id}' writes to '{target}', which is not a valid variable name.",
        "Cho đối tượng dữ liệu một id hoặc tên bằng chữ, số và gạch dưới.",
        "Give the data object an id or name of letters, digits and underscores.",
    ),
    "correlation-binding-missing": error(
        "'{id}' chờ thông điệp '{message}' theo khóa '{key}', nhưng quy trình không gắn đủ"
        " thuộc tính của khóa (correlationSubscription).",
        "'{id}' waits for message '{message}' by key '{key}', but the process does not bind"
        " all properties of the key (correlationSubscription).",
        "Thêm correlationPropertyBinding cho mỗi thuộc tính.",
        "Add a correlationPropertyBinding for each property.",
    ),
    "correlation-reference": error(
        "'{id}' nhắc tới '{value}' không có trong tệp.",
        "'{id}' refers to '{value}', which is not in the file.",
    ),
}
# Names of data objects are said in words, with blanks between them, as FEEL allows.
_TARGET = re.compile(r"[^\W\d][\w ]*(\.[^\W\d][\w ]*)*")


def check(model: Model, report: Report) -> None:
    """All associations and keys of what runs."""
    for element in model.running_elements():
        local = names.bpmn_name(element)
        if local in ("dataInputAssociation", "dataOutputAssociation"):
            for _, target in dataflow.moves(element):
                if not _TARGET.fullmatch(target):
                    report.add("association-target", element, target=target)
        elif local == "correlationPropertyRef":
            _refers(model, element, element.text, "correlationProperty", report)
        elif local == "correlationSubscription":
            _refers(model, element, element.get("correlationKeyRef"), "correlationKey", report)
    for node in model.running_nodes():
        _bound(model, node, report)


def _refers(
    model: Model, element: etree._Element, value: str | None, kind: str, report: Report
) -> None:
    if model.find(value, kind) is None:
        report.add("correlation-reference", element, value=(value or "").strip())


def _bound(model: Model, node: Node, report: Report) -> None:
    if node.kind == "startEvent" and node.scope.parent is None:
        return
    if node.kind == "receiveTask" and names.flag(node.element, "instantiate", False):
        return
    if node.kind not in ("receiveTask", "intermediateCatchEvent", "boundaryEvent", "startEvent"):
        return
    messages = [item for item in node.definitions if definition_kind(item) == "message"]
    for holder in (*messages, node.element):
        message = model.find(holder.get("messageRef"), "message")
        if message is None or names.zeebe(message, "subscription") is not None:
            continue
        applying = correlation.key_of(message)
        if applying is not None and not correlation.key_expression(node.element, message):
            report.add(
                "correlation-binding-missing",
                node.element,
                message=message.get("name"),
                key=applying[0].get("name") or applying[0].get("id"),
            )
