"""The file as a whole: readable XML, and BPMN 2.0."""

from __future__ import annotations

from lxml import etree

from engine.errors import InvalidInput
from engine.ports.runtime import Finding
from engine.runtime.lint import names
from engine.runtime.lint.findings import Rule, error

RULES: dict[str, Rule] = {
    "xml-syntax": error(
        "Tệp không phải XML đúng cú pháp: {reason}.",
        "The file is not well-formed XML: {reason}.",
        "Xuất lại tệp từ trình soạn thảo BPMN.",
        "Export the file again from the BPMN editor.",
    ),
    "xml-doctype": error(
        "Tệp có DOCTYPE; DOCTYPE bị từ chối vì có thể nhúng thực thể nguy hiểm.",
        "The file has a DOCTYPE; it is refused because it may carry harmful entities.",
        "Xóa dòng <!DOCTYPE …>.",
        "Remove the <!DOCTYPE …> line.",
    ),
    "xml-too-large": error(
        "Tệp quá lớn: {reason}.",
        "The file is too large: {reason}.",
        "Tách thành nhiều tệp.",
        "Split it into several files.",
    ),
    "not-bpmn": error(
        "Tệp không phải BPMN 2.0: phần tử gốc không phải 'definitions' của BPMN 2.0.",
        "The file is not BPMN 2.0: its root is not BPMN 2.0's 'definitions'.",
        "Chọn tệp .bpmn xuất từ trình soạn thảo.",
        "Choose a .bpmn file exported from an editor.",
    ),
}


def is_bpmn(root: etree._Element) -> bool:
    """Whether the root is BPMN 2.0's ``definitions``."""
    return names.bpmn_name(root) == "definitions"


def refused(refusal: InvalidInput, name: str) -> tuple[Finding, ...]:
    """The parser's refusal as findings."""
    found = []
    for fault in refusal.faults:
        rule = RULES.get(fault.code, RULES["xml-syntax"])
        reason = fault.sentence.partition(": ")[2]
        line = fault.pointer.rpartition(":")[2]
        found.append(
            Finding(
                rule=fault.code if fault.code in RULES else "xml-syntax",
                severity="error",
                element_id="",
                line=int(line) if line.isdigit() else 0,
                message={
                    "vi": rule.vi.replace("{reason}", reason),
                    "en": rule.en.replace("{reason}", reason),
                },
                hint={"vi": rule.hint_vi, "en": rule.hint_en},
                resource=name,
            )
        )
    return tuple(found)
