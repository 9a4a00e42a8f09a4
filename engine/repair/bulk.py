"""One remedy for many incidents: each in a transaction of its own, each with its result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from engine.commands.migrate_instance import MigrateInstance
from engine.commands.resolve_incident import ResolveIncident
from engine.domain.actors import Actor
from engine.domain.ids import Key
from engine.domain.permissions import allows
from engine.errors import Fault, Forbidden, Rejected
from engine.ports.engine import Engine
from engine.ports.views import Condition, Query
from engine.repair.plans import tell

AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one incident; ``code`` and ``sentence`` tell why it was refused."""

    incident_key: Key
    instance_key: Key
    element_id: str
    result: Literal["resolved", "failed-again", "refused"]
    code: str | None = None
    sentence: str | None = None


def retry_incidents(
    engine: Engine, actor: Actor, query: Query, *, retries: int | None = None, most: int = 1000
) -> Iterator[Outcome]:
    """Retry the open incidents the query finds, at most so many, the oldest first."""
    if not allows(actor, "operate"):
        raise Forbidden("Your roles do not allow this.", code="role-missing")
    active = Condition(field="state", op="eq", value="ACTIVE")
    asked = replace(
        query, where=(*query.where, active), sort=(("key", "asc"),), limit=min(most, AT_ONCE)
    )
    done = 0
    while done < most:
        rows = engine.views.search("incident", actor, replace(asked, offset=0)).items
        for row in rows[: most - done]:
            yield _retry(engine, actor, row, retries)
        done += len(rows)
        if len(rows) < asked.limit or not rows:
            return
        # What failed again has a new key behind this one, and is not met twice.
        last = Condition(field="key", op="gt", value=rows[-1]["key"])
        asked = replace(asked, where=(*query.where, active, last))


def _retry(engine: Engine, actor: Actor, row: Mapping[str, object], retries: int | None) -> Outcome:
    key = int(str(row["key"]))
    outcome = Outcome(
        incident_key=key,
        instance_key=int(str(row["instance_key"])),
        element_id=str(row["element_id"]),
        result="resolved",
    )
    try:
        engine.execute(ResolveIncident(key=key, retries=retries), actor)
    except Rejected as refusal:
        return replace(outcome, result="refused", code=refusal.reason, sentence=refusal.sentence)
    same = Condition(field="element_key", op="eq", value=row["element_key"])
    active = Condition(field="state", op="eq", value="ACTIVE")
    again = engine.views.search("incident", actor, Query(where=(same, active), limit=1)).items
    return replace(outcome, result="failed-again") if again else outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What became of one instance; ``plan`` holds the lines of a preview."""

    instance_key: Key
    plan: tuple[Mapping[str, object], ...] = ()
    code: str | None = None
    sentence: str | None = None
    faults: tuple[Fault, ...] = ()


def migrate_instances(
    engine: Engine,
    actor: Actor,
    query: Query,
    target: Key,
    mapping: Mapping[str, str],
    *,
    same_ids: bool = True,
    reason: str | None = None,
    preview: bool = False,
    most: int = 1000,
) -> Iterator[Moved]:
    """Migrate the running instances the query finds, the oldest first; each by itself."""
    if not allows(actor, "operate"):
        raise Forbidden("Your roles do not allow this.", code="role-missing")
    running = Condition(field="state", op="in", value=("ACTIVE", "SUSPENDED"))
    asked = replace(query, where=(*query.where, running), sort=(("key", "asc"),), limit=most)
    for row in engine.views.search("process_instance", actor, asked).items:
        command = MigrateInstance(
            key=int(str(row["key"])),
            target_key=target,
            mapping=mapping,
            same_ids=same_ids,
            reason=reason,
            preview=preview,
        )
        yield _migrate(engine, actor, command)


def _migrate(engine: Engine, actor: Actor, command: MigrateInstance) -> Moved:
    try:
        result: Any = engine.execute(command, actor).result
    except Rejected as refusal:
        return Moved(
            instance_key=command.key,
            code=refusal.reason,
            sentence=refusal.sentence,
            faults=getattr(refusal, "faults", ()),
        )
    lines = tell(engine.views, actor, result.get("plan", ()), engine.settings.zone)
    return Moved(instance_key=command.key, plan=tuple(lines))
