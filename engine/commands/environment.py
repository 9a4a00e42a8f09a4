"""The runtime's window on the open transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from engine.commands.decision_models import DecisionModels
from engine.domain.clock.functions import LegalFunctions
from engine.domain.clock.law import calendars_of
from engine.domain.clock.legal import LegalDate, PauseRecord
from engine.domain.ids import DefinitionRef, Key
from engine.feel import FeelFunction
from engine.ports.runtime import Binding, DecisionOutcome
from engine.ports.store import UnitOfWork


class StepEnvironment:
    """Answers from the step's own transaction, so a step sees one state of the world."""

    def __init__(
        self, uow: UnitOfWork, decisions: DecisionModels, root_key: Key | None = None
    ) -> None:
        self._uow = uow
        self._decisions = decisions
        self._root_key = root_key
        seen = None if root_key is None else uow.roots.visibility(root_key)
        self._legal = LegalFunctions(
            lambda: uow.law.book().derived(calendars_of),
            lambda: uow.now,
            unit=seen.unit_id if seen else "",
            procedure_code=seen.procedure_code if seen else None,
            pauses=self._pauses,
        )

    @property
    def functions(self) -> Mapping[str, Callable[..., object] | FeelFunction]:
        return self._legal.functions()

    def legal_date(self, value: object) -> LegalDate | None:
        return self._legal.legal_date(value)

    def _pauses(self) -> tuple[PauseRecord, ...]:
        if self._root_key is None:
            return ()
        return self._uow.clocks.standing(self._root_key).pauses

    @property
    def now(self) -> datetime:
        return self._uow.now

    def next_key(self) -> Key:
        return self._uow.next_key()

    def source(self, definition: DefinitionRef) -> bytes:
        return self._uow.definitions.source(definition.key)

    def resolve_process(
        self, process_id: str, binding: Binding, version_tag: str | None, caller: DefinitionRef
    ) -> DefinitionRef | None:
        return self._uow.definitions.resolve(process_id, binding, version_tag, caller)

    def decide(
        self,
        decision_id: str,
        binding: Binding,
        version_tag: str | None,
        caller: DefinitionRef,
        context: Mapping[str, object],
    ) -> DecisionOutcome:
        record = self._uow.decisions.find(decision_id, binding, version_tag, caller)
        if record is None:
            return DecisionOutcome(failure=f"The decision {decision_id} is not deployed.")
        return self._decisions.evaluate(record, context, self._uow)
