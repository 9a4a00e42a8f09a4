"""Extensions of other engines, refused by name with what to write here instead.

Attributes and elements of a namespace that no engine acts on (colours, layout,
modelling notes) are ignored with one warning per namespace.
"""

from __future__ import annotations

from lxml import etree

from engine.runtime.lint import names
from engine.runtime.lint.findings import Report, Rule, error, warning
from engine.runtime.lint.foreign_names import DRAWING, ENGINES, hint_for
from engine.runtime.lint.model import Model

RULES: dict[str, Rule] = {
    "foreign-engine": error(
        "'{name}' là phần mở rộng của {engine}; ở đây không chạy và không lặng lẽ bỏ qua.",
        "'{name}' is an extension of {engine}; it is not run here, and not dropped silently.",
        "{instead_vi}",
        "{instead_en}",
    ),
    "foreign-extension": warning(
        "Không gian tên '{namespace}' không được dùng khi chạy; nội dung của nó bị bỏ qua.",
        "Namespace '{namespace}' plays no part when the process runs; what it holds is ignored.",
        "Không cần làm gì nếu đó chỉ là ghi chú của công cụ vẽ.",
        "Nothing to do if these are only notes of the drawing tool.",
    ),
    "extension-must-be-understood": error(
        "Tệp đòi hiểu phần mở rộng '{definition}' (mustUnderstand); ở đây không hiểu nó.",
        "The file demands that extension '{definition}' be understood; it is not known here.",
        'Đặt mustUnderstand="false" nếu chỉ là ghi chú.',
        'Set mustUnderstand="false" if it holds notes only.',
    ),
    "no-namespace-element": error(
        "'{name}' không thuộc không gian tên nào; có lẽ tiền tố bpmn bị thiếu.",
        "'{name}' is in no namespace; a prefix is probably missing.",
        "Khai báo xmlns của BPMN 2.0 ở phần tử definitions.",
        "Declare the BPMN 2.0 namespace on the definitions element.",
    ),
    "other-bpmn-version": error(
        "'{name}' thuộc một phiên bản BPMN khác ('{namespace}').",
        "'{name}' belongs to another version of BPMN ('{namespace}').",
        "Xuất tệp theo BPMN 2.0.",
        "Export the file as BPMN 2.0.",
    ),
}


def check(model: Model, report: Report) -> None:
    """Look at every name that is not BPMN's, ours or the diagram's."""
    warned: set[str] = set()
    for extension in names.children(model.root, "extension"):
        if names.flag(extension, "mustUnderstand", False):
            definition = extension.get("definition", "?")
            report.add("extension-must-be-understood", extension, definition=definition)
    for element in model.root.iter(etree.Element):
        namespace, local = names.split(str(element.tag))
        if namespace != names.BPMN and not _inside_foreign(element):
            _judge(element, namespace, local, element.prefix, report, warned)
        if namespace in (names.BPMN, names.ZEEBE):
            for raw in element.attrib:
                space, attribute = names.split(str(raw))
                if space:
                    prefix = _prefix(element, space)
                    _judge(element, space, attribute, prefix, report, warned, attribute=True)


def _judge(
    element: etree._Element,
    namespace: str,
    local: str,
    prefix: str | None,
    report: Report,
    warned: set[str],
    *,
    attribute: bool = False,
) -> None:
    shown = f"{prefix}:{local}" if prefix else local
    if namespace in DRAWING:
        return
    if engine := ENGINES.get(namespace):
        instead_vi, instead_en = hint_for(local)
        report.add(
            "foreign-engine",
            element,
            name=shown,
            engine=engine,
            instead_vi=instead_vi,
            instead_en=instead_en,
        )
    elif not namespace and not attribute and not _in_documentation(element):
        report.add("no-namespace-element", element, name=local)
    elif "omg.org/spec/BPMN/" in namespace or "schema.omg.org/spec/BPMN" in namespace:
        report.add("other-bpmn-version", element, name=shown, namespace=namespace)
    elif namespace and namespace not in warned:
        warned.add(namespace)
        report.add("foreign-extension", element, namespace=namespace)


def _inside_foreign(element: etree._Element) -> bool:
    """Children of a foreign element were judged with their parent."""
    parent = element.getparent()
    if parent is None:
        return False
    space = names.split(str(parent.tag))[0]
    return space not in (names.BPMN, names.BPMNDI)


def _in_documentation(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and names.bpmn_name(parent) in ("documentation", "text")


def _prefix(element: etree._Element, namespace: str) -> str | None:
    return next((key for key, value in element.nsmap.items() if value == namespace), None)
