"""Who has a part in a dossier; everybody else does not learn that it exists."""

from __future__ import annotations

from collections.abc import Iterable

from engine.commands.context import Context
from engine.domain.actors import Actor
from engine.domain.dossier import DossierRecord
from engine.domain.permissions import BROAD
from engine.errors import Forbidden, NotFound
from engine.ports.store import LockedRoot


def locked_dossier(context: Context, code: str) -> tuple[DossierRecord, LockedRoot]:
    """The dossier under its root's lock; hidden and wrong codes answer alike."""
    dossiers, tenant = context.uow.dossiers, context.actor.tenant_id
    key = dossiers.find_code(code, tenant) or dossiers.find_portal_code(code, tenant)
    if key is None or not sees_dossier(context.actor, dossiers.read(key)):
        raise no_dossier()
    root = context.uow.roots.lock(key)
    return dossiers.read(key), root


def no_dossier() -> NotFound:
    """One answer for what is not there and what is not yours."""
    return NotFound("There is no such dossier.")


def sees_dossier(actor: Actor, dossier: DossierRecord) -> bool:
    """The SQL predicate ``dossier_visible`` in words of one row."""
    if actor.has("system"):
        return True
    own = dossier.visibility
    if own.tenant_id != actor.tenant_id:
        return False
    if actor.has(*BROAD):
        if own.sealed:
            return own.unit_id == actor.unit_id
        paths = (own.unit_id, dossier.receiving_unit)
        return any(path.startswith(actor.unit_id) for path in paths)
    if not actor.has("clerk"):
        return False
    decides = dossier.agency in agencies(actor)
    return decides or (not own.sealed and dossier.receiving_unit == actor.unit_id)


def agencies(actor: Actor) -> frozenset[str]:
    """Agencies the actor belongs to, by groups ``role@agency``."""
    return frozenset(group.partition("@")[2] for group in actor.groups) - {""}


def require_part(actor: Actor, dossier: DossierRecord, roles: Iterable[str]) -> None:
    """A role of the agency that decides, or the reception of the unit that received."""
    if actor.has("admin", "integrator", "system"):
        return
    wanted = frozenset(roles)
    mine = {group.partition("@")[0] for group in actor.groups} & wanted
    decides = dossier.agency in agencies(actor)
    if actor.has("supervisor") and (decides or dossier.visibility.unit_id == actor.unit_id):
        return
    received = dossier.receiving_unit == actor.unit_id and "reception" in mine
    if (decides and mine) or received:
        return
    raise Forbidden(
        f"This step is taken by {', '.join(sorted(wanted))} of the agency.", code="not-your-part"
    )
