"""Event definitions out of the XML: inline, or by reference to the file's root."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from engine.runtime import definitions as events
from engine.runtime import zeebe
from engine.runtime.correlation import key_expression
from engine.runtime.duration import parse_duration
from engine.runtime.expression import Static, feel_of, value_of
from engine.runtime.findings import Findings
from engine.runtime.timer import TimerKind, parse_cycle, parse_instant
from engine.runtime.zeebe import BPMN, local

if TYPE_CHECKING:
    from engine.runtime.parser import ModelReader

Xml = etree._Element
_TIMERS: tuple[tuple[TimerKind, str], ...] = (
    ("date", "timeDate"),
    ("duration", "timeDuration"),
    ("cycle", "timeCycle"),
)


class EventReader:
    """Reads the event definitions of one element after the other."""

    def __init__(self, model: ModelReader, findings: Findings) -> None:
        self._model = model
        self._findings = findings

    def all_of(self, xml: Xml) -> tuple[Any, ...]:
        """Definitions in document order; a task's ``messageRef`` counts as one."""
        found = [self._one(child, xml) for child in self._elements(xml)]
        if xml.get("messageRef"):
            found.append(self.message(xml, xml))
        return tuple(definition for definition in found if definition is not None)

    def thrown_by(self, xml: Xml, reference: str | None) -> Any:
        """The event definition a multi-instance refers to, to be thrown as it goes on."""
        if not reference:
            return None
        found = self._model.anywhere(local(reference))
        if found is None:
            self._missing(xml, "event definition")
            return None
        return self._one(found, xml)

    def message(self, xml: Xml, holder: Xml) -> events.Message | None:
        """The message an element or definition refers to, with its correlation key."""
        reference = xml.get("messageRef")
        message = self._model.by_id("message", reference) if reference else None
        if message is None:
            self._missing(xml, "message")
            return None
        name = message.get("name") or ""
        key = zeebe.attribute(message, "subscription", "correlationKey")
        own = zeebe.attribute(holder, "publishMessage", "correlationKey")
        parsed = self._findings.parsed
        publish = events.Publish(
            parsed(value_of, zeebe.attribute(holder, "publishMessage", "messageId"), holder),
            parsed(value_of, zeebe.attribute(holder, "publishMessage", "timeToLive"), holder),
        )
        return events.Message(
            parsed(value_of, name, message) or Static(name),
            parsed(value_of, own or key or key_expression(holder, message), message),
            publish,
        )

    def _elements(self, xml: Xml) -> list[Xml]:
        found = []
        for child in xml:
            if not isinstance(child.tag, str):
                continue
            if child.tag == f"{BPMN}eventDefinitionRef":
                referred = self._model.anywhere(local(child.text or ""))
                if referred is None:
                    self._missing(child, "event definition")
                else:
                    found.append(referred)
            elif child.tag.endswith("EventDefinition"):
                found.append(child)
        return found

    def _one(self, xml: Xml, holder: Xml) -> Any:
        kind = str(xml.tag).rpartition("}")[2].removesuffix("EventDefinition")
        read = getattr(self, f"_{kind}", None)
        if read is None:
            self._findings.error(
                "event-definition",
                xml,
                f"'{kind}' is no event definition this engine runs",
                f"loại sự kiện '{kind}' không được hỗ trợ",
            )
            return None
        return read(xml, holder)

    def _message(self, xml: Xml, holder: Xml) -> Any:
        return self.message(xml, holder)

    def _signal(self, xml: Xml, holder: Xml) -> Any:
        signal = self._model.by_id("signal", xml.get("signalRef") or "")
        if signal is None:
            return self._missing(xml, "signal")
        name = signal.get("name") or ""
        return events.Signal(self._findings.parsed(value_of, name, signal) or Static(name))

    def _error(self, xml: Xml, holder: Xml) -> Any:
        return self._coded(xml, "error", "errorCode", events.Error)

    def _escalation(self, xml: Xml, holder: Xml) -> Any:
        return self._coded(xml, "escalation", "escalationCode", events.Escalation)

    def _coded(self, xml: Xml, kind: str, attribute: str, cls: Any) -> Any:
        reference = xml.get(f"{kind}Ref")
        if not reference:
            return cls(kind, None)
        found = self._model.by_id(kind, reference)
        if found is None:
            return self._missing(xml, kind)
        code = found.get(attribute) or None
        value = self._findings.parsed(value_of, code, found) if (code or "")[:1] == "=" else None
        return cls(found.get("name") or kind, code, value)

    def _conditional(self, xml: Xml, holder: Xml) -> Any:
        text = "".join(xml.xpath("./*[local-name()='condition']//text()"))
        condition = self._findings.parsed(feel_of, text, xml)
        if condition is None:
            self._findings.error(
                "condition-missing",
                xml,
                "a conditional event needs a condition",
                "sự kiện điều kiện phải có điều kiện",
            )
            return None
        return events.Conditional(condition)

    def _timer(self, xml: Xml, holder: Xml) -> Any:
        for kind, tag in _TIMERS:
            text = (xml.findtext(f"{BPMN}{tag}") or "").strip()
            if text:
                value = self._findings.parsed(value_of, text, xml) or Static("")
                if isinstance(value, Static) and value.text:
                    self._check_time(kind, text, xml)
                return events.Timer(holder.get("id") or "timer", kind, value)
        self._findings.error(
            "timer-missing",
            xml,
            "a timer needs a date, a duration or a cycle",
            "bộ hẹn giờ phải có ngày giờ, thời hạn hoặc chu kỳ",
        )
        return None

    def _check_time(self, kind: TimerKind, text: str, xml: Xml) -> None:
        check = {"date": parse_instant, "duration": parse_duration, "cycle": parse_cycle}[kind]
        try:
            check(text)
        except (ValueError, OverflowError) as error:
            self._findings.error(
                "timer-syntax",
                xml,
                f"the timer cannot be read: {error}",
                f"không đọc được bộ hẹn giờ: {error}",
            )

    def _compensate(self, xml: Xml, holder: Xml) -> Any:
        activity = xml.get("activityRef")
        wait = zeebe.flag(xml, "waitForCompletion", True)
        return events.Compensation(local(activity) if activity else None, wait)

    def _cancel(self, xml: Xml, holder: Xml) -> Any:
        return events.Cancel()

    def _terminate(self, xml: Xml, holder: Xml) -> Any:
        return events.Terminate()

    def _link(self, xml: Xml, holder: Xml) -> Any:
        link = events.Link(name="link")
        link.name = xml.get("name") or ""
        return link

    def _missing(self, xml: Xml, kind: str) -> None:
        self._findings.error(
            "reference-missing",
            xml,
            f"the {kind} referred to does not exist in this file",
            f"không tìm thấy {kind} được tham chiếu trong tệp này",
        )
