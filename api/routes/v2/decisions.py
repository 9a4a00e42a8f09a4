"""Decisions: what is deployed, what they decide, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.answers import answer
from api.calls import actor, engine, get, key_of, run, search
from api.decisions import (
    evaluation_command,
    show_evaluation,
    show_instance,
    show_whole_instance,
)
from api.door import Door
from api.queries import query_of, search_page, show_page
from api.schemas.nouns.decision import (
    DECISION_DEFINITION,
    DECISION_INSTANCE,
    DECISION_REQUIREMENTS,
    DecisionDefinition,
    DecisionDefinitionPage,
    DecisionDefinitionSearch,
    DecisionInstance,
    DecisionInstancePage,
    DecisionInstanceSearch,
    DecisionRequirements,
    DecisionRequirementsPage,
    DecisionRequirementsSearch,
)
from api.schemas.requests.decisions import DecisionEvaluation, DecisionResult
from engine.commands.evaluate_decision import EvaluateDecision
from engine.errors import NotFound

door = Door("Decisions", __name__, url_prefix="/v2")
XML = "text/xml"


def _definition(decision_key: str) -> Mapping[str, Any]:
    key = key_of(decision_key, "decisionDefinitionKey")
    return get("decision_definition", key, "decision definition")


def _file(requirements_key: int) -> Response:
    source = engine().views.decision_source(actor(), requirements_key)
    if source is None:
        raise NotFound("There are no such decision requirements.")
    return Response(source, content_type=f"{XML}; charset=utf-8")


@door.operation(
    "POST",
    "/decision-definitions/evaluation",
    body=DecisionEvaluation,
    answers={200: DecisionResult},
    fails=(404,),
    sends=EvaluateDecision,
)
def evaluate_decision(body: Mapping[str, Any]) -> Response:
    """Evaluate a deployed decision by key, or the latest version by id; it is kept."""
    done = run(evaluation_command(body))
    return answer(show_evaluation(done.result), replayed=done.replayed)


@door.operation(
    "POST",
    "/decision-definitions/search",
    body=DecisionDefinitionSearch,
    optional=True,
    answers={200: DecisionDefinitionPage},
    reads="decision_definition",
)
def search_decision_definitions(body: Mapping[str, Any]) -> Response:
    """Search versions of deployed decisions."""
    return answer(search_page(DECISION_DEFINITION, body))


@door.operation(
    "GET",
    "/decision-definitions/<decision_key>",
    answers={200: DecisionDefinition},
    fails=(404,),
    reads="decision_definition",
)
def get_decision_definition(decision_key: str) -> Response:
    """One version of a decision."""
    return answer(DECISION_DEFINITION.present(_definition(decision_key)))


@door.operation(
    "GET",
    "/decision-definitions/<decision_key>/xml",
    answers={200: XML},
    fails=(404,),
    reads="decision_definition",
)
def get_decision_definition_xml(decision_key: str) -> Response:
    """The DMN file a decision stands in, as it was deployed."""
    return _file(_definition(decision_key)["requirements_key"])


@door.operation(
    "POST",
    "/decision-requirements/search",
    body=DecisionRequirementsSearch,
    optional=True,
    answers={200: DecisionRequirementsPage},
    reads="decision_requirements",
)
def search_decision_requirements(body: Mapping[str, Any]) -> Response:
    """Search versions of deployed DMN files."""
    return answer(search_page(DECISION_REQUIREMENTS, body))


@door.operation(
    "GET",
    "/decision-requirements/<requirements_key>",
    answers={200: DecisionRequirements},
    fails=(404,),
    reads="decision_requirements",
)
def get_decision_requirements(requirements_key: str) -> Response:
    """One version of a DMN file."""
    key = key_of(requirements_key, "decisionRequirementsKey")
    row = get("decision_requirements", key, "decision requirements")
    return answer(DECISION_REQUIREMENTS.present(row))


@door.operation(
    "GET",
    "/decision-requirements/<requirements_key>/xml",
    answers={200: XML},
    fails=(404,),
    reads="decision_requirements",
)
def get_decision_requirements_xml(requirements_key: str) -> Response:
    """The DMN file as it was deployed."""
    return _file(key_of(requirements_key, "decisionRequirementsKey"))


@door.operation(
    "POST",
    "/decision-instances/search",
    body=DecisionInstanceSearch,
    optional=True,
    answers={200: DecisionInstancePage},
    reads="decision_instance",
)
def search_decision_instances(body: Mapping[str, Any]) -> Response:
    """Search decisions made, by processes and by callers."""
    page = search("decision_instance", query_of(DECISION_INSTANCE, body))
    return answer(show_page(page, [show_instance(row) for row in page.items]))


@door.operation(
    "GET",
    "/decision-instances/<decision_instance>",
    answers={200: DecisionInstance},
    fails=(404,),
    reads="decision_instance",
)
def get_decision_instance(decision_instance: str) -> Response:
    """A decision made, with its inputs and the rules that matched."""
    return answer(show_whole_instance(decision_instance))
