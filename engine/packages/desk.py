"""What a store would hold of one instance, kept from the runtime's events."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from engine.domain import events
from engine.domain.events import Event
from engine.domain.ids import Key
from engine.ports.runtime import Step

_ENDS = "END_EVENT"


@dataclass(slots=True)
class Desk:
    """Open work and waits, incidents, variables, and where the dossier has been."""

    snapshot: bytes = b""
    finished: bool = False
    tasks: dict[Key, events.TaskCreated] = field(default_factory=dict)
    timers: dict[tuple[Key, int], events.TimerScheduled] = field(default_factory=dict)
    waits: dict[tuple[Key, int], events.SubscriptionOpened] = field(default_factory=dict)
    incidents: dict[Key, events.IncidentRaised] = field(default_factory=dict)
    scopes: dict[Key, dict[str, str]] = field(default_factory=dict)
    elements: list[str] = field(default_factory=list)
    flows: list[str] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    _history: dict[Key, dict[str, str]] = field(default_factory=dict)
    _parents: dict[Key, Key] = field(default_factory=dict)
    _ending: dict[Key, str] = field(default_factory=dict)

    def keep(self, step: Step) -> None:
        """Take over all that a step changed."""
        self.snapshot, self.finished = step.snapshot, step.finished
        for change in step.variables:
            self.scopes.setdefault(change.scope_key, {})[change.name] = change.value
            self._history.setdefault(change.scope_key, {})[change.name] = change.value
        for event in step.events:
            self._element(event)
            self._work(event)
            self._wait(event)

    def values(self, scope: Key) -> dict[str, object]:
        """The variables of one scope, also when it is closed."""
        texts = self._history.get(scope, {})
        return {name: json.loads(text, parse_float=Decimal) for name, text in texts.items()}

    def seen_from(self, element_key: Key) -> Mapping[str, object]:
        """Variables as an element sees them, the innermost scope first."""
        found: dict[str, object] = {}
        scope: Key | None = element_key
        while scope is not None:
            found = {**self.values(scope), **found}
            scope = self._parents.get(scope)
        return found

    def _element(self, event: Event) -> None:
        if isinstance(event, events.ElementActivated):
            self.elements.append(event.element_id)
            if event.key != event.scope_key:
                self._parents[event.key] = event.scope_key
            if event.element_type == _ENDS:
                self._ending[event.key] = event.element_id
        elif isinstance(event, events.ElementCompleted) and event.key in self._ending:
            self.ends.append(self._ending[event.key])
        elif isinstance(event, events.FlowTaken):
            self.flows.append(event.flow_id)
        elif isinstance(event, events.ScopeClosed):
            self.scopes.pop(event.scope_key, None)

    def _work(self, event: Event) -> None:
        if isinstance(event, events.TaskCreated):
            self.tasks[event.element_key] = event
        elif isinstance(event, events.TaskCanceled):
            self.tasks.pop(event.element_key, None)
        elif isinstance(event, events.IncidentRaised):
            self.incidents[event.element_key] = event
        elif isinstance(event, events.IncidentResolved):
            self.incidents.pop(event.element_key, None)
        elif isinstance(event, events.ElementTerminated):
            self.incidents.pop(event.key, None)

    def _wait(self, event: Event) -> None:
        if isinstance(event, events.TimerScheduled):
            self.timers[(event.element_key, event.index)] = event
        elif isinstance(event, events.TimerClosed):
            self.timers.pop((event.element_key, event.index), None)
        elif isinstance(event, events.SubscriptionOpened):
            self.waits[(event.element_key, event.index)] = event
        elif isinstance(event, events.SubscriptionClosed):
            self.waits.pop((event.element_key, event.index), None)
