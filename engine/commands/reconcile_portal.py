"""Compare our dossiers with the portal's list; what is missing there is told again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

from engine.commands.context import Context, Result
from engine.domain.events import DossierSynced
from engine.domain.ids import Key
from engine.domain.portal import Theirs, differences

ENDED = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconcilePortal:
    """``patience_seconds``: what changed later than that may still be under way."""

    theirs: Sequence[Theirs]
    patience_seconds: int = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPortalDifference:
    """Internal: unsent steps go at once; without any the two sides differ and somebody looks."""

    job_key: Key
    dossier_key: Key


def reconcile_portal(command: ReconcilePortal, context: Context) -> Result:
    uow, tenant = context.uow, context.actor.tenant_id
    ours = uow.portal.ours(tenant, uow.now - ENDED)
    keys = {own.code: key for key, own in ours}
    patience = timedelta(seconds=command.patience_seconds)
    found = differences([own for _, own in ours], command.theirs, uow.now, patience)

    for one in found:
        if one.kind in ("missing_there", "differs"):
            # Each dossier is a root of its own, so each is marked by a command of its own.
            uow.jobs.add_internal("portal-differs", {"dossier_key": keys[one.code]})
    key = uow.next_key()
    uow.portal.keep_run(key, tenant, len(ours), found)
    return {"key": key, "checked": len(ours), "differences": [asdict(one) for one in found]}


def mark_portal_difference(command: MarkPortalDifference, context: Context) -> Result:
    root = context.uow.roots.lock(command.dossier_key)
    queue, dossier = context.uow.portal, context.uow.dossiers.read(command.dossier_key)

    queue.again(dossier.key)
    sync = "pending" if queue.left(dossier.key) else "differs"
    if dossier.axes.sync != sync:
        context.uow.record(root.key, DossierSynced(key=dossier.key, sync=sync))
    context.uow.jobs.finish_internal(command.job_key)
    return {"sync": sync}
