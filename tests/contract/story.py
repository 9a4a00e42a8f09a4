"""Plays a runtime for the store: deploys, starts, offers and completes tasks by hand.

The store sees what the real runtime would send it: events and changed
variables in a ``Step``. Nothing of the store is replaced.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from engine.domain.actors import SYSTEM, Actor
from engine.domain.events import (
    ElementActivated,
    ElementCompleted,
    Event,
    FlowTaken,
    InstanceCompleted,
    InstanceStarted,
    TaskCompleted,
    TaskCreated,
    VariablesChanged,
)
from engine.domain.ids import DefinitionRef, InstanceRef, Key
from engine.domain.records import Visibility
from engine.ports.runtime import ProcessInfo, StartInfo, Step, VariableChange
from engine.store import SqlStore

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    """A task, its element and the instance it belongs to."""

    key: Key
    element_key: Key
    instance: InstanceRef


class Story:
    """One author of procedures and instances on one store."""

    def __init__(self, store: SqlStore, actor: Actor = SYSTEM) -> None:
        self.store = store
        self.actor = actor

    def deploy(
        self,
        process_id: str = "",
        *,
        content: bytes = b"<bpmn/>",
        starts: tuple[StartInfo, ...] = (),
        tenant_id: str = "<default>",
        **attributes: str,
    ) -> DefinitionRef:
        """One process in one file; its own id unless named."""
        process_id = process_id or f"process-{next(_numbers)}"
        info = ProcessInfo(
            process_id=process_id,
            name=f"Quy trình {process_id}",
            version_tag=attributes.pop("version_tag", None),
            starts=starts,
        )
        with self.store.unit_of_work(self.actor) as uow:
            content += process_id.encode()
            key = uow.definitions.deploy("d", [("p.bpmn", content)], tenant_id)
            record, _ = uow.definitions.add_process(key, "p.bpmn", info, **attributes)
            uow.commit()
        return record.ref

    def start(
        self,
        definition: DefinitionRef,
        *,
        visibility: Visibility | None = None,
        variables: Mapping[str, str] | None = None,
        business_id: str | None = None,
        tags: tuple[str, ...] = (),
        **task: object,
    ) -> OpenTask:
        """A root instance with one open task; variables are JSON text."""
        with self.store.unit_of_work(self.actor) as uow:
            key = uow.next_key()
            uow.roots.create(key, visibility or Visibility())
            instance = InstanceRef(key=key, root_key=key, definition=definition)
            opened, events = self.opened(uow.next_key(), uow.next_key(), instance, **task)
            started = InstanceStarted(instance=instance, business_id=business_id, tags=tags)
            step = self.step(instance, [started, *events], variables or {})
            uow.roots.save(key, step)
            uow.commit()
        return opened

    def opened(
        self, task_key: Key, element_key: Key, instance: InstanceRef, **task: object
    ) -> tuple[OpenTask, list[Event]]:
        """Events of a task that opens."""
        element_id = str(task.pop("element_id", "review"))
        activated = ElementActivated(
            key=element_key,
            instance=instance,
            scope_key=instance.key,
            element_id=element_id,
            element_type="USER_TASK",
            name="Thẩm định",
        )
        created = TaskCreated(
            key=task_key,
            instance=instance,
            element_key=element_key,
            element_id=element_id,
            name="Thẩm định",
            **task,  # type: ignore[arg-type]  # the event's own attributes
        )
        return OpenTask(key=task_key, element_key=element_key, instance=instance), [
            activated,
            created,
        ]

    def step(
        self,
        instance: InstanceRef,
        events: list[Event],
        variables: Mapping[str, str],
        *,
        finished: bool = False,
    ) -> Step:
        """What the runtime would return."""
        if variables:
            names = tuple(variables)
            events = [VariablesChanged(scope_key=instance.key, names=names), *events]
        return Step(
            snapshot=b"" if finished else b"tokens",
            events=tuple(events),
            variables=tuple(
                VariableChange(
                    scope_key=instance.key, instance_key=instance.key, name=name, value=value
                )
                for name, value in variables.items()
            ),
            finished=finished,
        )

    def complete(
        self,
        task: OpenTask,
        variables: Mapping[str, str] | None = None,
        *,
        next_task: bool = True,
        **attributes: object,
    ) -> OpenTask | None:
        """Complete a task; the next one opens, or the instance ends."""
        with self.store.unit_of_work(self.actor) as uow:
            record, root = uow.roots.lock_task(task.key)
            uow.record(root.key, TaskCompleted(key=record.key, element_key=record.element_key))
            ended = ElementCompleted(
                key=task.element_key, instance=task.instance, element_id=record.element_id
            )
            events: list[Event] = [ended, FlowTaken(instance=task.instance, flow_id="f1")]
            opened = None
            if next_task:
                opened, more = self.opened(
                    uow.next_key(), uow.next_key(), task.instance, **attributes
                )
                events += more
            else:
                events.append(InstanceCompleted(instance=task.instance))
            step = self.step(task.instance, events, variables or {}, finished=not next_task)
            uow.roots.save(root.key, step)
            uow.commit()
        return opened
