"""Driver 1: the runtime in memory, with a small stand-in for what the store does.

The stand-in keeps tasks, jobs, timers, subscriptions, incidents and variables
from the runtime's own events, routes messages and signals between instances
and moves the clock from one due timer to the next. With ``restore`` every call
begins on a fresh runtime from stored bytes; without, one process object goes on
until the clock moves (a process knows the time of its step only).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from engine.domain.clock.legal import LegalDate
from engine.domain.ids import DefinitionRef, InstanceRef, Key
from engine.domain.start_sets import Arrival, Need, joins
from engine.ports.runtime import (
    Binding,
    DecisionOutcome,
    Process,
    RootState,
    StartInfo,
    StartRequest,
    Step,
)
from engine.runtime import SpiffRuntime
from engine.runtime.duration import parse_duration
from tests.conformance.deployed import ZONE, Deployed
from tests.conformance.desk import Desk, Timer, Wait
from tests.conformance.driver import Incident, Job, Task

BEGIN = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)  # Monday 08:00 in Viet Nam


class InProcess:
    """The driver; also the environment its runtime asks."""

    def __init__(self, *, restore: bool, runtime: SpiffRuntime | None = None) -> None:
        self.now = BEGIN
        self.functions: Mapping[str, Callable[..., object]] = {}
        self._restore = restore
        self._keys = 1000
        self._runtime = runtime or SpiffRuntime()
        self._deployed = Deployed()
        self._start_timers: dict[tuple[str, ...], tuple[datetime, datetime]] = {}
        self._sets: dict[tuple[Key, str], dict[str, dict[Need, Mapping[str, object]]]] = {}
        self._live: dict[Key, Process] = {}
        self._desk = Desk()

    # -- environment ------------------------------------------------------

    def legal_date(self, value: object) -> LegalDate | None:
        del value
        return None

    def next_key(self) -> Key:
        self._keys += 1
        return self._keys

    def source(self, definition: DefinitionRef) -> bytes:
        return self._deployed.sources[definition.key]

    def resolve_process(
        self, process_id: str, binding: Binding, version_tag: str | None, caller: DefinitionRef
    ) -> DefinitionRef | None:
        found = self._deployed.definitions.get(process_id)
        if found is not None and binding == "versionTag" and found.version_tag != version_tag:
            return None
        return found

    def decide(
        self,
        decision_id: str,
        binding: Binding,
        version_tag: str | None,
        caller: DefinitionRef,
        context: Mapping[str, object],
    ) -> DecisionOutcome:
        return self._deployed.decide(decision_id, context, self.now)

    # -- deployment and start ---------------------------------------------

    def deploy(self, files: Mapping[str, bytes]) -> list[str]:
        warned = self._deployed.add(files, self._runtime, self.next_key)
        for ref, start in self._deployed.starts:
            self._plan_start(ref, start, self.now)
        return warned

    def start(self, process_id: str | None, variables: Mapping[str, object]) -> None:
        definitions = self._deployed.definitions
        ref = definitions[process_id or next(iter(definitions))]
        self._begin(ref, None, variables)
        self._settle()

    def _begin(
        self, ref: DefinitionRef, start_event: str | None, variables: Mapping[str, object]
    ) -> None:
        key = self.next_key()
        instance = InstanceRef(key=key, root_key=key, definition=ref)
        request = StartRequest(instance=instance, variables=variables, start_event=start_event)
        self._desk.roots.append(instance)
        self._live[key] = self._runtime.start(request, self)
        self._keep(key, self._live[key].advance())

    # -- one call on a root -----------------------------------------------

    def _open(self, root: Key) -> Process:
        if self._restore:
            self._runtime = SpiffRuntime()
            self._live.pop(root, None)
        if root not in self._live:
            instance = next(item for item in self._desk.roots if item.key == root)
            state = RootState(
                instance=instance,
                snapshot=self._desk.snapshots[root],
                variables=self._desk.scopes_of(root),
            )
            self._live[root] = self._runtime.restore(state, self)
        return self._live[root]

    def _act(self, root: Key, change: Callable[[Process], None]) -> None:
        process = self._open(root)
        change(process)
        self._keep(root, process.advance())

    def _keep(self, root: Key, step: Step) -> None:
        self._desk.keep(root, step)
        if step.finished:
            self._live.pop(root, None)

    def checkpoint(self) -> None:
        if self._restore:
            self._live.clear()

    # -- work ---------------------------------------------------------------

    def tasks(self) -> list[Task]:
        return list(self._desk.tasks.values())

    def complete(self, task: Task, variables: Mapping[str, object]) -> None:
        root = self._desk.root_of[task.element_key]
        del self._desk.tasks[task.element_key]
        self._act(root, lambda process: process.submit(task.element_key, variables))
        self._settle()

    def jobs(self) -> list[Job]:
        return list(self._desk.jobs.values())

    def complete_job(self, job: Job, variables: Mapping[str, object]) -> None:
        root = self._desk.root_of[job.element_key]
        del self._desk.jobs[job.element_key]
        self._act(root, lambda process: process.submit(job.element_key, variables))
        self._settle()

    def fail_job(self, job: Job, retries: int, message: str) -> None:
        root = self._desk.root_of[job.element_key]
        self._desk.retries(job, retries)
        if retries <= 0:
            self._act(
                root,
                lambda process: process.raise_incident(
                    job.element_key, "JOB_NO_RETRIES", message, job.key
                ),
            )
        self._settle()

    def job_error(self, job: Job, code: str, message: str, variables: Mapping[str, object]) -> None:
        root = self._desk.root_of[job.element_key]
        del self._desk.jobs[job.element_key]
        self._act(
            root, lambda process: process.throw_error(job.element_key, code, message, variables)
        )
        self._settle()

    def resolve(self, incident: Incident) -> None:
        root = self._desk.root_of[incident.element_key]
        self._act(root, lambda process: process.retry(incident.element_key))
        self._settle()

    def cancel(self) -> None:
        root = self._desk.roots[-1].key
        self._act(root, lambda process: process.cancel(root))
        self._settle()

    # -- events -------------------------------------------------------------

    def message(self, name: str, key: str, variables: Mapping[str, object]) -> bool:
        taken = self._message(name, key, variables, set())
        self._settle()
        return taken

    def publish(self, name: str, key: str, ttl: str, variables: Mapping[str, object]) -> None:
        until = parse_duration(ttl).after(self.now, ZONE)
        self._desk.letters.append((name, key, until, dict(variables), set()))
        self._settle()

    def signal(self, name: str, variables: Mapping[str, object]) -> None:
        self._signal(name, variables)
        self._settle()

    def _message(
        self, name: str, key: str, variables: Mapping[str, object], taken: set[str]
    ) -> bool:
        for wait in self._desk.waiting("message", name):
            process_id = self._desk.process_of(wait.element_key)
            if (wait.key or "") == key and process_id not in taken:
                taken.add(process_id)
                self._trigger(wait.element_key, wait.index, variables)
                return True
        arrival = Arrival(kind="message", name=name, correlation_key=key, variables=variables)
        for ref, start in self._deployed.starts:
            alike = start.kind == "message" and start.name == name
            if alike and ref.process_id not in taken and self._arrive(ref, start, arrival):
                taken.add(ref.process_id)
                return True
        return False

    def _arrive(self, ref: DefinitionRef, start: StartInfo, arrival: Arrival) -> bool:
        """Begin an instance, or gather for a start event that needs several events."""
        if not start.needs:
            self._begin(ref, start.element_id, arrival.variables)
            return True
        sets = self._sets.setdefault((ref.key, start.element_id), {})
        joined = joins(sets, arrival, start.needs)
        for old, new in joined:
            came = sets[new] = sets.pop(old, {})
            came.pop(arrival.need, None)
            came[arrival.need] = arrival.variables
            values = {k: v for each in came.values() for k, v in each.items()}
            request = StartRequest(
                instance=InstanceRef(key=0, root_key=0, definition=ref),
                variables=values,
                start_event=start.element_id,
            )
            if len(came) >= start.needs and self._runtime.may_start(request, self):
                del sets[new]
                self._begin(ref, start.element_id, values)
        return bool(joined)

    def _signal(self, name: str, variables: Mapping[str, object], spare: Key | None = None) -> None:
        roots: dict[Key, list[Wait]] = {}
        for wait in self._desk.waiting("signal", name):
            root = self._desk.root_of[wait.element_key]
            if root != spare:
                roots.setdefault(root, []).append(wait)
        for root, waits in roots.items():
            process = self._open(root)
            for wait in waits:
                if process.is_waiting(wait.element_key):
                    process.trigger(wait.element_key, wait.index, variables)
                    process.settle()
            self._keep(root, process.advance())
        for ref, start in list(self._deployed.starts):
            if start.kind == "signal" and start.name == name:
                self._arrive(ref, start, Arrival(kind="signal", name=name, variables=variables))

    def _trigger(self, element_key: Key, index: int, variables: Mapping[str, object]) -> None:
        root = self._desk.root_of[element_key]
        self._act(root, lambda process: process.trigger(element_key, index, variables))

    def _settle(self) -> None:
        """Deliver what was thrown, until nothing is under way."""
        while True:
            if self._desk.outgoing:
                root, out = self._desk.outgoing.pop(0)
                if out.kind == "signal":
                    self._signal(out.name, out.variables, root)
                else:
                    until = self.now + timedelta(seconds=out.ttl_seconds)
                    self._desk.letters.append(
                        (out.name, out.correlation_key, until, dict(out.variables), set())
                    )
                continue
            due = [timer for timer in self._desk.timers.values() if timer.due <= self.now]
            if due:
                self._fire(min(due, key=lambda timer: (timer.due, timer.element_key)))
            elif not self._deliver():
                return

    def _deliver(self) -> bool:
        self._desk.letters = [item for item in self._desk.letters if item[2] >= self.now]
        return any(
            self._message(name, key, variables, taken)
            for name, key, _, variables, taken in list(self._desk.letters)
        )

    # -- time -----------------------------------------------------------------

    def advance(self, duration: str) -> None:
        goal = parse_duration(duration).after(self.now, ZONE)
        while True:
            moments = [timer.due for timer in self._desk.timers.values()]
            moments += [due for due, _ in self._start_timers.values()]
            moments = [moment for moment in moments if moment <= goal]
            if not moments:
                break
            self._set_clock(max(self.now, min(moments)))
            self._start_due()
            self._settle()
        self._set_clock(goal)
        self._settle()

    def _set_clock(self, now: datetime) -> None:
        self.now = now
        self._live.clear()

    def _fire(self, timer: Timer) -> None:
        del self._desk.timers[(timer.element_key, timer.index)]
        self._trigger(timer.element_key, timer.index, {})

    def _plan_start(
        self,
        ref: DefinitionRef,
        start: StartInfo,
        deployed_at: datetime,
        now: datetime | None = None,
    ) -> None:
        if start.kind == "timer":
            at = self._runtime.next_start(start, deployed_at, now)
            if at is not None:
                self._start_timers[_timer_key(ref, start)] = (at, deployed_at)

    def _start_due(self) -> None:
        for ref, start in self._deployed.starts:
            planned = self._start_timers.get(_timer_key(ref, start))
            if planned is None or planned[0] > self.now:
                continue
            del self._start_timers[_timer_key(ref, start)]
            self._plan_start(ref, start, planned[1], planned[0])
            self._arrive(ref, start, Arrival(kind="timer", name=start.expression or ""))

    # -- what is seen -----------------------------------------------------------

    def variables(self, element_key: Key | None = None) -> Mapping[str, object]:
        return self._desk.seen_from(element_key or self._desk.roots[-1].key)

    def set_variables(self, variables: Mapping[str, object], element_key: Key | None) -> None:
        root = self._desk.roots[-1].key if element_key is None else self._desk.root_of[element_key]
        scope, local = element_key or root, element_key is not None
        self._act(root, lambda process: process.set_variables(scope, variables, local))
        self._settle()

    def incidents(self) -> list[Incident]:
        return list(self._desk.incidents.values())

    def instances(self) -> list[str]:
        return [self._desk.states[item.key] for item in self._desk.roots]


def _timer_key(ref: DefinitionRef, start: StartInfo) -> tuple[str, ...]:
    return ref.process_id, start.element_id, start.expression or ""
