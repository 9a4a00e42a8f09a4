"""Elements, attributes and their values: nothing unknown, nothing in a wrong place."""

from __future__ import annotations

from lxml import etree

from engine.runtime.lint import names, schema
from engine.runtime.lint.findings import Report, Rule, error, warning
from engine.runtime.lint.model import NODES, Model

RULES: dict[str, Rule] = {
    "unknown-element": error(
        "'{element}' không phải là phần tử BPMN 2.0.",
        "'{element}' is not a BPMN 2.0 element.",
        "Kiểm tra chính tả hoặc vẽ lại phần tử trong trình soạn thảo.",
        "Check the spelling or draw the element again in the editor.",
    ),
    "misplaced-element": error(
        "'{element}' không được đặt bên trong '{parent}'.",
        "'{element}' may not stand inside '{parent}'.",
        "Chuyển phần tử tới nơi BPMN cho phép.",
        "Move it to a place where BPMN allows it.",
    ),
    "unknown-attribute": error(
        "'{element}' không có thuộc tính '{attribute}' trong BPMN 2.0.",
        "'{element}' has no attribute '{attribute}' in BPMN 2.0.",
        "Xóa thuộc tính này hoặc đặt nó vào không gian tên riêng.",
        "Remove it or put it into a namespace of its own.",
    ),
    "attribute-value": error(
        "Giá trị '{value}' của '{attribute}' không hợp lệ; cần {expected}.",
        "Value '{value}' of '{attribute}' is not valid; expected {expected}.",
        "Sửa giá trị thuộc tính.",
        "Mend the attribute's value.",
    ),
    "missing-id": error(
        "'{element}' không có thuộc tính id.",
        "'{element}' has no id.",
        "Đặt id cho phần tử: không có id thì không luồng nào nối tới được.",
        "Give it an id: without one no flow can lead to it.",
    ),
    "duplicate-id": error(
        "Id '{value}' được dùng hơn một lần (lần đầu ở dòng {first}).",
        "Id '{value}' is used more than once (first on line {first}).",
        "Mỗi phần tử cần một id riêng.",
        "Every element needs an id of its own.",
    ),
    "reserved-id": error(
        "Id '{value}' được dành riêng cho hệ thống.",
        "Id '{value}' is reserved for the engine.",
        "Đổi id, ví dụ '{value}_1'.",
        "Choose another id, such as '{value}_1'.",
    ),
    "stale-flow-reference": warning(
        "'{id}' nhắc tới luồng '{value}' không nối với nó; tham chiếu này bị bỏ qua.",
        "'{id}' names flow '{value}', which is not connected to it; the reference has no effect.",
        "Mở và lưu lại tệp bằng trình soạn thảo.",
        "Open the file in an editor and save it again.",
    ),
}

_RESERVED = frozenset(("Start", "End", "Root"))
_RESERVED_ENDINGS = (".EndJoin", ".BoundaryEventSplit", ".BoundaryEventJoin")


def check(model: Model, report: Report) -> None:
    """Walk the semantic part of the file once."""
    first_lines: dict[str, int] = {}
    stack = [model.root]
    while stack:
        element = stack.pop()
        local = names.bpmn_name(element)
        _identity(element, local, report, first_lines)
        if local in schema.OPAQUE or local == "extensionElements":
            continue
        _attributes(element, local, report)
        stack.extend(_children(element, local, report))
    _references(model, report)


def _children(element: etree._Element, local: str, report: Report) -> list[etree._Element]:
    shape = schema.SHAPES.get(local)
    found = []
    for child in reversed(list(element)):
        if not isinstance(child.tag, str):
            continue
        name = names.bpmn_name(child)
        if not name or name in schema.ANYWHERE:
            continue
        if not _known(name):
            report.add("unknown-element", child, element=name)
        elif shape is not None and name not in shape.children:
            report.add("misplaced-element", child, element=name, parent=local)
        else:
            found.append(child)
    return found


def _known(name: str) -> bool:
    return (
        name in schema.SHAPES
        or name in schema.OPAQUE
        or name in schema.LEAVES
        or name in schema.EXPRESSIONS
        or name.startswith("global")
    )


def _attributes(element: etree._Element, local: str, report: Report) -> None:
    shape = schema.SHAPES.get(local)
    for raw, value in element.attrib.items():
        namespace, attribute = names.split(str(raw))
        if namespace or attribute == "id":
            continue
        if shape is not None and attribute not in shape.attributes:
            report.add("unknown-attribute", element, element=local, attribute=attribute)
        elif expected := _expected(attribute, str(value).strip()):
            report.add(
                "attribute-value", element, attribute=attribute, value=value, expected=expected
            )


def _expected(attribute: str, value: str) -> str:
    if attribute in schema.BOOLEANS:
        return "" if value in ("true", "false", "1", "0") else "true | false"
    if attribute in schema.ENUMS:
        allowed = schema.ENUMS[attribute]
        return "" if value in allowed else " | ".join(sorted(allowed))
    if attribute in schema.POSITIVE:
        digits = value.removeprefix("+")
        return "" if digits.isascii() and digits.isdigit() and int(digits) > 0 else "1, 2, 3 …"
    return ""


def _identity(
    element: etree._Element, local: str, report: Report, first_lines: dict[str, int]
) -> None:
    value = element.get("id")
    if not value:
        if local in NODES or local == "process":
            report.add("missing-id", element, element=local)
        return
    if value in first_lines:
        report.add("duplicate-id", element, value=value, first=first_lines[value])
    first_lines.setdefault(value, element.sourceline or 0)
    if local in NODES and (value in _RESERVED or value.endswith(_RESERVED_ENDINGS)):
        report.add("reserved-id", element, value=value)


def _references(model: Model, report: Report) -> None:
    for node in model.all_nodes():
        for local, flows in (("incoming", node.incoming), ("outgoing", node.outgoing)):
            known = {flow.element.get("id") for flow in flows}
            for item in names.children(node.element, local):
                if (value := names.reference(item.text)) and value not in known:
                    report.add("stale-flow-reference", item, value=value)
