"""What clients ask a cluster about itself, and who they are."""

from __future__ import annotations

from flask import Response, request

from api.answers import answer, done
from api.calls import actor
from api.door import Door
from api.schemas.answers import License, Me, Topology
from engine.domain.permissions import PERMISSIONS, allows

door = Door("Cluster", __name__, url_prefix="/v2")
# The contract version our shapes follow; SDKs read it to know what they may call.
CONTRACT = "8.9.0"
CHANGES = "0"


@door.operation("GET", "/topology", answers={200: Topology})
def get_topology() -> Response:
    """One broker with one partition: this installation."""
    host, _, port = request.host.partition(":")
    partition = {"partitionId": 1, "role": "leader", "health": "healthy", "state": "active"}
    broker = {
        "nodeId": 0,
        "brokerId": "0",
        "host": host,
        "port": int(port) if port.isdigit() else 80,
        "partitions": [partition],
        "version": CONTRACT,
    }
    return answer(
        {
            "brokers": [broker],
            "clusterId": None,
            "clusterSize": 1,
            "partitionsCount": 1,
            "replicationFactor": 1,
            "gatewayVersion": CONTRACT,
            "lastCompletedChangeId": CHANGES,
        }
    )


@door.operation("GET", "/status", answers={204: None}, public=True)
def get_status() -> Response:
    """204 while the server answers."""
    return done()


@door.operation("GET", "/license", answers={200: License}, public=True)
def get_license() -> Response:
    """Free software: nothing to check, nothing that expires."""
    return answer(
        {
            "validLicense": True,
            "licenseType": "Apache-2.0",
            "isCommercial": False,
            "expiresAt": None,
        }
    )


@door.operation("GET", "/authentication/me", answers={200: Me})
def get_authentication() -> Response:
    """The caller: name, groups, roles and what these allow."""
    me = actor()
    tenant = {"tenantId": me.tenant_id, "name": me.tenant_id, "description": None}
    allowed = sorted(name for name in PERMISSIONS if allows(me, name))
    return answer(
        {
            "username": me.name,
            "displayName": me.display_name or me.name,
            "email": None,
            "authorizedComponents": allowed,
            "tenants": [tenant],
            "groups": list(me.groups),
            "roles": sorted(me.roles),
            "salesPlanType": None,
            "c8Links": {},
            "canLogout": False,
            "unitId": me.unit_id,
        }
    )
