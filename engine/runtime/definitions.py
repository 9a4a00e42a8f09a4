"""Event definitions: SpiffWorkflow's classes and their equality, with our expressions.

``plan`` says what a catching token waits for (None: it is found by looking up
the owners, or never waited for). Spiff's ``has_fired`` and ``throw`` read the
wall clock and the path tree and are never called.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.conditional import ConditionalEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import (
    ErrorEventDefinition,
    EscalationEventDefinition,
    SignalEventDefinition,
)
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import (
    CancelEventDefinition,
    TerminateEventDefinition,
)
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition

from engine.runtime import jsontext, legaldates
from engine.runtime.expression import Expression, Feel
from engine.runtime.faults import Fault
from engine.runtime.timer import TimerKind, first_due
from engine.runtime.waits import Record, timer_record

if TYPE_CHECKING:
    from engine.runtime.token import Token


class Static:
    """A definition nobody waits for in a row of its own."""

    armed: ClassVar[bool] = False

    def plan(self, token: Token) -> Record | None:
        """Nothing to wait for."""
        return None


class Timer(TimerEventDefinition):
    """``timeDate``, ``timeDuration`` or ``timeCycle``."""

    armed: ClassVar[bool] = True

    def __init__(self, name: str, kind: TimerKind, value: Expression) -> None:
        super().__init__(name, value.text)
        self.kind: TimerKind = kind
        self.value = value

    def plan(self, token: Token) -> Record:
        """Due time by the step's clock."""
        value = self.value.evaluate(token)
        text = _text_of(value, self.value)
        env = token.workflow.env
        try:
            due = first_due(self.kind, text, env.now)
        except (ValueError, OverflowError) as error:
            raise Fault("EXTRACT_VALUE_ERROR", f"timer of '{self.name}': {error}") from None
        record = timer_record(due, text)
        made = env.legal_date(value) if self.kind == "date" else None
        return record if made is None else [*record, legaldates.kept(made)]


@dataclass(frozen=True, slots=True)
class Sent:
    """A message on its way."""

    name: str
    key: str
    message_id: str | None
    ttl_seconds: float


@dataclass(frozen=True, slots=True)
class Publish:
    """How a thrown message is published: id against doubles, how long it waits."""

    message_id: Expression | None = None
    ttl: Expression | None = None

    def id_for(self, token: Token) -> str | None:
        """The id, None without one."""
        found = None if self.message_id is None else self.message_id.evaluate(token)
        return jsontext.nfc(found) if isinstance(found, str) and found else None

    def seconds_for(self, token: Token) -> float:
        """How long it may wait for its receiver; an hour when nothing is said."""
        if self.ttl is None:
            return 3600.0
        now = token.workflow.env.now
        try:
            return (
                first_due("duration", _time_text(self.ttl, token), now).at - now
            ).total_seconds()
        except (ValueError, OverflowError) as error:
            raise Fault("EXTRACT_VALUE_ERROR", f"time to live: {error}") from None


class Message(MessageEventDefinition):
    """A message by name; ``correlation`` is asked of the one who waits, and of the thrower."""

    armed: ClassVar[bool] = True

    def __init__(
        self, value: Expression, correlation: Expression | None, publish: Publish | None = None
    ) -> None:
        super().__init__(value.text)
        self.value = value
        self.correlation = correlation
        self.publish = publish or Publish()

    def prepare(self, token: Token) -> Sent:
        """What is sent when it is thrown."""
        return Sent(
            name_of(self.value, token),
            self.key_for(token),
            self.publish.id_for(token),
            self.publish.seconds_for(token),
        )

    def plan(self, token: Token) -> Record:
        """Name and correlation key to wait for."""
        return ["m", name_of(self.value, token), self.key_for(token)]

    def key_for(self, token: Token) -> str:
        """The correlation key as text, empty when the message has none."""
        if self.correlation is None:
            return ""
        value = self.correlation.evaluate(token)
        if isinstance(value, str):
            return jsontext.nfc(value)
        if isinstance(value, Decimal):
            return format(value.normalize(), "f")
        raise Fault(
            "EXTRACT_VALUE_ERROR",
            f"correlation key '{self.correlation.text}' of message '{self.name}'"
            " must be a text or a number",
        )


class Signal(SignalEventDefinition):
    """A signal by name."""

    armed: ClassVar[bool] = True

    def __init__(self, value: Expression) -> None:
        super().__init__(value.text)
        self.value = value

    def plan(self, token: Token) -> Record:
        """Name to wait for."""
        return ["s", name_of(self.value, token)]

    def prepare(self, token: Token) -> str:
        """The name it is thrown with."""
        return name_of(self.value, token)


class Conditional(ConditionalEventDefinition):
    """Fires when its condition becomes true; null counts as not true."""

    armed: ClassVar[bool] = True

    def __init__(self, condition: Feel) -> None:
        super().__init__(condition.text)
        self.condition = condition

    def plan(self, token: Token) -> Record:
        """Not yet known to be true."""
        return ["c", False]

    def holds(self, token: Token) -> bool:
        """Is it true now?"""
        return self.condition.evaluate(token) is True


class Error(Static, ErrorEventDefinition):
    """An error by code; without a code it catches all."""

    def __init__(self, name: str, code: str | None, value: Expression | None = None) -> None:
        super().__init__(name, code)
        self.value = value

    def prepare(self, token: Token) -> Error:
        """What is thrown: its code may be FEEL."""
        return self if self.value is None else Error(self.name, code_of(self.value, token))


class Escalation(Static, EscalationEventDefinition):
    """An escalation by code; without a code it catches all."""

    def __init__(self, name: str, code: str | None, value: Expression | None = None) -> None:
        super().__init__(name, code)
        self.value = value

    def prepare(self, token: Token) -> Escalation:
        """What is thrown: its code may be FEEL."""
        return self if self.value is None else Escalation(self.name, code_of(self.value, token))


class Cancel(Static, CancelEventDefinition):
    """Cancels a transaction."""


class Terminate(Static, TerminateEventDefinition):
    """Ends its scope at once."""


class Compensation(Static, EventDefinition):
    """Undoes what was done: all of the scope, or one activity."""

    def __init__(self, activity: str | None = None, wait: bool = True) -> None:
        super().__init__(name="compensation")
        self.activity = activity
        self.wait = wait


class Link(Static, EventDefinition):
    """A way without a line, resolved at compilation."""


def name_of(value: Expression, token: Token) -> str:
    """A message's or signal's name, which may be FEEL."""
    name = value.evaluate(token)
    if isinstance(name, str) and name:
        return jsontext.nfc(name)
    raise Fault("EXTRACT_VALUE_ERROR", f"name '{value.text}' must be a text")


def code_of(value: Expression, token: Token) -> str:
    """An error's or escalation's code that is FEEL."""
    code = value.evaluate(token)
    if isinstance(code, str) and code:
        return jsontext.nfc(code)
    raise Fault("EXTRACT_VALUE_ERROR", f"code '{value.text}' must be a text")


def _time_text(source: Expression, token: Token) -> str:
    return _text_of(source.evaluate(token), source)


def _text_of(value: object, source: Expression) -> str:
    if not isinstance(value, str):
        value = jsontext.loads(jsontext.dumps(value))
    if isinstance(value, str):
        return value
    raise Fault("EXTRACT_VALUE_ERROR", f"'{source.text}' is neither a time nor a duration")
