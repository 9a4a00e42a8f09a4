"""Decisions a step may call: found by binding, loaded once per deployed file."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime
from threading import Lock
from zoneinfo import ZoneInfo

from engine.dmn import Model, load
from engine.domain.ids import Key
from engine.domain.records import DecisionRecord
from engine.feel import Environment, FeelError
from engine.ports.runtime import DecisionOutcome
from engine.ports.store import UnitOfWork

KEPT = 256


class DecisionModels:
    """One per process; compiled models are immutable and shared by threads."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._models: OrderedDict[Key, Model] = OrderedDict()
        self._lock = Lock()

    def evaluate(
        self, record: DecisionRecord, context: Mapping[str, object], uow: UnitOfWork
    ) -> DecisionOutcome:
        """The decision's value for FEEL values by name, at the step's business time."""
        model = self._model(record, uow)
        now = uow.now
        try:
            result = model.evaluate(record.decision_id, context, self._environment(now))
        except FeelError as fault:
            return DecisionOutcome(failure=str(fault))
        return DecisionOutcome(value=result.value)

    def _environment(self, now: datetime) -> Environment:
        return Environment(now=lambda: now, zone=self._zone)

    def _model(self, record: DecisionRecord, uow: UnitOfWork) -> Model:
        with self._lock:
            known = self._models.get(record.resource_key)
        if known is not None:
            return known
        # Two threads may load the same file at once; both results are equal.
        model = load(uow.decisions.source(record.resource_key), record.decision_id)
        with self._lock:
            self._models[record.resource_key] = model
            while len(self._models) > KEPT:
                self._models.popitem(last=False)
        return model
