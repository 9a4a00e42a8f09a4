"""What the contract of ``/v2`` knows and we do not serve: an honest 501, never a 404.

Paths that neither the contract nor we know stay 404.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from flask import Flask, Response

from engine.errors import NotSupported

# Path -> methods, by what a caller would look for.
PATHS: Final = MappingProxyType(
    {
        "/agent-definitions/search": "POST",
        "/agent-definitions/<key>": "GET",
        "/agent-instances": "POST",
        "/agent-instances/search": "POST",
        "/agent-instances/<key>": "GET PATCH",
        "/agent-instances/<key>/history/search": "POST",
        "/audit-logs/search": "POST",
        "/audit-logs/<key>": "GET",
        "/authentication/me/authorizations/search": "POST",
        "/authorizations": "POST",
        "/authorizations/search": "POST",
        "/authorizations/<key>": "GET PUT DELETE",
        "/backups/history": "GET POST",
        "/backups/history/<key>": "GET DELETE",
        "/backups/runtime": "GET POST",
        "/backups/runtime/state": "GET DELETE",
        "/backups/runtime/state/sync": "POST",
        "/backups/runtime/<key>": "GET DELETE",
        "/batch-operation-items/search": "POST",
        "/batch-operations/search": "POST",
        "/batch-operations/<key>": "GET",
        "/batch-operations/<key>/cancellation": "POST",
        "/batch-operations/<key>/resumption": "POST",
        "/batch-operations/<key>/suspension": "POST",
        "/cluster-variables/global": "POST",
        "/cluster-variables/global/<name>": "GET PUT DELETE",
        "/cluster-variables/search": "POST",
        "/cluster-variables/tenants/<tenant>": "POST",
        "/cluster-variables/tenants/<tenant>/<name>": "GET PUT DELETE",
        "/conditionals/evaluation": "POST",
        "/correlated-message-subscriptions/search": "POST",
        "/decision-instances/deletion": "POST",
        "/decision-instances/<key>/deletion": "POST",
        "/documents/batch": "POST",
        "/documents/<key>/links": "POST",
        "/element-instances/ad-hoc-activities/<key>/activation": "POST",
        "/element-instances/wait-states/search": "POST",
        "/exporting": "GET",
        "/exporting/pause": "POST",
        "/exporting/resume": "POST",
        "/global-task-listeners": "POST",
        "/global-task-listeners/search": "POST",
        "/global-task-listeners/<key>": "GET PUT DELETE",
        "/groups": "POST",
        "/groups/search": "POST",
        "/groups/<key>": "GET PUT DELETE",
        "/incidents/statistics/process-instances-by-definition": "POST",
        "/incidents/statistics/process-instances-by-error": "POST",
        "/jobs/batch-update": "POST",
        "/jobs/statistics/by-types": "POST",
        "/jobs/statistics/by-workers": "POST",
        "/jobs/statistics/errors": "POST",
        "/jobs/statistics/global": "GET",
        "/jobs/statistics/time-series": "POST",
        "/mapping-rules": "POST",
        "/mapping-rules/search": "POST",
        "/mapping-rules/<key>": "GET PUT DELETE",
        "/mode": "PATCH",
        "/process-definitions/statistics/message-subscriptions": "POST",
        "/process-definitions/statistics/process-instances": "POST",
        "/process-definitions/statistics/process-instances-by-version": "POST",
        "/process-definitions/<key>/statistics/element-instances": "POST",
        "/process-definitions/<key>/variable-names/search": "POST",
        "/process-instances/cancellation": "POST",
        "/process-instances/deletion": "POST",
        "/process-instances/incident-resolution": "POST",
        "/process-instances/migration": "POST",
        "/process-instances/modification": "POST",
        "/process-instances/resumption": "POST",
        "/process-instances/suspension": "POST",
        "/process-instances/<key>/business-id-assignment": "POST",
        "/process-instances/<key>/deletion": "POST",
        "/process-instances/<key>/incident-resolution": "POST",
        "/process-instances/<key>/statistics/wait-states": "GET",
        "/resources/<key>/deletion": "POST",
        "/restore": "GET POST",
        "/roles": "POST",
        "/roles/search": "POST",
        "/roles/<key>": "GET PUT DELETE",
        "/secrets/list": "POST",
        "/secrets/resolve": "POST",
        "/setup/user": "POST",
        "/system/configuration": "GET",
        "/system/usage-metrics": "GET",
        "/tenants": "POST",
        "/tenants/search": "POST",
        "/tenants/<key>": "GET PUT DELETE",
        "/user-tasks/<key>/audit-logs/search": "POST",
        "/users/<key>": "DELETE",
        **{
            f"/{owner}/<key>/{member}/{rest}": "POST" if rest == "search" else "PUT DELETE"
            for owner in ("groups", "roles", "tenants")
            for member in ("clients", "groups", "mapping-rules", "roles", "users")
            for rest in ("search", "<member>")
        },
    }
)


def install(app: Flask) -> None:
    """Register every row of the table."""
    for number, (path, methods) in enumerate(PATHS.items()):
        app.add_url_rule(f"/v2{path}", f"unsupported_{number}", _refuse, methods=methods.split())


def _refuse(**parts: str) -> Response:
    del parts
    raise NotSupported("The contract knows this call; this server does not support it.")
