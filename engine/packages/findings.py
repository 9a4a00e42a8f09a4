"""Findings about packages, in Vietnamese and English, as the BPMN validator makes them."""

from __future__ import annotations

from typing import Literal

from engine.errors import Fault
from engine.packages.yaml import FileFault
from engine.ports.runtime import Finding


def finding(
    rule: str,
    severity: Literal["error", "warning"],
    vi: str,
    en: str,
    *,
    element: str = "",
    line: int = 0,
    resource: str = "",
) -> Finding:
    """One finding."""
    return Finding(
        rule=rule,
        severity=severity,
        element_id=element,
        line=line,
        message={"vi": vi, "en": en},
        resource=resource,
    )


def error(
    rule: str, vi: str, en: str, *, element: str = "", line: int = 0, resource: str = ""
) -> Finding:
    """A finding that refuses the package."""
    return finding(rule, "error", vi, en, element=element, line=line, resource=resource)


def warning(
    rule: str, vi: str, en: str, *, element: str = "", line: int = 0, resource: str = ""
) -> Finding:
    """A finding the analyst should know."""
    return finding(rule, "warning", vi, en, element=element, line=line, resource=resource)


def from_fault(rule: str, fault: Fault, resource: str = "") -> Finding:
    """A reader's fault as a finding."""
    if isinstance(fault, FileFault):
        texts = fault.texts
        return error(rule, texts["vi"], texts["en"], line=fault.line, resource=fault.resource)
    return error(rule, fault.sentence, fault.sentence, resource=resource)
