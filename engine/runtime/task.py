"""Tasks: user, job (service, send, business rule), script, decision, receive.

A user task and a job wait for ``submit``. A script is one FEEL expression. A
decision is asked of the environment. A receive task waits for its message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from engine.domain.events import JobCanceled, JobCreated, TaskCanceled, TaskCreated
from engine.errors import InvalidInput
from engine.ports.runtime import Binding
from engine.runtime import jsontext, waits
from engine.runtime.activity import Activity
from engine.runtime.corrections import corrected
from engine.runtime.expression import Expression, Feel
from engine.runtime.faults import Fault
from engine.runtime.legaldates import legal_clock
from engine.runtime.node import LEAVE
from engine.runtime.timer import parse_instant

if TYPE_CHECKING:
    from engine.runtime.token import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Who should do a user task, until when, with which form."""

    assignee: Expression | None = None
    candidate_groups: Expression | None = None
    candidate_users: Expression | None = None
    due: Expression | None = None
    follow_up: Expression | None = None
    priority: Expression | None = None
    form_id: Expression | None = None
    form_binding: Binding = "latest"
    form_version_tag: str | None = None
    external_form: Expression | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class UserTask(Activity):
    """Waits until somebody completes it."""

    element_type: ClassVar[str] = "USER_TASK"

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.work = Work()

    def act(self, token: Token) -> bool:
        work, env = self.work, token.workflow.env
        due = None if work.due is None else work.due.evaluate(token)
        event = TaskCreated(
            key=env.next_key(),
            instance=token.instance_ref,
            element_key=token.id,
            element_id=self.bpmn_id,
            name=self.bpmn_name,
            assignee=_text(work.assignee, token, "assignee"),
            candidate_groups=_texts(work.candidate_groups, token, "candidateGroups"),
            candidate_users=_texts(work.candidate_users, token, "candidateUsers"),
            due_at=_instant_of(due, "dueDate"),
            follow_up_at=_instant(work.follow_up, token, "followUpDate"),
            priority=_whole(work.priority, token, "priority", 50),
            form_id=_text(work.form_id, token, "formId"),
            form_binding=work.form_binding,
            form_version_tag=work.form_version_tag,
            external_form=_text(work.external_form, token, "externalReference"),
            headers=dict(work.headers),
        )
        fixed = token.internal_data.get("fix")
        event = corrected(event, fixed) if fixed else event
        token.workflow.journal.events.append(event)
        made = env.legal_date(due)
        # A date corrected by hand is no legal one any more.
        if made is not None and event.due_at == made.due_at:
            clock = legal_clock(token, made, "task", None, event.key)
            token.workflow.journal.events.append(clock)
        return False

    def takes_result(self, token: Token) -> bool:
        return not self.is_body(token)

    def gone(self, token: Token) -> None:
        if token.waits_outside and not self.is_body(token):
            token.workflow.journal.events.append(TaskCanceled(element_key=token.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work for a worker outside."""

    type: Expression
    retries: Expression | None = None
    priority: Expression | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def create(
        self, token: Token, *, kind: str = "BPMN_ELEMENT", listener_event: str = "UNSPECIFIED"
    ) -> None:
        """Ask for the work; ``Fault`` when type or retries have no value."""
        type = _text(self.type, token, "type")
        if not type:
            raise Fault("EXTRACT_VALUE_ERROR", f"job type '{self.type.text}' must be a text")
        env = token.workflow.env
        event = JobCreated(
            key=env.next_key(),
            instance=token.instance_ref,
            element_key=token.id,
            element_id=token.task_spec.bpmn_id,
            type=type,
            kind=kind,
            listener_event=listener_event,
            retries=_whole(self.retries, token, "retries", 3),
            priority=_whole(self.priority, token, "priority", 0),
            headers=dict(self.headers),
        )
        token.workflow.journal.events.append(event)

    @staticmethod
    def cancel(token: Token) -> None:
        """Nobody needs the work any more."""
        token.workflow.journal.events.append(JobCanceled(element_key=token.id))


class JobTask(Activity):
    """Service, send, business rule or script task done by a job worker."""

    element_type: ClassVar[str] = "SERVICE_TASK"

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.job: Job | None = None

    def act(self, token: Token) -> bool:
        if self.job is None:
            return True
        self.job.create(token)
        return False

    def takes_result(self, token: Token) -> bool:
        return self.job is not None and not self.is_body(token)

    def gone(self, token: Token) -> None:
        if self.job is not None and token.waits_outside and not self.is_body(token):
            Job.cancel(token)


class ServiceTask(JobTask):
    """A job."""

    element_type: ClassVar[str] = "SERVICE_TASK"


class ScriptTask(JobTask):
    """One FEEL expression; its result goes to a variable, a bare context spreads."""

    element_type: ClassVar[str] = "SCRIPT_TASK"

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.script: Feel | None = None
        self.result: str | None = None

    def act(self, token: Token) -> bool:
        if self.job is not None or self.script is None:
            return super().act(token)
        value = self.script.evaluate(token)
        if self.result is not None:
            _deliver(self, token, {self.result: value})
        elif isinstance(value, Mapping):
            _deliver(self, token, value)
        return True


class BusinessRuleTask(JobTask):
    """A called decision, or a job."""

    element_type: ClassVar[str] = "BUSINESS_RULE_TASK"

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.decision: Expression | None = None
        self.binding: Binding = "latest"
        self.version_tag: str | None = None
        self.result = "result"

    def act(self, token: Token) -> bool:
        if self.decision is None:
            return super().act(token)
        decision_id = _text(self.decision, token, "decisionId")
        if not decision_id:
            raise Fault("DECISION_EVALUATION_ERROR", "the decision's id must be a text")
        outcome = token.workflow.env.decide(
            decision_id,
            self.binding,
            self.version_tag,
            token.instance_ref.definition,
            token.data,
        )
        if outcome.event is not None:
            token.workflow.journal.decided(token, outcome.event)
        if outcome.failure is not None:
            raise Fault("DECISION_EVALUATION_ERROR", outcome.failure)
        _deliver(self, token, {self.result: outcome.value})
        return True


class ReceiveTask(Activity):
    """Waits for one message; without a message it passes on."""

    element_type: ClassVar[str] = "RECEIVE_TASK"
    instantiate = False

    def act(self, token: Token) -> bool:
        if not self.definitions:
            return True
        waits.open_all(token, waits.plan(token, self.definitions))
        return False

    def triggered(self, token: Token, index: int, payload: Mapping[str, object]) -> None:
        waits.came(token, index)
        self.deliver(token, payload)
        token.wake(LEAVE)


def _deliver(node: Activity, token: Token, payload: Mapping[str, object]) -> None:
    try:
        node.deliver(token, payload)
    except InvalidInput as error:
        raise Fault(
            "EXTRACT_VALUE_ERROR", f"result of '{node.bpmn_id}': {error.sentence}"
        ) from None


def _text(value: Expression | None, token: Token, what: str) -> str | None:
    found = None if value is None else value.evaluate(token)
    if found is None or isinstance(found, str):
        return jsontext.nfc(found) if found else None
    if isinstance(found, Decimal):
        return format(found, "f")
    raise _unfit(value, what, "a text")


def _texts(value: Expression | None, token: Token, what: str) -> tuple[str, ...]:
    found = None if value is None else value.evaluate(token)
    if found is None:
        return ()
    if isinstance(found, str):
        found = found.split(",")
    if isinstance(found, list) and all(isinstance(item, str) for item in found):
        return tuple(jsontext.nfc(item.strip()) for item in found if item.strip())
    raise _unfit(value, what, "a list of texts")


def _instant(value: Expression | None, token: Token, what: str) -> datetime | None:
    return _instant_of(None if value is None else value.evaluate(token), what)


def _instant_of(found: object, what: str) -> datetime | None:
    if found is None:
        return None
    text = found if isinstance(found, str) else jsontext.loads(jsontext.dumps(found))
    try:
        return parse_instant(text) if isinstance(text, str) and text.strip() else None
    except ValueError:
        raise Fault("EXTRACT_VALUE_ERROR", f"{what} must be a date and time") from None


def _whole(value: Expression | None, token: Token, what: str, default: int) -> int:
    found = None if value is None else value.evaluate(token)
    if found is None:
        return default
    if isinstance(found, str) and found.strip().isdigit():
        return int(found)
    if isinstance(found, Decimal) and found == found.to_integral_value():
        return int(found)
    raise _unfit(value, what, "a whole number")


def _unfit(value: Expression | None, what: str, wanted: str) -> Fault:
    text = "" if value is None else value.text
    return Fault("EXTRACT_VALUE_ERROR", f"{what} '{text}' must be {wanted}")
