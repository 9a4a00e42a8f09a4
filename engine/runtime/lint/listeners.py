"""Listeners: only events and places where their jobs are really asked for."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.runtime.lint import names
from engine.runtime.lint.findings import Report, Rule, error
from engine.runtime.lint.model import ACTIVITIES, GATEWAYS, NODES, Model

RULES: dict[str, Rule] = {
    "listener-event": error(
        "Bộ nghe không biết sự kiện '{event}'; dùng {allowed}.",
        "A listener knows no event '{event}'; use {allowed}.",
    ),
    "listener-event-not-run": error(
        "Bộ nghe công việc chưa chạy được cho sự kiện '{event}'; chỉ có creating và completing.",
        "Task listeners are not run for '{event}'; only for creating and completing.",
        "Chuyển việc này sang creating, completing hoặc một công việc dịch vụ.",
        "Move the work to creating, completing or a service task.",
    ),
    "listener-not-here": error(
        "'{host}' không gọi bộ nghe '{event}'.",
        "'{host}' asks no '{event}' listener.",
        "Đặt bộ nghe ở phần tử đứng trước hoặc sau.",
        "Put the listener on the element before or after it.",
    ),
    "listener-duplicate": error(
        "'{id}' có hơn một bộ nghe '{event}' cùng loại '{type}'.",
        "'{id}' has more than one '{event}' listener of type '{type}'.",
        "Giữ lại một.",
        "Keep one.",
    ),
}
_TASK_EVENTS = ("creating", "assigning", "updating", "completing", "canceling")
_TASK_RUNS = frozenset(("creating", "completing"))
_ENDS_AT_ONCE = ("errorEventDefinition", "terminateEventDefinition", "cancelEventDefinition")
_NO_START = frozenset(("startEvent", "boundaryEvent"))


def check(model: Model, report: Report) -> None:
    """Every listener of the file."""
    for host in model.root.iter(f"{{{names.BPMN}}}*"):
        seen: set[tuple[str, str, str]] = set()
        for listener in _listeners(host):
            kind = names.split(str(listener.tag))[1]
            event = (listener.get("eventType") or "").strip()
            type = (listener.get("type") or "").strip()
            if kind == "taskListener":
                _task_event(listener, event, report)
            elif event not in ("start", "end"):
                if event:
                    report.add("listener-event", listener, event=event, allowed="start, end")
            elif not _asked(host, event):
                report.add("listener-not-here", host, host=names.bpmn_name(host), event=event)
            if type and (kind, event, type) in seen:
                report.add("listener-duplicate", host, event=event, type=type)
            seen.add((kind, event, type))


def _listeners(host: etree._Element) -> Iterator[etree._Element]:
    for extension in names.extensions(host):
        if names.split(str(extension.tag)) in (
            (names.ZEEBE, "executionListeners"),
            (names.ZEEBE, "taskListeners"),
        ):
            yield from (part for part in extension if isinstance(part.tag, str))


def _task_event(listener: etree._Element, event: str, report: Report) -> None:
    if not event or event in _TASK_RUNS:
        return
    if event in _TASK_EVENTS:
        report.add("listener-event-not-run", listener, event=event)
    else:
        report.add("listener-event", listener, event=event, allowed="creating, completing")


def _asked(host: etree._Element, event: str) -> bool:
    kind = names.bpmn_name(host)
    if kind == "process" or kind in ACTIVITIES:
        return True
    if kind not in NODES or _compensates(host):
        return False
    if event == "start":
        return kind not in _NO_START
    # The scope is left while such an end event works; nobody would come back for its listener.
    ends = kind == "endEvent" and any(names.children(host, each) for each in _ENDS_AT_ONCE)
    return kind not in GATEWAYS and not ends


def _compensates(host: etree._Element) -> bool:
    is_boundary = names.bpmn_name(host) == "boundaryEvent"
    return is_boundary and bool(names.children(host, "compensateEventDefinition"))
