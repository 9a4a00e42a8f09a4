"""Bodies that start and change process instances."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.fields import Anything, Document, Flag, Items, Key, Text, Whole
from api.schemas.search import request

REFERENCE = Whole(
    least=1, most=2**63 - 1, doc="The caller's number for the call; accepted, not kept."
)
TENANT = Text(least=1, most=31, doc="The installation's tenant.")
WAIT_MOST = 300_000

StartInstruction = request("StartInstruction", {"elementId": Text(least=1, required=True)})

Creation = request(
    "ProcessInstanceCreation",
    {
        "processDefinitionKey": Key(doc="This version; or name processDefinitionId."),
        "processDefinitionId": Text(least=1, most=1000),
        "processDefinitionVersion": Whole(least=-1, doc="-1 (and no value): the latest."),
        "processDefinitionVersionTag": Text(least=1, most=1000),
        "variables": Document(),
        "tenantId": TENANT,
        "operationReference": REFERENCE,
        "startInstructions": Items(fields.Nested(StartInstruction), most=100),
        "runtimeInstructions": Items(Anything(), most=0, doc="Not supported: must be empty."),
        "awaitCompletion": Flag(doc="Answer when the instance has ended."),
        "fetchVariables": Items(Text(least=1, most=1000), most=1000),
        "requestTimeout": Whole(
            least=0, most=WAIT_MOST, doc="Milliseconds to wait; 0: 10 seconds."
        ),
        "tags": Items(Text(least=1, most=100, pattern="^[A-Za-z][A-Za-z0-9_:.-]*$"), most=10),
        "businessId": Text(least=1, most=256),
        "uniqueBusinessId": Flag(
            doc="Extension: 409 when a running instance of the process has this businessId."
        ),
    },
)

Cancellation = request("ProcessInstanceCancellation", {"operationReference": REFERENCE})
Resolution = request("IncidentResolution", {"operationReference": REFERENCE})

VariableChange = request(
    "ElementVariables",
    {
        "variables": Document(required=True),
        "local": Flag(doc="true: the names are declared at this element."),
        "reason": Text(least=1, most=2000, doc="Extension: why; kept. Procedures ask for it."),
        "operationReference": REFERENCE,
    },
)
