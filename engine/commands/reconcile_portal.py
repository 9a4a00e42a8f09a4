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


def reconcile_portal(command: ReconcilePortal, context: Context) -> Result:
    uow, tenant = context.uow, context.actor.tenant_id
    ours = uow.portal.ours(tenant, uow.now - ENDED)
    keys = {own.code: key for key, own in ours}
    patience = timedelta(seconds=command.patience_seconds)
    found = differences([own for _, own in ours], command.theirs, uow.now, patience)

    for one in found:
        if one.kind in ("missing_there", "differs"):
            _mark(keys[one.code], context)
    key = uow.next_key()
    uow.portal.keep_run(key, tenant, len(ours), found)
    return {"key": key, "checked": len(ours), "differences": [asdict(one) for one in found]}


def _mark(key: Key, context: Context) -> None:
    """Unsent steps go at once; without any the two sides differ and a person has to look."""
    context.uow.portal.again(key)
    sync = "pending" if context.uow.portal.left(key) else "differs"
    if context.uow.dossiers.read(key).axes.sync != sync:
        root = context.uow.roots.lock(key)
        context.uow.record(root.key, DossierSynced(key=key, sync=sync))
