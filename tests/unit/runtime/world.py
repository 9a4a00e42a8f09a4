"""A small world around the runtime: keys, a clock, deployed files, and a driver.

An implementation of the ``Environment`` port for tests, no stand-in for engine
code: the runtime under test is the real one. The driver restores from the
snapshot and the stored variables before every call.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from engine.domain.clock.legal import LegalDate
from engine.domain.events import (
    Event,
    IncidentRaised,
    IncidentResolved,
    JobCanceled,
    JobCreated,
    ScopeClosed,
    SubscriptionClosed,
    SubscriptionOpened,
    TaskCanceled,
    TaskCreated,
    TimerClosed,
    TimerScheduled,
)
from engine.domain.ids import DefinitionRef, InstanceRef
from engine.ports.runtime import DecisionOutcome, Outgoing, RootState, StartRequest, Step
from engine.runtime import SpiffRuntime

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
START = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


def process(body: str, *, process_id: str = "p", extra: str = "") -> bytes:
    """A BPMN file with one executable process."""
    return (
        f'<definitions xmlns="{BPMN}" xmlns:zeebe="{ZEEBE}" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="t">'
        f'<process id="{process_id}" isExecutable="true">{body}</process>{extra}</definitions>'
    ).encode()


def flow(source: str, target: str, condition: str | None = None, flow_id: str | None = None) -> str:
    """A sequence flow."""
    name = flow_id or f"{source}_{target}"
    inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    ends = f'sourceRef="{source}" targetRef="{target}"'
    return f'<sequenceFlow id="{name}" {ends}>{inner}</sequenceFlow>'


def chain(*ids: str) -> str:
    """Sequence flows from each to the next."""
    return "".join(flow(a, b) for a, b in pairwise(ids))


class World:
    """Keys, time, files."""

    def __init__(self) -> None:
        self.now = START
        self._key = 2251799813685248
        self.files: dict[str, bytes] = {}
        self.refs: dict[str, DefinitionRef] = {}
        self.asked = 0
        self.decisions: dict[str, Callable[[Mapping[str, object]], DecisionOutcome]] = {}
        self.functions: dict[str, Callable[..., object]] = {}

    def legal_date(self, value: object) -> LegalDate | None:
        del value
        return None

    def next_key(self) -> int:
        self._key += 1
        return self._key

    def source(self, definition: DefinitionRef) -> bytes:
        self.asked += 1
        return self.files[definition.process_id]

    def resolve_process(
        self, process_id: str, binding: str, version_tag: str | None, caller: DefinitionRef
    ) -> DefinitionRef | None:
        return self.refs.get(process_id)

    def decide(
        self,
        decision_id: str,
        binding: str,
        version_tag: str | None,
        caller: DefinitionRef,
        context: Mapping[str, object],
    ) -> DecisionOutcome:
        if decision_id not in self.decisions:
            return DecisionOutcome(failure=f"no decision '{decision_id}'")
        return self.decisions[decision_id](context)

    def deploy(self, source: bytes, process_id: str = "p") -> DefinitionRef:
        ref = DefinitionRef(key=self.next_key(), process_id=process_id, version=1)
        self.files[process_id] = source
        self.refs[process_id] = ref
        return ref


class Driver:
    """One root, restored before every call; keeps what a store would keep.

    With ``every_turn`` it is restored after every single turn as well.
    """

    always_restore = False

    def __init__(
        self,
        source: bytes,
        variables: Mapping[str, object] | None = None,
        *,
        world: World | None = None,
        runtime: SpiffRuntime | None = None,
        start_event: str | None = None,
        start_elements: tuple[str, ...] = (),
        every_turn: bool | None = None,
    ) -> None:
        self.world = world or World()
        self.runtime = runtime or SpiffRuntime()
        self.every_turn = Driver.always_restore if every_turn is None else every_turn
        self.turns = 0
        self.ref = self.world.deploy(source)
        key = self.world.next_key()
        self.instance = InstanceRef(key=key, root_key=key, definition=self.ref)
        self.snapshot = b""
        self.finished = False
        self.events: list[Event] = []
        self.outgoing: list[Outgoing] = []
        self.variables: dict[int, dict[str, str]] = {}
        self.closed: dict[int, dict[str, str]] = {}
        self.tasks: dict[int, TaskCreated] = {}
        self.jobs: dict[int, JobCreated] = {}
        self.timers: dict[tuple[int, int], TimerScheduled] = {}
        self.subscriptions: dict[tuple[int, int], SubscriptionOpened] = {}
        self.incidents: dict[int, IncidentRaised] = {}
        request = StartRequest(
            instance=self.instance,
            variables=variables or {},
            start_event=start_event,
            start_elements=start_elements,
        )
        self.step = self._advance(self.runtime.start(request, self.world))

    # -- what a store does -------------------------------------------------

    def _keep(self, step: Step) -> Step:
        self.snapshot, self.finished = step.snapshot, step.finished
        self.events.extend(step.events)
        self.outgoing.extend(step.outgoing)
        for change in step.variables:
            self.variables.setdefault(change.scope_key, {})[change.name] = change.value
        for event in step.events:
            self._apply(event)
        return step

    def _apply(self, event: Event) -> None:
        match event:
            case TaskCreated(element_key=key):
                self.tasks[key] = event
            case TaskCanceled(element_key=key):
                del self.tasks[key]
            case JobCreated(element_key=key):
                self.jobs[key] = event
            case JobCanceled(element_key=key):
                del self.jobs[key]
            case TimerScheduled(element_key=key, index=index):
                self.timers[key, index] = event
            case TimerClosed(element_key=key, index=index):
                del self.timers[key, index]
            case SubscriptionOpened(element_key=key, index=index):
                self.subscriptions[key, index] = event
            case SubscriptionClosed(element_key=key, index=index):
                del self.subscriptions[key, index]
            case IncidentRaised(element_key=key):
                self.incidents[key] = event
            case IncidentResolved(element_key=key):
                del self.incidents[key]
            case ScopeClosed(scope_key=key):
                self.closed[key] = self.variables.pop(key, {})
            case _:
                pass

    def _advance(self, running: Any) -> Step:
        if not self.every_turn:
            return self._keep(running.advance())
        step = self._keep(running.advance(1))
        while not step.finished and not step.snapshot.endswith(b"]]}"):
            self.turns += 1
            step = self._keep(self._restored().advance(1))
        return step

    def _restored(self) -> Any:
        state = RootState(instance=self.instance, snapshot=self.snapshot, variables=self.variables)
        return self.runtime.restore(state, self.world)

    def _run(self, call: Callable[[Any], None]) -> Step:
        running = self._restored()
        call(running)
        self.step = self._advance(running)
        return self.step

    # -- what a person or a worker does ------------------------------------

    def open(self) -> list[str]:
        """Ids of the open tasks and jobs, sorted."""
        return sorted(e.element_id for e in (*self.tasks.values(), *self.jobs.values()))

    def complete(self, element_id: str, **variables: object) -> Step:
        """The first open task or job of this element is done."""
        everything: dict[int, TaskCreated | JobCreated] = {**self.tasks, **self.jobs}
        keys = [key for key, event in everything.items() if event.element_id == element_id]
        if not keys:
            raise AssertionError(f"{element_id} is not open: {self.open()}")
        self.tasks.pop(keys[0], None)
        self.jobs.pop(keys[0], None)
        return self._run(lambda p: p.submit(keys[0], variables))

    def error(self, element_id: str, code: str, **variables: object) -> Step:
        """A worker reports a BPMN error."""
        key = next(k for k, e in self.jobs.items() if e.element_id == element_id)
        del self.jobs[key]
        return self._run(lambda p: p.throw_error(key, code, "", variables))

    def message(self, name: str, correlation: str | None = None, **variables: object) -> Step:
        """A message arrives at the one who waits for it."""
        return self._arrive("message", name, correlation, variables)

    def signal(self, name: str, **variables: object) -> int:
        """A signal arrives at all who wait now."""
        waiting = [
            place
            for place, event in self.subscriptions.items()
            if event.kind == "signal" and event.name == name
        ]
        for place in waiting:
            if place in self.subscriptions:
                self._run(lambda p, place=place: p.trigger(*place, variables))
        return len(waiting)

    def _arrive(
        self, kind: str, name: str, correlation: str | None, variables: Mapping[str, object]
    ) -> Step:
        places = [
            place
            for place, event in self.subscriptions.items()
            if (event.kind, event.name) == (kind, name)
            and correlation in (None, event.correlation_key)
        ]
        if not places:
            raise AssertionError(f"nobody waits for {kind} {name}")
        return self._run(lambda p: p.trigger(*places[0], variables))

    def pass_time(self, span: timedelta) -> int:
        """Time goes by; due timers fire in order. How many fired?"""
        end, fired = self.world.now + span, 0
        while True:
            due = [(e.due_at, place) for place, e in self.timers.items() if e.due_at <= end]
            if not due:
                break
            at, place = min(due)
            self.world.now = max(self.world.now, at)
            self._run(lambda p, place=place: p.trigger(*place, {}))
            fired += 1
        self.world.now = end
        return fired

    def retry(self, element_id: str) -> Step:
        """Repeat what failed."""
        key = next(k for k, e in self.incidents.items() if e.element_id == element_id)
        return self._run(lambda p: p.retry(key))

    def set(self, **variables: object) -> Step:
        """Write variables at the process from outside."""
        return self._run(lambda p: p.set_variables(self.instance.key, variables, False))

    def cancel(self) -> Step:
        """End the root."""
        return self._run(lambda p: p.cancel(self.instance.key))

    # -- what can be seen --------------------------------------------------

    def value(self, name: str) -> Any:
        """A process variable, also after the end."""
        rows = self.variables.get(self.instance.key) or self.closed.get(self.instance.key, {})
        return json.loads(rows[name], parse_float=Decimal)

    def names(self) -> set[str]:
        """Names of the process variables."""
        return set(self.variables.get(self.instance.key) or self.closed[self.instance.key])

    def of(self, kind: type[Event]) -> list[Any]:
        """Events of a kind so far."""
        return [event for event in self.events if isinstance(event, kind)]

    def path(self) -> list[str]:
        """Ids of the elements in the order in which they completed."""
        return [e.element_id for e in self.events if type(e).__name__ == "ElementCompleted"]
