"""Variables and incidents. A variable's value travels beside its event (``Step.variables``)."""

from __future__ import annotations

from engine.domain.events import IncidentRaised, IncidentResolved, ScopeClosed, VariablesChanged
from engine.store.appliers.registry import Projection, applies, only_history
from engine.store.tables import incident, variable

only_history(VariablesChanged)


@applies(ScopeClosed)
def _scope_closed(event: ScopeClosed, to: Projection) -> None:
    to.rows.close(
        variable,
        {"scope_key": event.scope_key},
        {"live": False},
        guard=("live", (True,)),
        stored=to.live_scopes is None or event.scope_key in to.live_scopes,
    )


@applies(IncidentRaised)
def _raised(event: IncidentRaised, to: Projection) -> None:
    to.rows.insert(
        incident,
        key=event.key,
        root_key=to.root_key,
        instance_key=event.instance.key,
        element_key=event.element_key,
        definition_key=event.instance.definition.key,
        process_id=event.instance.definition.process_id,
        element_id=event.element_id,
        error_type=event.error_type,
        message=event.message,
        job_key=event.job_key,
        state="ACTIVE",
        created_at=to.at,
        **to.seen_by(),
    )


@applies(IncidentResolved)
def _resolved(event: IncidentResolved, to: Projection) -> None:
    to.rows.close(
        incident,
        {"element_key": event.element_key},
        {"state": "RESOLVED", "resolved_at": to.at},
        guard=("state", ("ACTIVE",)),
    )
