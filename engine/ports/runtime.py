"""What the engine asks of a process runtime: compile, start, restore, submit, advance.

The runtime is pure: no database, no clock of its own, no threads. It returns a
``Step``; the store keeps it. A model's fault never leaves as an exception: the
token is parked and the step carries ``IncidentRaised``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from engine.domain.clock.legal import LegalDate
from engine.domain.events import DecisionEvaluated, Event
from engine.domain.ids import DefinitionRef, InstanceRef, Key
from engine.feel import FeelFunction
from engine.ports.repair import Modification

Binding = Literal["latest", "deployment", "versionTag"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing the validator has to say about a model.

    ``severity`` error refuses the deployment. ``element_id`` is the id exactly
    as written in the file; ``line`` counts from 1 (0 when unknown).
    """

    rule: str
    severity: Literal["error", "warning"]
    element_id: str
    line: int
    message: Mapping[str, str]
    hint: Mapping[str, str] = field(default_factory=dict)
    resource: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartInfo:
    """A start event a definition waits with: ``timer`` (literal or FEEL), ``message``, ``signal``.

    ``expression`` is the timer's text; ``name`` the message's or signal's name.
    """

    element_id: str
    kind: Literal["none", "timer", "message", "signal", "conditional"]
    name: str | None = None
    timer_kind: Literal["date", "duration", "cycle"] | None = None
    expression: str | None = None
    needs: int = 0
    """How many messages, signals and timers must come before one instance; 0 = any one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessInfo:
    """One executable process of a file."""

    process_id: str
    name: str | None
    version_tag: str | None
    starts: tuple[StartInfo, ...]
    start_form_id: str | None = None
    elements: Mapping[str, str] = field(default_factory=dict)
    """element id -> /v2 element type, every flow node of the process, nested ones included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """What a BPMN file holds, and what the validator wants the analyst to know."""

    processes: tuple[ProcessInfo, ...]
    warnings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionOutcome:
    """Result of a called decision; ``failure`` says in a sentence why there is none.

    ``event`` tells what was evaluated; the runtime adds who asked and journals it.
    ``warnings`` say what became null and why: rule, element_id, line, message.
    """

    value: object = None
    failure: str | None = None
    event: DecisionEvaluated | None = None
    warnings: tuple[Mapping[str, object], ...] = ()


class Environment(Protocol):
    """What a step may ask while it runs; all answers come from the step's transaction."""

    @property
    def now(self) -> datetime:
        """Business time of this step, aware, UTC."""

    def next_key(self) -> Key:
        """A fresh key for an element instance, task, job or incident."""

    def source(self, definition: DefinitionRef) -> bytes:
        """The BPMN file a definition was deployed with (asked on a cache miss only)."""

    def resolve_process(
        self, process_id: str, binding: Binding, version_tag: str | None, caller: DefinitionRef
    ) -> DefinitionRef | None:
        """The definition a call activity means, or None."""

    def decide(
        self,
        decision_id: str,
        binding: Binding,
        version_tag: str | None,
        caller: DefinitionRef,
        context: Mapping[str, object],
    ) -> DecisionOutcome:
        """Evaluate a decision; context and value are FEEL values."""

    @property
    def functions(self) -> Mapping[str, Callable[..., object] | FeelFunction]:
        """Host functions for FEEL, such as ``deadline``."""

    def legal_date(self, value: object) -> LegalDate | None:
        """What a date of the legal clock was made from; None for every other value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableChange:
    """A name that got a new value: JSON text, decimals as numbers. ``local`` = declared here."""

    scope_key: Key
    instance_key: Key
    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message or signal thrown by a process, to be delivered after the commit."""

    kind: Literal["message", "signal"]
    name: str
    instance: InstanceRef
    element_key: Key
    correlation_key: str = ""
    message_id: str | None = None
    ttl_seconds: float = 3600.0
    variables: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """All that changed since start or restore; ``snapshot`` is empty when the root has ended."""

    snapshot: bytes
    events: tuple[Event, ...]
    variables: tuple[VariableChange, ...] = ()
    outgoing: tuple[Outgoing, ...] = ()
    finished: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RootState:
    """What is stored of a root between steps. ``variables``: scope key -> name -> JSON text."""

    instance: InstanceRef
    snapshot: bytes
    variables: Mapping[Key, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRequest:
    """How a root begins: at its none start, at a named start event, or at given elements."""

    instance: InstanceRef
    variables: Mapping[str, object] = field(default_factory=dict)
    start_event: str | None = None
    start_elements: Sequence[str] = ()
    business_id: str | None = None
    tags: tuple[str, ...] = ()


class Process(Protocol):
    """One root instance in memory for the length of one step.

    Calls queue work; ``advance`` runs until nothing is ready and returns the
    step. Unknown or finished element keys raise ``Conflict``.
    """

    def submit(self, element_key: Key, variables: Mapping[str, object]) -> None:
        """The user task or job of this element is done with these answers."""

    def correct(self, element_key: Key, corrections: Mapping[str, object]) -> None:
        """A ``creating`` task listener changes assignee, candidates, dates or priority."""

    def throw_error(
        self, element_key: Key, code: str, message: str, variables: Mapping[str, object]
    ) -> None:
        """A job reports a BPMN error; without a catcher it becomes an incident."""

    def raise_incident(
        self, element_key: Key, error_type: str, message: str, job_key: Key | None
    ) -> None:
        """Park the element: its job has no retries left."""

    def trigger(self, element_key: Key, index: int, variables: Mapping[str, object]) -> None:
        """A timer is due or a message or signal arrived for wait (element_key, index)."""

    def retry(self, element_key: Key) -> None:
        """Repeat the failed phase of a parked element."""

    def cancel(self, instance_key: Key) -> None:
        """Terminate a root or called instance."""

    def set_variables(self, scope_key: Key, variables: Mapping[str, object], local: bool) -> None:
        """Write variables from outside; conditions are checked again."""

    def modify(self, instance_key: Key, changes: Modification) -> None:
        """Begin, move and end elements; all or nothing, ``InvalidInput`` says which and why."""

    def migrate(
        self,
        instance_key: Key,
        target: DefinitionRef,
        mapping: Mapping[str, str],
        *,
        same_ids: bool = False,
    ) -> None:
        """Put an instance onto another definition (element id -> id there).

        With ``same_ids`` elements the mapping does not name keep their own id.
        ``MigrationRefused`` tells everything that does not fit; nothing has changed then.
        """

    def is_waiting(self, element_key: Key) -> bool:
        """True while the element is still there and waits."""

    def visible(self, element_key: Key) -> Mapping[str, object]:
        """What an expression in this element sees, as FEEL values; innermost scope wins."""

    def settle(self) -> None:
        """Run all that is ready now; what it changed comes with the next ``advance``."""

    def activate(self, element_key: Key, elements: Mapping[str, Mapping[str, object]]) -> None:
        """Begin activities (id -> local variables) of an open ad hoc sub-process."""

    def advance(self, limit: int | None = None) -> Step:
        """Run all that is ready, or so many turns of it, and tell what changed.

        What a limit leaves over stands in the snapshot and runs later.
        """


class Runtime(Protocol):
    """The only door to BPMN."""

    def check(self, source: bytes, name: str) -> tuple[Finding, ...]:
        """All findings about a file, errors and warnings, in document order."""

    def compile(self, source: bytes, name: str) -> Compiled:
        """The file's processes; ``DeployRefused`` when a finding is an error."""

    def next_start(
        self, start: StartInfo, deployed_at: datetime, now: datetime | None = None
    ) -> datetime | None:
        """When a timer start is due: the first time, or the one later than ``now``; None when
        it is used up."""

    def may_start(self, request: StartRequest, env: Environment) -> bool:
        """Whether the conditions of the named start event hold for these variables."""

    def start(self, request: StartRequest, env: Environment) -> Process:
        """A new root; nothing has run before ``advance``."""

    def restore(self, state: RootState, env: Environment) -> Process:
        """The root as it stood after its last step."""
