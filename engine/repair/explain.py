"""An incident on one screen: what, where, since when, and the commands that may mend it.

Reads through the views only, as one actor. Names of variables are told, never their values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.domain.actors import Actor
from engine.domain.ids import Key
from engine.errors import NotFound
from engine.ports.views import Views
from engine.repair.names import involved
from engine.repair.sentences import TITLES, meaning

Row = Mapping[str, object]
_DEEPEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One instance of the call hierarchy, and the elements on the way to the failing one."""

    instance_key: Key
    process: str
    version: int
    resource: str
    path: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Members for a JSON document."""
        return {
            "instanceKey": str(self.instance_key),
            "process": self.process,
            "version": self.version,
            "resource": self.resource,
            "path": list(self.path),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """Something that can be done, and the command for it."""

    what: str
    command: str

    def title(self, language: str) -> str:
        """What the command does, in words."""
        return TITLES[language][self.what]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All about one incident. ``places``: the root first, the root cause last."""

    key: Key
    state: str
    error_type: str
    detail: str
    since: datetime
    places: tuple[Place, ...]
    names: tuple[tuple[str, bool], ...]
    job: Row | None
    remedies: tuple[Remedy, ...]

    def sentence(self, language: str) -> str:
        """What happened, without words of BPMN."""
        return meaning(self.error_type, language)

    def as_json(self) -> dict[str, object]:
        """Members for a JSON document."""
        return {
            "incidentKey": str(self.key),
            "state": self.state,
            "errorType": self.error_type,
            "meaning": {language: self.sentence(language) for language in TITLES},
            "detail": self.detail,
            "since": self.since.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "places": [place.as_json() for place in self.places],
            "names": [{"name": name, "isSet": there} for name, there in self.names],
            "job": None if self.job is None else dict(self.job),
            "remedies": [
                {"command": each.command, "what": {lang: each.title(lang) for lang in TITLES}}
                for each in self.remedies
            ],
        }


def explain(views: Views, actor: Actor, incident_key: Key) -> Explanation:
    """What stands about an incident; ``NotFound`` when the actor may not see it."""
    incident = _get(views, "incident", actor, incident_key)
    element = int(str(incident["element_key"]))
    visible = views.effective_variables(actor, element) or {}
    job = _job(views, actor, incident.get("job_key"))
    names = involved(str(incident["message"]), visible)
    return Explanation(
        key=incident_key,
        state=str(incident["state"]),
        error_type=str(incident["error_type"]),
        detail=str(incident["message"]),
        since=_instant(incident["created_at"]),
        places=_places(views, actor, int(str(incident["instance_key"])), element),
        names=names,
        job=job,
        remedies=_remedies(incident, names, job) if incident["state"] == "ACTIVE" else (),
    )


def _places(views: Views, actor: Actor, instance: Key, element: Key) -> tuple[Place, ...]:
    found: list[Place] = []
    for _ in range(_DEEPEST):
        row = _get(views, "process_instance", actor, instance)
        definition = _get(views, "process_definition", actor, int(str(row["definition_key"])))
        found.insert(
            0,
            Place(
                instance_key=instance,
                process=str(row["process_name"] or row["process_id"]),
                version=int(str(row["process_version"])),
                resource=str(definition["resource_name"]),
                path=_path(views, actor, instance, element),
            ),
        )
        if row["parent_key"] is None:
            break
        instance, element = int(str(row["parent_key"])), int(str(row["parent_element_key"]))
    return tuple(found)


def _path(views: Views, actor: Actor, instance: Key, element: Key) -> tuple[str, ...]:
    """Names (ids) of the elements from the process down to this one."""
    path: list[str] = []
    while element != instance and len(path) < _DEEPEST:
        row = _get(views, "element_instance", actor, element)
        name, own = row["name"], str(row["element_id"])
        path.insert(0, f"{name} ({own})" if name and name != own else own)
        element = int(str(row["scope_key"]))
    return tuple(path)


def _job(views: Views, actor: Actor, key: object) -> Row | None:
    if key is None:
        return None
    row = views.get("job", actor, int(str(key)))
    if row is None:
        return None
    names = ("key", "type", "retries", "worker", "error_message")
    return {name: str(row[name]) if name == "key" else row[name] for name in names}


def _remedies(
    incident: Row, names: tuple[tuple[str, bool], ...], job: Row | None
) -> tuple[Remedy, ...]:
    key, instance = incident["key"], incident["instance_key"]
    retry = f"motcua incidents retry --key {key}"
    found = []
    if job is not None:
        found.append(Remedy(what="retry_job", command=f"{retry} --retries 3"))
    else:
        found.append(Remedy(what="retry", command=retry))
    name = next((name for name, there in names if not there), None)
    if name is None:
        name = next((name for name, _ in names), None)
    if name is not None:
        command = f"motcua instance set {instance} '{name}=…' && {retry}"
        found.append(Remedy(what="set", command=command))
    move = f"motcua modify {incident['root_key']} --move {incident['element_id']}:TARGET --preview"
    found.append(Remedy(what="modify", command=move))
    return tuple(found)


def _instant(value: object) -> datetime:
    if not isinstance(value, datetime):
        raise TypeError("a view answers instants as datetimes")
    return value


def _get(views: Views, noun: object, actor: Actor, key: Key) -> Row:
    row = views.get(noun, actor, key)  # type: ignore[arg-type]  # the names of views below
    if row is None:
        raise NotFound(f"There is no such {str(noun).replace('_', ' ')}.")
    return row
