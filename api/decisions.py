"""Decisions on the wire: values as JSON text, one entry per decision made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from api.answers import dump
from api.calls import MAX_KEY, search
from api.schemas.nouns.decision import DECISION_INSTANCE
from api.starting import tenant_of
from engine.commands.evaluate_decision import EvaluateDecision
from engine.errors import Fault, InvalidInput, NotFound
from engine.ports.views import Condition, Query

_NAME = re.compile(r"([0-9]{1,19})-([0-9]{1,9})", re.ASCII)


def evaluation_command(body: Mapping[str, Any]) -> EvaluateDecision:
    """The command a body means; it names a key or an id, not both."""
    named = [name for name in ("decisionDefinitionKey", "decisionDefinitionId") if name in body]
    if len(named) != 1:
        sentence = "Name either decisionDefinitionKey or decisionDefinitionId."
        fault = Fault(pointer="", code="definition", sentence=sentence)
        raise InvalidInput("It is not clear which decision is meant.", [fault])
    key = body.get("decisionDefinitionKey")
    return EvaluateDecision(
        decision_key=min(int(key), MAX_KEY) if key else None,
        decision_id=body.get("decisionDefinitionId"),
        variables=body.get("variables", {}),
        tenant_id=tenant_of(body),
    )


def show_evaluation(result: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of an evaluation; a failed one is an answer too, and says why."""
    key = str(result["evaluation_key"])
    failed = result["failure"] is not None
    return {
        "decisionDefinitionKey": str(result["decision_key"]),
        "decisionDefinitionId": result["decision_id"],
        "decisionDefinitionName": result["decision_name"] or result["decision_id"],
        "decisionDefinitionVersion": result["version"],
        "decisionRequirementsKey": str(result["requirements_key"]),
        "decisionRequirementsId": result["requirements_id"],
        "decisionEvaluationKey": key,
        "decisionInstanceKey": key,
        "output": _json(result["output"]),
        "failedDecisionDefinitionId": result["decision_id"] if failed else None,
        "failureMessage": result["failure"],
        "evaluatedDecisions": [_evaluated(key, result, made) for made in result["evaluated"]],
        "tenantId": result["tenant_id"],
        "warnings": [show_warning(found) for found in result["warnings"]],
    }


def show_warning(found: Mapping[str, Any]) -> dict[str, Any]:
    """A finding about a model's element, as the wire names its members."""
    return {("elementId" if name == "element_id" else name): found[name] for name in found}


def show_instance(row: Mapping[str, Any]) -> dict[str, Any]:
    """A decision made, as searches show it."""
    # Outside a process an evaluation is a root of its own, and that is no instance.
    root = row["root_key"] if row["instance_key"] is not None else None
    return DECISION_INSTANCE.present(row) | {
        "rootProcessInstanceKey": None if root is None else str(root),
        "result": _json(row["result"]),
    }


def show_whole_instance(name: str) -> dict[str, Any]:
    """A decision made, with its inputs and the rules that matched."""
    row = _instance(name)
    warnings = [show_warning(found) for found in row["warnings"] or ()]
    return show_instance(row) | _how(row) | {"warnings": warnings}


def _instance(name: str) -> Mapping[str, Any]:
    matched = _NAME.fullmatch(name)
    if matched is None:
        sentence = "The key of an evaluation, a hyphen and a number, such as 123-1."
        fault = Fault(pointer="decisionEvaluationInstanceKey", code="key", sentence=sentence)
        raise InvalidInput("decisionEvaluationInstanceKey is not a key.", [fault])
    where = (
        Condition(field="evaluation_key", op="eq", value=min(int(matched[1]), MAX_KEY)),
        Condition(field="number", op="eq", value=int(matched[2])),
    )
    rows = search("decision_instance", Query(where=where, limit=2)).items
    if not rows:
        raise NotFound("There is no such decision instance.")
    return rows[0]


def _evaluated(key: str, result: Mapping[str, Any], made: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "decisionDefinitionKey": str(made["key"]),
        "decisionDefinitionId": made["id"],
        "decisionDefinitionName": made["name"] or made["id"],
        "decisionDefinitionVersion": made["version"],
        "decisionDefinitionType": made["type"],
        "decisionEvaluationInstanceKey": f"{key}-{made['number']}",
        "output": _json(made.get("result")),
        "tenantId": result["tenant_id"],
    } | _how(made)


def _how(made: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "evaluatedInputs": [
            {
                "inputId": each["id"],
                "inputName": each["name"],
                "inputValue": _json(each["value"]),
            }
            for each in made["inputs"]
        ],
        "matchedRules": [_rule(each) for each in made["rules"]],
    }


def _rule(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "ruleId": rule["id"],
        "ruleIndex": rule["index"],
        "evaluatedOutputs": [
            {
                "outputId": each["id"],
                "outputName": each["name"],
                "outputValue": _json(each["value"]),
                "ruleId": rule["id"],
                "ruleIndex": rule["index"],
            }
            for each in rule["outputs"]
        ],
    }


def _json(value: object) -> str:
    return dump(value).decode()
