"""The validator: says of a BPMN file what does not run here, where and how to mend it.

It works on the raw XML and never raises for a bad file: everything is a
``Finding``. A file with an error is refused at deployment; nothing of it is
silently ignored.
"""

from __future__ import annotations

from engine import xml
from engine.errors import InvalidInput
from engine.ports.runtime import Finding
from engine.runtime import globaltasks
from engine.runtime.lint import (
    activities,
    boundary,
    compensation,
    constructs,
    diagram,
    expressions,
    files,
    flows,
    foreign,
    gateways,
    listeners,
    model,
    reach,
    references,
    scopes,
    soundness,
    standarddata,
    structure,
    zeebe,
)
from engine.runtime.lint.findings import Report, Rule

_STRUCTURE = (foreign, structure, zeebe)
_MEANING = (
    scopes,
    constructs,
    flows,
    references,
    standarddata,
    boundary,
    compensation,
    activities,
    gateways,
    listeners,
    expressions,
    reach,
    diagram,
)
RULES: dict[str, Rule] = {
    rule: text
    for module in (files, *_STRUCTURE, *_MEANING, soundness)
    for rule, text in module.RULES.items()
}


def check(source: bytes, name: str) -> tuple[Finding, ...]:
    """All findings about a file, errors and warnings, by line."""
    try:
        root = xml.parse(source, name)
    except InvalidInput as refusal:
        return files.refused(refusal, name)
    report = Report(name, RULES)
    if not files.is_bpmn(root):
        report.add("not-bpmn", root)
        return report.result()
    globaltasks.expand(root)
    read = model.build(root)
    for module in _STRUCTURE:
        module.check(read, report)
    if report.has("too-large"):
        return report.result()
    for later in _MEANING:
        later.check(read, report)
    if not report.failed:
        # Only a graph without faults is worth analysing for stalls.
        soundness.check(read, report)
    return report.result()
