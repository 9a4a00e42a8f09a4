"""Bodies of what operators do to running instances."""

from __future__ import annotations

from api.schemas.fields import Text
from api.schemas.requests.instances import REFERENCE
from api.schemas.search import request

REASON = Text(least=1, most=2000, doc="Extension: why; kept. Procedures ask for it.")

Suspension = request(
    "ProcessInstanceSuspension", {"operationReference": REFERENCE, "reason": REASON}
)
Resumption = request(
    "ProcessInstanceResumption", {"operationReference": REFERENCE, "reason": REASON}
)
