"""One root for the length of one step: what the commands may ask of it.

Element keys that are unknown, finished or not waiting for what is asked raise
``Conflict``; nothing has changed then.
"""

from __future__ import annotations

from collections.abc import Mapping

from SpiffWorkflow.util.task import TaskState

from engine.domain.ids import DefinitionRef, Key
from engine.errors import Conflict
from engine.ports.repair import Modification
from engine.ports.runtime import Step
from engine.runtime import definitions as events
from engine.runtime import listening, routing, snapshot, waits
from engine.runtime.adhoc import AdHocSubProcess
from engine.runtime.corrections import check as check_corrections
from engine.runtime.faults import Fault
from engine.runtime.instance import Instance
from engine.runtime.jsontext import dumps
from engine.runtime.migrating import migrate
from engine.runtime.modifying import modify
from engine.runtime.node import LEAVE
from engine.runtime.spec import PROCESS
from engine.runtime.token import ACT, Token

Values = Mapping[str, object]


class RunningProcess:
    """``ports.runtime.Process`` over an instance in memory."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def submit(self, element_key: Key, variables: Values) -> None:
        """The user task or job of this element is done with these answers."""
        token = self._working(element_key)
        _check(variables)
        if token.listens:
            listening.came(token, variables)
        else:
            token.task_spec.deliver(token, variables)
            token.wake(LEAVE)
        self._instance.settle()

    def correct(self, element_key: Key, corrections: Values) -> None:
        """The ``creating`` listener this user task waits for changes what the task will be."""
        token = self._working(element_key)
        if not token.listens or listening.event_of(token) != "CREATING":
            raise Conflict(f"element {element_key} has no task to correct")
        check_corrections(corrections)
        listening.correct(token, corrections)

    def throw_error(self, element_key: Key, code: str, message: str, variables: Values) -> None:
        """To the innermost catcher; without one the element is parked; a retry asks anew."""
        token = self._working(element_key)
        if token.listens:
            raise Conflict("A listener cannot throw a BPMN error.", code="listener-throws-no-error")
        _check(variables)
        token.phase = LEAVE  # the job has ended: leaving must not cancel it
        try:
            routing.error(token, events.Error(code, code), variables)
        except Fault as fault:
            token.phase = ACT
            sentence = f"{fault.sentence}: {message}" if message else fault.sentence
            self._instance.park(token, Fault(fault.error_type, sentence))
        self._instance.settle()

    def raise_incident(
        self, element_key: Key, error_type: str, message: str, job_key: Key | None
    ) -> None:
        """Park the element: its job has no retries left."""
        token = self._working(element_key)
        token.internal_data["held"] = 1
        token._set_state(TaskState.ERROR)
        instance = self._instance
        error_type = listening.incident_type(token, error_type)
        instance.journal.incident(token, instance.env.next_key(), error_type, message, job_key)

    def trigger(self, element_key: Key, index: int, variables: Values) -> None:
        """A timer is due or a message or signal arrived for wait (element_key, index)."""
        token = self._found(element_key)
        if not waits.is_open(token, index):
            raise Conflict(f"element {element_key} does not wait for event {index}")
        _check(variables)
        token.task_spec.triggered(token, index, variables)
        self._instance.settle()

    def due(self) -> list[tuple[Key, int]]:
        """(element key, index) of the timers due now, earliest first."""
        return waits.due_timers(self._instance)

    def retry(self, element_key: Key) -> None:
        """Repeat the failed phase of a parked element; a held job is open again."""
        token = self._found(element_key)
        if token.state != TaskState.ERROR:
            raise Conflict(f"element {element_key} has no incident")
        self._instance.journal.resolved(token)
        if token.internal_data.pop("held", None):
            token._set_state(TaskState.STARTED)
        else:
            token.wake(token.phase)

    def cancel(self, instance_key: Key) -> None:
        """Terminate a root; a called instance leaves its call activity parked."""
        token = self._found(instance_key)
        if token.ref is None:
            raise Conflict(f"{instance_key} is not the key of a process instance")
        caller = token.owner
        self._instance.discard(token)
        if caller is not None:
            caller.phase = ACT
            self._instance.park(
                caller, Fault("CALLED_ELEMENT_ERROR", "the called instance was cancelled")
            )

    def set_variables(self, scope_key: Key, variables: Values, local: bool) -> None:
        """Write variables from outside; conditions are checked again."""
        view = self._found(scope_key).data
        _check(variables)
        for name, value in variables.items():
            if local:
                view.declare(name, value)
            else:
                view.write(name, value)
        self._instance.settle()

    def activate(self, element_key: Key, elements: Mapping[str, Values]) -> None:
        """Begin activities of an open ad hoc sub-process, each with local variables."""
        token = self._found(element_key)
        if not isinstance(token.task_spec, AdHocSubProcess) or token.task_spec.is_body(token):
            raise Conflict(f"element {element_key} is no ad hoc sub-process")
        for variables in elements.values():
            _check(variables)
        token.task_spec.activate(token, elements)
        self._instance.settle()

    def modify(self, instance_key: Key, changes: Modification) -> None:
        """Begin, move and end elements of a root or called instance."""
        for given in (
            *(each.variables for each in changes.activate),
            *(each.variables for each in changes.move),
        ):
            for scoped in given:
                _check(scoped.variables)
        modify(self._instance, self._process(instance_key), changes)

    def migrate(
        self,
        instance_key: Key,
        target: DefinitionRef,
        mapping: Mapping[str, str],
        *,
        same_ids: bool = False,
    ) -> None:
        """Put a root or called instance onto another definition."""
        instance = self._instance
        definition, process = (
            instance.library.get(target, instance.env),
            self._process(instance_key),
        )
        if same_ids:
            old = process.task_spec._wf_spec.task_specs
            common = old.keys() & definition.spec.task_specs.keys() - {PROCESS}
            mapping = {name: name for name in sorted(common)} | dict(mapping)
        migrate(instance, process, target, definition, mapping)

    def is_waiting(self, element_key: Key) -> bool:
        """True while the element is still there and waits."""
        return element_key in self._instance.tasks

    def visible(self, element_key: Key) -> Mapping[str, object]:
        """What an expression in this element sees, as FEEL values."""
        return dict(self._found(element_key).data)

    def settle(self) -> None:
        """Run all that is ready now; what it changed comes with the next ``advance``."""
        self._instance.run(None)

    def advance(self, limit: int | None = None) -> Step:
        """Run all that is ready and tell what changed since the last step.

        After ``limit`` turns the snapshot keeps what is still to run.
        """
        instance = self._instance
        instance.run(limit)
        finished = not instance.tasks
        happened, outgoing = instance.journal.drain()
        return Step(
            snapshot=b"" if finished else snapshot.save(instance),
            events=happened,
            variables=instance.scopes.drain(),
            outgoing=outgoing,
            finished=finished,
        )

    def _found(self, key: Key) -> Token:
        token = self._instance.tasks.get(key)
        if token is None:
            raise Conflict(f"element {key} is not active in this instance")
        return token

    def _process(self, key: Key) -> Token:
        token = self._found(key)
        if token.ref is None:
            raise Conflict(f"{key} is not the key of a process instance")
        return token

    def _working(self, key: Key) -> Token:
        token = self._found(key)
        node = token.task_spec
        if token.listens and token.state == TaskState.STARTED:
            return token
        if token.state != TaskState.STARTED or token.phase != ACT or not node.takes_result(token):
            raise Conflict(f"element {key} does not wait for a result")
        return token


def _check(variables: Values) -> None:
    # Refuse the whole call before any of it is written.
    for value in variables.values():
        dumps(value)
