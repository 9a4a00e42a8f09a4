"""The ``zeebe`` extensions: known, on the right element, complete."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from engine.runtime.lint import names
from engine.runtime.lint.findings import Report, Rule, error, warning
from engine.runtime.lint.model import Model
from engine.runtime.lint.zeebe_names import BINDINGS, BOOLEANS, EXTENSIONS, PARTS, Extension

RULES: dict[str, Rule] = {
    "zeebe-unknown": error(
        "Không biết phần mở rộng 'zeebe:{name}'.",
        "Extension 'zeebe:{name}' is not known.",
        "Kiểm tra chính tả hoặc xóa phần này.",
        "Check the spelling or remove it.",
    ),
    "zeebe-misplaced": error(
        "'zeebe:{name}' không có tác dụng trên '{host}'.",
        "'zeebe:{name}' has no meaning on '{host}'.",
        "Chuyển tới: {allowed}.",
        "It belongs on: {allowed}.",
    ),
    "zeebe-attribute-unknown": error(
        "'zeebe:{name}' không có thuộc tính '{attribute}'.",
        "'zeebe:{name}' has no attribute '{attribute}'.",
        "Kiểm tra chính tả hoặc xóa thuộc tính.",
        "Check the spelling or remove the attribute.",
    ),
    "zeebe-attribute-missing": error(
        "'zeebe:{name}' thiếu '{attribute}'.",
        "'zeebe:{name}' lacks '{attribute}'.",
        "Điền giá trị trong bảng thuộc tính của trình soạn thảo.",
        "Fill in the value in the editor's properties panel.",
    ),
    "zeebe-attribute-value": error(
        "Giá trị '{value}' của '{attribute}' không hợp lệ; cần {expected}.",
        "Value '{value}' of '{attribute}' is not valid; expected {expected}.",
    ),
    "zeebe-duplicate": error(
        "'zeebe:{name}' có hơn một lần trên '{id}'.",
        "'zeebe:{name}' stands more than once on '{id}'.",
        "Giữ lại một.",
        "Keep one.",
    ),
    "mapping-target": error(
        "Đích '{target}' của ánh xạ không phải là tên biến hợp lệ.",
        "Mapping target '{target}' is not a valid variable name.",
        "Dùng chữ, số và gạch dưới; cấp con viết bằng dấu chấm.",
        "Use letters, digits and underscores; write nested names with dots.",
    ),
    "mapping-source": error(
        "Ánh xạ tới '{target}' thiếu nguồn.",
        "The mapping to '{target}' has no source.",
        "Điền biểu thức nguồn.",
        "Fill in the source expression.",
    ),
    "version-tag-missing": error(
        "'zeebe:{name}' gắn theo versionTag nhưng không ghi versionTag.",
        "'zeebe:{name}' binds by versionTag but names none.",
    ),
    "binding-latest": warning(
        "'zeebe:{name}' dùng bản mới nhất: hồ sơ đang chạy có thể đổi quy tắc giữa chừng.",
        "'zeebe:{name}' binds to the latest version: rules may change while a dossier is open.",
        "Chọn bindingType 'deployment' hoặc 'versionTag'.",
        "Choose bindingType 'deployment' or 'versionTag'.",
    ),
    "form-missing": error(
        "'{id}' có zeebe:formDefinition nhưng không nói biểu mẫu nào.",
        "'{id}' has a zeebe:formDefinition that names no form.",
        "Điền formId.",
        "Fill in formId.",
    ),
}
_WORD = r"[^\W\d]\w*"
_TARGET = re.compile(rf"{_WORD}(\.{_WORD})*")


def check(model: Model, report: Report) -> None:
    """Every extension element of our namespace."""
    tag = f"{{{names.BPMN}}}extensionElements"
    for holder in model.root.iter(tag):
        host = holder.getparent()
        if host is None:
            continue
        ours = [
            (item, names.split(item.tag)[1])
            for item in holder
            if isinstance(item.tag, str) and names.split(item.tag)[0] == names.ZEEBE
        ]
        counts = Counter(local for _, local in ours)
        for item, local in ours:
            if counts[local] > 1:
                report.add("zeebe-duplicate", item, name=local)
            _extension(item, local, names.bpmn_name(host), report)


def _extension(item: etree._Element, local: str, host: str, report: Report) -> None:
    known = EXTENSIONS.get(local)
    if known is None:
        report.add("zeebe-unknown", item, name=local)
        return
    if known.hosts and host not in known.hosts:
        allowed = ", ".join(sorted(known.hosts))
        report.add("zeebe-misplaced", item, name=local, host=host, allowed=allowed)
    _attributes(item, local, known, report)
    for part in item:
        if isinstance(part.tag, str):
            _part(part, local, known, report)
    if local == "formDefinition" and not any(
        (item.get(name) or "").strip() for name in ("formId", "formKey", "externalReference")
    ):
        report.add("form-missing", item)


def _part(part: etree._Element, owner: str, known: Extension, report: Report) -> None:
    namespace, local = names.split(str(part.tag))
    if namespace != names.ZEEBE:
        return
    if local not in known.children:
        report.add("zeebe-misplaced", part, name=local, host=f"zeebe:{owner}", allowed="…")
        return
    _attributes(part, local, PARTS[local], report)
    if local in ("input", "output"):
        target = (part.get("target") or "").strip()
        if target and not _TARGET.fullmatch(target):
            report.add("mapping-target", part, target=target)
        if not (part.get("source") or "").strip():
            report.add("mapping-source", part, target=target)


def _attributes(item: etree._Element, local: str, known: Extension, report: Report) -> None:
    for raw, value in item.attrib.items():
        namespace, attribute = names.split(str(raw))
        if namespace:
            continue
        if attribute not in known.required | known.optional:
            report.add("zeebe-attribute-unknown", item, name=local, attribute=attribute)
        elif expected := _expected(attribute, str(value).strip()):
            report.add(
                "zeebe-attribute-value", item, attribute=attribute, value=value, expected=expected
            )
    for attribute in sorted(known.required):
        if not (item.get(attribute) or "").strip():
            report.add("zeebe-attribute-missing", item, name=local, attribute=attribute)
    _binding(item, local, known, report)


def _binding(item: etree._Element, local: str, known: Extension, report: Report) -> None:
    if "bindingType" not in known.optional or local == "linkedResource":
        return
    binding = item.get("bindingType", "latest")
    if binding == "versionTag" and not (item.get("versionTag") or "").strip():
        report.add("version-tag-missing", item, name=local)
    elif binding == "latest" and local != "formDefinition":
        report.add("binding-latest", item, name=local)


def _expected(attribute: str, value: str) -> str:
    if attribute == "bindingType":
        return "" if value in BINDINGS else " | ".join(sorted(BINDINGS))
    if attribute in BOOLEANS:
        return "" if value in ("true", "false") else "true | false"
    if attribute == "retries" and not value.startswith("="):
        return "" if value.isascii() and value.isdigit() else "0, 1, 2 …"
    if attribute == "priority" and not value.startswith("="):
        return "" if value.isascii() and value.isdigit() and int(value) <= 100 else "0 … 100"
    return ""
