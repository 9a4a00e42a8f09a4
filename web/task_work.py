"""What a task page needs of the engine: the task, its form, its variables, its dossier."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import cast

from engine.domain.actors import Actor
from engine.domain.dossier.portal import MEANING
from engine.errors import NotFound
from engine.forms import Form, compile_form
from engine.ports.engine import Engine
from engine.ports.views import Condition, Query


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskWork:
    """An open or ended task with everything beside it; ``form`` None is a task without form."""

    row: Mapping[str, object]
    form: Form | None
    context: Mapping[str, object]
    papers: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> int:
        """The task's key."""
        return cast(int, self.row["key"])

    @property
    def assignee(self) -> str | None:
        """Who holds it."""
        return cast("str | None", self.row["assignee"])

    @property
    def is_open(self) -> bool:
        """Neither completed nor canceled."""
        return self.row["state"] == "CREATED"


def read_task(engine: Engine, actor: Actor, key: int) -> TaskWork:
    """The task; a stranger's does not exist."""
    row = engine.views.get("user_task", actor, key)
    if row is None:
        raise NotFound("There is no such user task.")
    form = _form(engine, actor, row)
    known = engine.views.effective_variables(actor, cast(int, row["element_key"])) or {}
    context = {name: json.loads(text, parse_float=Decimal) for name, text in known.items()}
    return TaskWork(row=row, form=form, context=context, papers=_papers(engine, actor, row, form))


def read_dossier(engine: Engine, actor: Actor, root_key: object) -> Mapping[str, object] | None:
    """The dossier of a root, with its status in words; None for a plain process."""
    query = Query(where=(Condition(field="key", op="eq", value=root_key),), limit=1)
    items = engine.views.search("dossier", actor, query).items
    return {**items[0], "meaning": MEANING[cast(int, items[0]["status"])]} if items else None


def done_before(engine: Engine, actor: Actor, root_key: object) -> tuple[Mapping[str, object], ...]:
    """Tasks of the root that were completed, the latest first."""
    where = (
        Condition(field="root_key", op="eq", value=root_key),
        Condition(field="state", op="eq", value="COMPLETED"),
    )
    query = Query(where=where, sort=(("completed_at", "desc"),), limit=20)
    return engine.views.search("user_task", actor, query).items


def is_offered(row: Mapping[str, object], actor: Actor) -> bool:
    """True when the task is offered to the actor or one of their groups."""
    users = cast("list[str]", row["candidate_users"])
    groups = cast("list[str]", row["candidate_groups"])
    return actor.name in users or not set(actor.groups).isdisjoint(groups)


def _form(engine: Engine, actor: Actor, row: Mapping[str, object]) -> Form | None:
    if row["form_id"] is None:
        return None
    found = engine.views.form(
        actor,
        cast(str, row["form_id"]),
        cast(str, row["form_binding"] or "latest"),
        cast("str | None", row["form_version_tag"]),
        cast(int, row["deployment_key"]),
    )
    if found is None:
        raise NotFound("The task's form is not deployed.", code="form-missing")
    return _compiled(str(found["schema"]))


@lru_cache(maxsize=256)
def _compiled(source: str) -> Form:
    return compile_form(source, "form")


def _papers(
    engine: Engine, actor: Actor, row: Mapping[str, object], form: Form | None
) -> tuple[tuple[str, str], ...]:
    if form is None or all(one.type != "filepicker" for one in form.walk()):
        return ()
    query = Query(where=(Condition(field="root_key", op="eq", value=row["root_key"]),), limit=100)
    found = engine.views.search("document", actor, query).items
    return tuple((str(each["key"]), str(each["name"])) for each in found)
