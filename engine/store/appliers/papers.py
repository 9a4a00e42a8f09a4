"""Numbers issued. A printing's row is written beside its event, with digests of its own."""

from __future__ import annotations

from engine.domain.events import NumberIssued, PaperPrinted
from engine.store.appliers.registry import Projection, applies, only_history
from engine.store.tables import issued_number

only_history(PaperPrinted)


@applies(NumberIssued)
def _issued(event: NumberIssued, to: Projection) -> None:
    to.rows.insert(
        issued_number,
        key=event.key,
        root_key=to.root_key,
        register=event.register,
        series=event.series,
        number=event.number,
        text=event.text,
        code=event.code,
        issued_by=event.by,
        at=to.at,
        **to.seen_by(),
    )
