"""Decisions a step or a caller may evaluate: found by binding, loaded once per deployed file."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock
from zoneinfo import ZoneInfo

from engine.dmn import (
    DecisionTrace,
    Evaluation,
    EvaluationWarning,
    MatchedRule,
    Model,
    Resolver,
    TableTrace,
    among,
    load,
    told,
)
from engine.domain.events import DecisionEvaluated
from engine.domain.ids import Key
from engine.domain.records import DecisionRecord
from engine.errors import InvalidInput
from engine.feel import Environment, FeelError, to_json
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
        now = uow.now
        environment = Environment(now=lambda: now, zone=self._zone)
        try:
            result = self._model(record, uow).evaluate(record.decision_id, context, environment)
        except (FeelError, InvalidInput) as fault:
            made = [_failed(record, str(fault))]
            return DecisionOutcome(failure=str(fault), event=_event(record, made, uow, True))
        event = _event(record, _made(result), uow, False)
        warnings = tuple(_warning(found) for found in result.warnings)
        return DecisionOutcome(value=result.value, event=event, warnings=warnings)

    def _model(self, record: DecisionRecord, uow: UnitOfWork) -> Model:
        with self._lock:
            known = self._models.get(record.resource_key)
        if known is not None:
            return known
        # Two threads may load the same file at once; both results are equal.
        source = uow.decisions.source(record.resource_key)
        model = load(source, record.decision_id, lambda item: _beside(record, uow)(item))
        with self._lock:
            self._models[record.resource_key] = model
            while len(self._models) > KEPT:
                self._models.popitem(last=False)
        return model


def _beside(record: DecisionRecord, uow: UnitOfWork) -> Resolver:
    """Imports stand in the same deployment; they are read only when a file has some."""
    return among(uow.decisions.files(record.resource_key))


def _event(
    record: DecisionRecord, made: Iterable[Mapping[str, object]], uow: UnitOfWork, failed: bool
) -> DecisionEvaluated:
    return DecisionEvaluated(
        key=uow.next_key(),
        decision_key=record.key,
        decision_id=record.decision_id,
        failed=failed,
        decisions=tuple(made),
    )


def _warning(found: EvaluationWarning) -> Mapping[str, object]:
    return {
        "rule": found.code,
        "element_id": found.where.element,
        "line": found.where.line,
        "message": told(found),
    }


def _failed(record: DecisionRecord, failure: str) -> Mapping[str, object]:
    return {
        "id": record.decision_id,
        "name": record.name,
        "type": "UNKNOWN",
        "state": "FAILED",
        "failure": failure,
        "inputs": [],
        "rules": [],
    }


def _made(result: Evaluation) -> list[Mapping[str, object]]:
    return [_decision(trace) for trace in result.trace]


def _decision(trace: DecisionTrace) -> Mapping[str, object]:
    table = trace.tables[-1] if trace.tables else None
    return {
        "id": trace.id,
        "name": trace.name,
        "type": "DECISION_TABLE" if table else "LITERAL_EXPRESSION",
        "state": "EVALUATED",
        "inputs": _inputs(trace, table),
        "rules": [_rule(rule) for rule in table.rules] if table else [],
        "result": plain(trace.value),
        "warnings": [_warning(found) for found in trace.warnings],
    }


def _inputs(trace: DecisionTrace, table: TableTrace | None) -> list[Mapping[str, object]]:
    if table is None:
        return [{"id": name, "name": name, "value": plain(v)} for name, v in trace.given.items()]
    return [{"id": one.id, "name": one.name, "value": plain(one.value)} for one in table.inputs]


def _rule(rule: MatchedRule) -> Mapping[str, object]:
    return {
        "id": rule.id,
        "index": rule.index,
        "outputs": [
            {"id": one.id, "name": one.name, "value": plain(one.value)} for one in rule.outputs
        ],
    }


def plain(value: object) -> object:
    """JSON-like data of a FEEL value; functions and ranges show as null, nothing keeps them."""
    try:
        return to_json(value)
    except FeelError:
        return None
