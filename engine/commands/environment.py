"""The runtime's window on the open transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from engine.commands.decision_models import DecisionModels
from engine.domain.ids import DefinitionRef, Key
from engine.ports.runtime import Binding, DecisionOutcome
from engine.ports.store import UnitOfWork


class StepEnvironment:
    """Answers from the step's own transaction, so a step sees one state of the world."""

    functions: Mapping[str, Callable[..., object]] = MappingProxyType({})

    def __init__(self, uow: UnitOfWork, decisions: DecisionModels) -> None:
        self._uow = uow
        self._decisions = decisions

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
