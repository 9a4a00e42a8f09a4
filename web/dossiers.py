"""The dossier page: status, deadline, steps, and the diagram with where it stands.

Whoever may not see a dossier gets the same page as for a code that does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

from flask import Blueprint, Response

from engine.domain.actors import Actor
from engine.drawing import Scene, draw, read_scene
from engine.errors import NotFound
from engine.ports.engine import Engine
from engine.ports.views import Condition, Query
from web.doors import acting, machine_now, moment, signed_in, urgency
from web.render import page
from web.visitor import current

_SHOWN = ("Task", "task", "Event", "callActivity", "ubProcess")


def add_routes(pages: Blueprint, engine: Engine) -> None:
    """``GET /dossiers/<code>``."""
    pages.add_url_rule("/dossiers/<path:code>", "dossier", DossierPages(engine).show)


class DossierPages:
    """The views of one dossier."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @signed_in
    def show(self, code: str) -> Response:
        """Everything of one dossier that the clerk may see."""
        actor, zone = acting(), self._engine.settings.zone
        row = self._dossier(actor, code)
        root = Condition(field="root_key", op="eq", value=row["key"])
        views = self._engine.views
        steps = views.search("dossier_step", actor, Query(where=(root,), limit=1000)).items
        tasks = views.search("user_task", actor, Query(where=(root,), limit=1000)).items
        states = self._states(actor, row)
        scene = self._scene(actor, row)
        title = current().words("dossier.diagram_of", code=row["code"] or row["portal_code"])
        return page(
            "dossier.html",
            row=row,
            procedure=tasks[0]["process_name"] if tasks else row["procedure_code"],
            instants={name: moment(value, zone) for name, value in row.items()},
            urgency="" if row["closed_at"] else urgency(row["committed_due_at"], machine_now()),
            steps=[(step, moment(step["at"], zone)) for step in steps],
            tasks=[
                (task, moment(task["created_at"], zone), moment(task["completed_at"], zone))
                for task in tasks
            ],
            picture=draw(scene, title=title, states=states or {}) if scene else "",
            places=_places(scene, states) if scene and states is not None else [],
        )

    def _dossier(self, actor: Actor, code: str) -> Mapping[str, Any]:
        text = code.replace("\0", "")
        names = ("code", "portal_code")
        ways = tuple((Condition(field=name, op="eq", value=text),) for name in names)
        rows = self._engine.views.search("dossier", actor, Query(any_of=ways, limit=1)).items
        if not rows:
            raise NotFound("There is no such dossier.")
        return rows[0]

    def _states(self, actor: Actor, row: Mapping[str, Any]) -> dict[str, str] | None:
        counts = self._engine.views.element_statistics(actor, row["key"])
        if counts is None:
            return None
        return {str(each["element_id"]): state for each in counts if (state := _state(each))}

    def _scene(self, actor: Actor, row: Mapping[str, Any]) -> Scene | None:
        if row["definition_key"] is None:
            return None
        source = self._engine.views.definition_source(actor, row["definition_key"])
        return _read(source) if source else None


@lru_cache(maxsize=64)
def _read(source: bytes) -> Scene | None:
    return read_scene(source, "diagram")


def _state(counts: Mapping[str, object]) -> str:
    for column, state in (("incidents", "incident"), ("active", "active"), ("completed", "done")):
        if cast(int, counts[column] or 0) > 0:
            return state
    return "missed" if cast(int, counts["canceled"] or 0) > 0 else ""


def _places(scene: Scene, states: Mapping[str, str]) -> list[tuple[str, str]]:
    """The diagram as a table: each step and event with a name, in reading order, and its state."""
    named = [one for one in scene.shapes if one.name and one.kind.endswith(_SHOWN)]
    ordered = sorted(named, key=lambda one: (one.box.x, one.box.y))
    return [(one.name, states.get(one.id, "waiting")) for one in ordered]
