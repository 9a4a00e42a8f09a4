"""What a deployment tells the analyst of models it accepts: BPMN and DMN in one shape."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from engine.dmn import Finding as DecisionFinding
from engine.dmn import Model
from engine.ports.runtime import Compiled

# DMN findings speak English; the kinds an analyst meets are said in Vietnamese here.
_VIETNAMESE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "rules-overlap": "các luật {rules} cùng khớp khi {example};"
        " bảng UNIQUE không có kết quả ở đó",
        "rules-gap": "không luật nào khớp khi {example}; kết quả ở đó là null",
        "no-logic": "phần tử chỉ được vẽ, không có nội dung: kết quả là null",
        "no-output": "dịch vụ quyết định không có quyết định đầu ra: không trả về gì",
        "external-function": "hàm ngoài FEEL không được chạy: lời gọi cho null; hãy viết bằng FEEL",
        "not-required": "dùng một tên mà không vẽ yêu cầu tới nó; không vẽ thì giá trị là null",
    }
)


def warnings_of(
    processes: Mapping[str, Compiled], decisions: Mapping[str, Model]
) -> list[dict[str, object]]:
    """Findings by file that did not refuse the deployment."""
    found: list[dict[str, object]] = [
        {
            "rule": finding.rule,
            "element_id": finding.element_id,
            "line": finding.line,
            "resource": finding.resource,
            "message": dict(finding.message),
        }
        for compiled in processes.values()
        for finding in compiled.warnings
    ]
    return found + [
        _decision_warning(name, finding)
        for name, model in decisions.items()
        for finding in model.findings
    ]


def _decision_warning(resource: str, finding: DecisionFinding) -> dict[str, object]:
    message = {"en": finding.sentence}
    if finding.code in _VIETNAMESE:
        example = ", ".join(f"{label} = {value}" for label, value in finding.example.items())
        message["vi"] = _VIETNAMESE[finding.code].format(
            rules=", ".join(map(str, finding.rules)), example=example or "đầu vào bất kỳ"
        )
    return {
        "rule": finding.code,
        "element_id": finding.where.element,
        "line": finding.where.line,
        "resource": resource,
        "message": message,
    }
