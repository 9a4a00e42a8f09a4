"""Driver 1: a package played in memory, with a restore from stored bytes before every step.

What a store would keep is kept from the runtime's own events; forms are
validated and decisions evaluated as a server does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from engine import feel
from engine.dmn import Model
from engine.domain.clock.functions import LegalFunctions
from engine.domain.clock.law import calendars_of
from engine.domain.clock.legal import LegalDate
from engine.domain.ids import DefinitionRef, InstanceRef, Key
from engine.domain.law import LawBook, book_of
from engine.errors import NotFound
from engine.forms import Form
from engine.packages.desk import Desk
from engine.packages.driver import OpenTask, Refusal, Trail
from engine.ports.runtime import (
    Binding,
    DecisionOutcome,
    Process,
    RootState,
    Runtime,
    StartRequest,
)

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class World:
    """What a step may ask: clock, keys, definitions and decisions of one package."""

    def __init__(
        self, processes: Mapping[str, bytes], decisions: Mapping[str, Model], law: LawBook
    ) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)
        self._legal = LegalFunctions(lambda: law.derived(calendars_of), lambda: self.now)
        self.functions = self._legal.functions()
        self._keys = 0
        self._decisions = decisions
        self._sources: dict[Key, bytes] = {}
        self.definitions: dict[str, DefinitionRef] = {}
        for process_id, source in processes.items():
            key = self.next_key()
            self._sources[key] = source
            self.definitions[process_id] = DefinitionRef(key=key, process_id=process_id, version=1)

    def legal_date(self, value: object) -> LegalDate | None:
        return self._legal.legal_date(value)

    def next_key(self) -> Key:
        self._keys += 1
        return self._keys

    def source(self, definition: DefinitionRef) -> bytes:
        return self._sources[definition.key]

    def resolve_process(
        self, process_id: str, binding: Binding, version_tag: str | None, caller: DefinitionRef
    ) -> DefinitionRef | None:
        del binding, version_tag, caller
        return self.definitions.get(process_id)

    def decide(
        self,
        decision_id: str,
        binding: Binding,
        version_tag: str | None,
        caller: DefinitionRef,
        context: Mapping[str, object],
    ) -> DecisionOutcome:
        del binding, version_tag, caller
        model = self._decisions.get(decision_id)
        if model is None:
            return DecisionOutcome(failure=f"the package has no decision {decision_id}")
        try:
            return DecisionOutcome(value=model.evaluate(decision_id, context, self.feel).value)
        except (feel.FeelError, NotFound) as error:
            return DecisionOutcome(failure=str(error))

    @property
    def feel(self) -> feel.Environment:
        """The environment of forms and decisions."""
        return feel.Environment(now=lambda: self.now, zone=ZONE)


class LocalDriver:
    """Plays one instance; a new runtime per call, so nothing survives but bytes and rows."""

    def __init__(
        self,
        make_runtime: Callable[[], Runtime],
        processes: Mapping[str, bytes],
        decisions: Mapping[str, Model],
        forms: Mapping[str, Form],
        law: LawBook | None = None,
    ) -> None:
        self._make_runtime = make_runtime
        self._world = World(processes, decisions, law or book_of(()))
        self._forms = forms
        self._desk = Desk()
        self._instance: InstanceRef | None = None

    def start(self, process_id: str, at: datetime, variables: Mapping[str, object]) -> None:
        world = self._world
        world.now = at.astimezone(UTC)
        key = world.next_key()
        ref = InstanceRef(key=key, root_key=key, definition=world.definitions[process_id])
        self._instance = ref
        request = StartRequest(instance=ref, variables=variables)
        self._desk.keep(self._make_runtime().start(request, world).advance())

    def tasks(self) -> Sequence[OpenTask]:
        return [
            OpenTask(
                key=str(task.element_key),
                element_id=task.element_id,
                groups=task.candidate_groups,
                due_at=task.due_at,
                variables=self._desk.seen_from(task.element_key),
            )
            for task in self._desk.tasks.values()
        ]

    def complete(self, task: OpenTask, group: str, answers: Mapping[str, object]) -> Refusal | None:
        row = self._desk.tasks[int(task.key)]
        if group not in row.candidate_groups:
            return Refusal(code="forbidden")
        if row.form_id is not None:
            form = self._forms[row.form_id]
            result = form.validate(answers, task.variables, self._world.feel)
            if result.faults:
                codes = tuple((fault.pointer, fault.code) for fault in result.faults)
                return Refusal(code=result.faults[0].code, codes=codes)
            answers = result.values
        del self._desk.tasks[row.element_key]
        self._act(lambda process: process.submit(row.element_key, answers))
        self._fire_until(self._world.now)
        return None

    def message(self, name: str, key: str, variables: Mapping[str, object]) -> bool:
        for wait in self._desk.waits.values():
            if (wait.kind, wait.name, wait.correlation_key or "") == ("message", name, key):
                self._trigger(wait.element_key, wait.index, variables)
                self._fire_until(self._world.now)
                return True
        return False

    def clock(self, at: datetime) -> None:
        goal = at.astimezone(UTC)
        self._fire_until(goal)
        self._world.now = goal

    def now(self) -> datetime:
        return self._world.now

    def variables(self) -> Mapping[str, object]:
        return self._desk.values(self._root.key)

    def ended(self) -> Sequence[str] | None:
        return self._desk.ends if self._desk.finished else None

    def incidents(self) -> Sequence[str]:
        return [f"{one.element_id}: {one.message}" for one in self._desk.incidents.values()]

    def trail(self) -> Trail:
        return Trail(elements=tuple(self._desk.elements), flows=tuple(self._desk.flows))

    @property
    def _root(self) -> InstanceRef:
        if self._instance is None:
            raise NotFound("no instance was started")
        return self._instance

    def _fire_until(self, goal: datetime) -> None:
        while self._desk.timers:
            timer = min(self._desk.timers.values(), key=lambda one: one.due_at)
            if timer.due_at > goal:
                return
            self._world.now = max(self._world.now, timer.due_at)
            del self._desk.timers[(timer.element_key, timer.index)]
            self._trigger(timer.element_key, timer.index, {})

    def _trigger(self, element_key: Key, index: int, variables: Mapping[str, object]) -> None:
        self._act(lambda process: process.trigger(element_key, index, variables))

    def _act(self, change: Callable[[Process], None]) -> None:
        state = RootState(
            instance=self._root, snapshot=self._desk.snapshot, variables=self._desk.scopes
        )
        process = self._make_runtime().restore(state, self._world)
        change(process)
        self._desk.keep(process.advance())
