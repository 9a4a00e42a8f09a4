"""Driver 2: a black box behind ``/v2``. It knows the wire and nothing of the engine.

Time passes in slices, as it would by itself, because a pinned clock jumps:
what starts at a firing would else begin at the end of the jump.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from engine.runtime.duration import parse_duration
from tests.conformance.driver import Incident, Job, Refused, Task, Unexpected

BEGIN = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SLICES = 16
PAGE = 1000
BLANK = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">{}</definitions>'
PROCESS = (
    '<process id="{0}" isExecutable="true"><startEvent id="blank-{0}"/>'
    '<sequenceFlow id="flow-{0}" sourceRef="blank-{0}" targetRef="end-{0}"/>'
    '<endEvent id="end-{0}"/></process>'
)
JSON = {"Content-Type": "application/json"}


class OverHttp:
    """One case on a server that others used before and will use again; ``close`` cleans up."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._now = BEGIN
        self._first: str | None = None
        self._seen: dict[int, dict[str, object]] = {}
        self._task_keys: dict[int, int] = {}
        self._deployed: set[str] = set()
        self._pin()
        self._before = {row["processInstanceKey"] for row in self._all_roots()}

    # -- deployment and start -------------------------------------------------

    def deploy(self, files: Mapping[str, bytes]) -> list[str]:
        parts = [("resources", (name, source, "text/xml")) for name, source in files.items()]
        answer = self._client.post("/v2/deployments", files=parts)
        if answer.status_code == 400:
            raise Refused(
                [(item["code"], item.get("elementId", "")) for item in answer.json()["errors"]]
            )
        deployed = _good(answer)
        definitions = [item.get("processDefinition") for item in deployed["deployments"]]
        ids = [item["processDefinitionId"] for item in definitions if item]
        self._first = ids[0]
        self._deployed.update(ids)
        return [item["rule"] for item in deployed["warnings"]]

    def start(self, process_id: str | None, variables: Mapping[str, object]) -> None:
        body = {"processDefinitionId": process_id or self._first, "variables": variables}
        self._post("/v2/process-instances", body)

    def cancel(self) -> None:
        self._post(f"/v2/process-instances/{self._root()}/cancellation", {})

    # -- work -------------------------------------------------------------------

    def tasks(self) -> list[Task]:
        found = []
        for row in self._search("user-tasks", {"state": "CREATED"}, "creationDate", "userTaskKey"):
            element_key = int(row["elementInstanceKey"])
            self._task_keys[element_key] = int(row["userTaskKey"])
            found.append(
                Task(
                    key=int(row["userTaskKey"]),
                    element_key=element_key,
                    element_id=row["elementId"],
                    name=row.get("name"),
                    assignee=row.get("assignee"),
                    groups=tuple(row["candidateGroups"]),
                    users=tuple(row["candidateUsers"]),
                    due=_seconds(row.get("dueDate")),
                    follow_up=_seconds(row.get("followUpDate")),
                    priority=row["priority"],
                    form=None,
                )
            )
        return found

    def complete(self, task: Task, variables: Mapping[str, object]) -> None:
        self._post(f"/v2/user-tasks/{task.key}/completion", {"variables": variables})

    def jobs(self) -> list[Job]:
        states = {"$in": ["CREATED", "FAILED", "RETRIES_UPDATED", "TIMED_OUT"]}
        open_jobs = [
            row
            for row in self._search("jobs", {"state": states}, "jobKey")
            if row["retries"] > 0 or row["state"] == "CREATED"
        ]
        for kind in {row["type"] for row in open_jobs}:
            body = {"type": kind, "timeout": 100_000, "maxJobsToActivate": 100}
            for job in self._post("/v2/jobs/activation", body)["jobs"]:
                self._seen[int(job["elementInstanceKey"])] = _exact(json.dumps(job["variables"]))
        return [
            Job(
                key=int(row["jobKey"]),
                element_key=int(row["elementInstanceKey"]),
                element_id=row["elementId"],
                type=row["type"],
                retries=row["retries"],
                priority=row["priority"],
                headers=row["customHeaders"],
            )
            for row in open_jobs
        ]

    def complete_job(self, job: Job, variables: Mapping[str, object]) -> None:
        self._post(f"/v2/jobs/{job.key}/completion", {"variables": variables})

    def fail_job(self, job: Job, retries: int, message: str) -> None:
        body = {"retries": retries, "errorMessage": message}
        self._post(f"/v2/jobs/{job.key}/failure", body)

    def job_error(self, job: Job, code: str, message: str, variables: Mapping[str, object]) -> None:
        body = {"errorCode": code, "errorMessage": message, "variables": variables}
        self._post(f"/v2/jobs/{job.key}/error", body)

    # -- events -----------------------------------------------------------------

    def message(self, name: str, key: str, variables: Mapping[str, object]) -> bool:
        body = {"name": name, "correlationKey": key, "variables": variables}
        answer = self._client.post("/v2/messages/correlation", headers=JSON, content=_json(body))
        if answer.status_code == 404:
            return False
        _good(answer)
        return True

    def publish(self, name: str, key: str, ttl: str, variables: Mapping[str, object]) -> None:
        body: dict[str, object] = {"name": name, "correlationKey": key, "variables": variables}
        body["timeToLive"] = _millis(parse_duration(ttl).after(self._now, ZONE)) - _millis(
            self._now
        )
        self._post("/v2/messages/publication", body)
        self._pin()

    def signal(self, name: str, variables: Mapping[str, object]) -> None:
        self._post("/v2/signals/broadcast", {"signalName": name, "variables": variables})
        self._pin()

    def advance(self, duration: str) -> None:
        begin, goal = self._now, parse_duration(duration).after(self._now, ZONE)
        for count in range(1, SLICES + 1):
            self._now = begin + (goal - begin) * count / SLICES
            self._pin()

    def _pin(self) -> None:
        _good(
            self._client.put(
                "/v2/clock", headers=JSON, content=_json({"timestamp": _millis(self._now)})
            )
        )

    # -- what is seen -------------------------------------------------------------

    def variables(self, element_key: int | None = None) -> Mapping[str, object]:
        if element_key is None:
            root = self._root()
            where = {"processInstanceKey": root, "scopeKey": root}
            rows = self._search("variables", where, "name", query="?truncateValues=false")
            return _rows(rows)
        if element_key in self._task_keys:
            path = f"user-tasks/{self._task_keys[element_key]}/effective-variables"
            return _rows(self._search(path, None, "name", query="?truncateValues=false"))
        return self._seen[element_key]

    def set_variables(self, variables: Mapping[str, object], element_key: int | None) -> None:
        scope = self._root() if element_key is None else str(element_key)
        body = {"variables": variables, "local": element_key is not None}
        answer = self._client.put(
            f"/v2/element-instances/{scope}/variables", headers=JSON, content=_json(body)
        )
        _good(answer)
        self._pin()

    def incidents(self) -> list[Incident]:
        return [
            Incident(
                key=int(row["incidentKey"]),
                element_key=int(row["elementInstanceKey"]),
                element_id=row["elementId"],
                type=row["errorType"],
            )
            for row in self._search("incidents", {"state": "ACTIVE"}, "incidentKey")
        ]

    def resolve(self, incident: Incident) -> None:
        row = _good(self._client.get(f"/v2/incidents/{incident.key}"))
        if row["jobKey"]:
            # A job without retries would fail again at once.
            body = {"changeset": {"retries": 1}}
            path = f"/v2/jobs/{row['jobKey']}"
            _good(self._client.patch(path, headers=JSON, content=_json(body)))
        self._post(f"/v2/incidents/{incident.key}/resolution", {})

    def instances(self) -> list[str]:
        return [row["state"] for row in self._roots()]

    def close(self) -> None:
        """End what is still open, take back the start events, let kept messages expire."""
        for row in self._roots():
            if row["state"] == "ACTIVE":
                self._post(f"/v2/process-instances/{row['processInstanceKey']}/cancellation", {})
        if self._deployed:
            blank = BLANK.format("".join(PROCESS.format(name) for name in self._deployed))
            self.deploy({"blank.bpmn": blank.encode()})
        self._now = BEGIN.replace(year=BEGIN.year + 1)
        self._pin()

    def checkpoint(self) -> None:
        """Nothing is kept here; the server restores for every request."""

    # -- the wire -------------------------------------------------------------------

    def _all_roots(self) -> Iterator[dict[str, Any]]:
        where = {"parentProcessInstanceKey": {"$exists": False}}
        return self._search("process-instances", where, "processInstanceKey")

    def _roots(self) -> list[dict[str, Any]]:
        return [row for row in self._all_roots() if row["processInstanceKey"] not in self._before]

    def _root(self) -> str:
        return str(self._roots()[-1]["processInstanceKey"])

    def _search(
        self, noun: str, where: Mapping[str, object] | None, *sort: str, query: str = ""
    ) -> Iterator[dict[str, Any]]:
        body: dict[str, object] = {"page": {"limit": PAGE}}
        body["sort"] = [{"field": field, "order": "ASC"} for field in sort]
        if where:
            body["filter"] = where
        yield from self._post(f"/v2/{noun}/search{query}", body)["items"]

    def _post(self, path: str, body: Mapping[str, object]) -> Any:
        return _good(self._client.post(path, headers=JSON, content=_json(body)))


def _good(answer: httpx.Response) -> Any:
    if answer.status_code >= 300:
        raise Unexpected(f"{answer.request.url.path}: {answer.status_code} {answer.text[:300]}")
    return answer.json() if answer.content else None


def _json(body: object) -> bytes:
    def exact(value: object) -> object:
        if isinstance(value, Decimal):
            return float(value)
        raise TypeError(type(value).__name__)

    return json.dumps(body, default=exact).encode()


def _exact(text: str) -> Any:
    return json.loads(text, parse_float=Decimal)


def _rows(rows: Iterator[dict[str, Any]]) -> dict[str, object]:
    return {row["name"]: _exact(row["value"]) for row in rows}


def _millis(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _seconds(text: str | None) -> str | None:
    if text is None:
        return None
    return datetime.fromisoformat(text).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
