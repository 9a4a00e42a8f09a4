"""Bodies of what operators do to running instances."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.fields import Document, Flag, Items, Key, Text
from api.schemas.requests.instances import REFERENCE
from api.schemas.search import answer, request

REASON = Text(least=1, most=2000, doc="Extension: why; kept. Procedures ask for it.")

Suspension = request(
    "ProcessInstanceSuspension", {"operationReference": REFERENCE, "reason": REASON}
)
Resumption = request(
    "ProcessInstanceResumption", {"operationReference": REFERENCE, "reason": REASON}
)

PREVIEW = {
    "preview": {
        "schema": {"type": "boolean"},
        "description": "Extension: tell what would happen, change nothing.",
    }
}
_VARIABLES = request(
    "ModificationVariables",
    {
        "variables": Document(required=True),
        "scopeId": Text(most=1000, doc="Element that gets them; empty: the instance."),
    },
)
_ANCESTOR = Text(
    pattern="^(-1|[0-9]{1,19})$", doc="Scope instance the element belongs to; -1: it is found."
)
_ACTIVATION = request(
    "ModificationActivation",
    {
        "elementId": Text(least=1, most=1000, required=True),
        "variableInstructions": Items(fields.Nested(_VARIABLES), most=100),
        "ancestorElementInstanceKey": _ANCESTOR,
    },
)
_SOURCE = request(
    "ModificationSource",
    {
        "sourceType": Text(values=("byId", "byKey"), required=True),
        "sourceElementId": Text(least=1, most=1000),
        "sourceElementInstanceKey": Key(),
    },
)
_ANCESTOR_SCOPE = request(
    "ModificationAncestorScope",
    {
        "ancestorScopeType": Text(values=("direct", "inferred", "sourceParent"), required=True),
        "ancestorElementInstanceKey": _ANCESTOR,
    },
)
_MOVE = request(
    "ModificationMove",
    {
        "sourceElementInstruction": fields.Nested(_SOURCE, required=True),
        "targetElementId": Text(least=1, most=1000, required=True),
        "ancestorScopeInstruction": fields.Nested(_ANCESTOR_SCOPE),
        "variableInstructions": Items(fields.Nested(_VARIABLES), most=100),
    },
)
_TERMINATION = request(
    "ModificationTermination",
    {"elementId": Text(least=1, most=1000), "elementInstanceKey": Key()},
)
Modifying = request(
    "ProcessInstanceModification",
    {
        "operationReference": REFERENCE,
        "activateInstructions": Items(fields.Nested(_ACTIVATION), most=100),
        "moveInstructions": Items(fields.Nested(_MOVE), most=100),
        "terminateInstructions": Items(fields.Nested(_TERMINATION), most=100),
        "reason": REASON,
    },
)
PlanAnswer = answer(
    "RepairPlan",
    {
        "items": Items(
            fields.Nested(
                answer(
                    "RepairPlanLine",
                    {
                        "when": Text(values=("now", "then", "kept"), required=True),
                        "kind": Text(required=True),
                        "elementId": Text(required=True, nullable=True),
                        "elementInstanceKey": Key(required=True, nullable=True),
                        "text": Document(required=True, doc="By language: vi, en."),
                    },
                )
            ),
            required=True,
        )
    },
)

_MAPPING = request(
    "MigrationMapping",
    {
        "sourceElementId": Text(least=1, most=1000, required=True),
        "targetElementId": Text(least=1, most=1000, required=True),
    },
)
Migration = request(
    "ProcessInstanceMigration",
    {
        "targetProcessDefinitionKey": Key(required=True),
        "mappingInstructions": Items(fields.Nested(_MAPPING), most=10_000),
        "operationReference": REFERENCE,
        "sameIds": Flag(doc="Extension: elements that are not mapped keep their own id."),
        "reason": REASON,
    },
)
