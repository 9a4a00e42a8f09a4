"""Evaluate a deployed decision for a caller; the evaluation is kept like a process's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.commands.context import Context, Result
from engine.commands.decision_models import plain
from engine.domain.ids import DEFAULT_TENANT, Key
from engine.domain.records import DecisionRecord
from engine.errors import InvalidInput, NotFound
from engine.feel import FeelError, from_json


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluateDecision:
    """By key, or the latest version by id; variables are JSON-like."""

    decision_key: Key | None = None
    decision_id: str | None = None
    variables: Mapping[str, object] = field(default_factory=dict)
    tenant_id: str = DEFAULT_TENANT


def evaluate_decision(command: EvaluateDecision, context: Context) -> Result:
    record = _record(command, context)
    try:
        values = {name: from_json(value) for name, value in command.variables.items()}
    except FeelError as fault:
        raise InvalidInput(str(fault), code="value-not-json") from None

    outcome = context.decisions.evaluate(record, values, context.uow)

    if outcome.event is not None:
        context.uow.record(None, outcome.event)
    made = outcome.event.decisions if outcome.event else ()
    return {
        "evaluation_key": outcome.event.key if outcome.event else None,
        "decision_key": record.key,
        "decision_id": record.decision_id,
        "decision_name": record.name,
        "version": record.version,
        "requirements_id": record.requirements_id,
        "requirements_key": record.requirements_key,
        "tenant_id": command.tenant_id,
        "output": plain(outcome.value),
        "failure": outcome.failure,
        "evaluated": _evaluated(record, made, context),
        "warnings": [dict(each) for each in outcome.warnings],
    }


def _evaluated(
    record: DecisionRecord, made: Sequence[Mapping[str, object]], context: Context
) -> list[dict[str, object]]:
    known = {record.decision_id: record}
    if any(each["id"] not in known for each in made):
        known |= {one.decision_id: one for one in context.uow.decisions.beside(record)}
    # What stands in no deployed file of its own is a part of the decision asked for.
    versions = [known.get(str(each["id"]), record) for each in made]
    return [
        dict(each) | {"key": of.key, "version": of.version, "number": number}
        for number, (each, of) in enumerate(zip(made, versions, strict=True), start=1)
    ]


def _record(command: EvaluateDecision, context: Context) -> DecisionRecord:
    if command.decision_key is not None:
        return context.uow.decisions.by_key(command.decision_key)
    if command.decision_id is None:
        raise InvalidInput("Name decisionDefinitionKey or decisionDefinitionId.")
    record = context.uow.decisions.find(command.decision_id, "latest", None, None)
    if record is None:
        raise NotFound("There is no such decision.", code="decision-unknown")
    return record
