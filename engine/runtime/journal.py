"""What a step tells the store, in the order in which it happened.

The tree forgets finished tokens, so history is written from here, in the same
commit as the snapshot. A failing turn takes back what it wrote.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.domain.events import (
    DecisionEvaluated,
    ElementActivated,
    ElementCompleted,
    ElementTerminated,
    Event,
    FlowTaken,
    IncidentRaised,
    IncidentResolved,
    ScopeClosed,
    VariablesChanged,
)
from engine.ports.runtime import Outgoing

if TYPE_CHECKING:
    from engine.domain.ids import Key
    from engine.runtime.faults import Fault
    from engine.runtime.flow import Flow
    from engine.runtime.token import Token


class Journal:
    """Events and outgoing messages of one step."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.outgoing: list[Outgoing] = []

    def drain(self) -> tuple[tuple[Event, ...], tuple[Outgoing, ...]]:
        """What happened since the last step."""
        happened = tuple(self.events), tuple(self.outgoing)
        self.events.clear()
        self.outgoing.clear()
        return happened

    def mark(self) -> tuple[int, int]:
        """A point to return to."""
        return len(self.events), len(self.outgoing)

    def rollback(self, mark: tuple[int, int]) -> None:
        """Forget everything since the mark."""
        del self.events[mark[0] :]
        del self.outgoing[mark[1] :]

    def activated(self, token: Token) -> None:
        """A token was born or woke up from being armed."""
        node = token.task_spec
        owner = token.owner
        event = ElementActivated(
            key=token.id,
            instance=token.instance_ref,
            scope_key=token.id if owner is None else owner.id,
            element_id=node.bpmn_id,
            element_type=node.type_for(token),
            name=node.bpmn_name,
        )
        self.events.append(event)

    def completed(self, token: Token) -> None:
        """A token did its work."""
        self.events.append(
            ElementCompleted(
                key=token.id, instance=token.instance_ref, element_id=token.task_spec.bpmn_id
            )
        )

    def terminated(self, token: Token) -> None:
        """A token was taken away."""
        self.events.append(
            ElementTerminated(
                key=token.id, instance=token.instance_ref, element_id=token.task_spec.bpmn_id
            )
        )

    def flow(self, flow: Flow, owner: Token) -> None:
        """A token went along a sequence flow."""
        if flow.id is not None:
            self.events.append(FlowTaken(instance=owner.instance_ref, flow_id=flow.id))

    def incident(
        self, token: Token, key: Key, error_type: str, message: str, job_key: Key | None = None
    ) -> None:
        """A token was parked."""
        self.events.append(
            IncidentRaised(
                key=key,
                instance=token.instance_ref,
                element_key=token.id,
                element_id=token.task_spec.bpmn_id,
                error_type=error_type,
                message=message,
                job_key=job_key,
            )
        )

    def fault(self, token: Token, key: Key, fault: Fault) -> None:
        """A token was parked by a fault of the model."""
        self.incident(token, key, fault.error_type, fault.sentence)

    def resolved(self, token: Token) -> None:
        """A parked token moves again or is gone."""
        self.events.append(IncidentResolved(element_key=token.id))

    def variables(self, written: list[tuple[Key, str]]) -> None:
        """Names that got values in one turn, a scope at a time."""
        names: dict[Key, list[str]] = {}
        for key, name in written:
            names.setdefault(key, []).append(name)
        self.events.extend(
            VariablesChanged(scope_key=key, names=tuple(row)) for key, row in names.items()
        )

    def decided(self, token: Token, event: DecisionEvaluated) -> None:
        """A decision was evaluated for this token."""
        self.events.append(replace(event, instance=token.instance_ref, element_key=token.id))

    def scope_closed(self, key: Key) -> None:
        """A scope with variables ended."""
        self.events.append(ScopeClosed(scope_key=key))
