"""Driver 2: a scenario over HTTP, each person with an account of their own.

The dossier is received at the counter (``/api/dossiers``); the work is done through
``/v2``, as an integrator would. The server holds nothing between
two calls but its database, so every step is a save and a restore.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from engine.packages.driver import OpenTask, Refusal, Trail
from tests.live.client import Client, Refused

_WHOLE = "?truncateValues=false"


class HttpDriver:
    """Plays one instance; ``people`` logs in a member of a group ``role@unit``."""

    def __init__(self, operator: Client, people: Mapping[str, Client], procedure: str) -> None:
        self._operator = operator
        self._people = people
        self._procedure = procedure
        self._key = ""
        # The scenario's code and the one the counter issued.
        self._codes: dict[str, str] = {}
        self._now = datetime.now(UTC)

    def start(self, process_id: str, at: datetime, variables: Mapping[str, object]) -> None:
        self._operator.close()
        self.clock(at)
        dossier: Any = variables["dossier"]
        applicant: Any = variables.get("applicant", {"name": "Nguyễn Thị Thử"})
        body = {
            "procedureCode": self._procedure,
            "receptionPoint": f"rp-{dossier['unit']}",
            "channel": dossier.get("channel", "counter"),
            "applicant": {"name": applicant["name"]},
            "answers": _plain({n: v for n, v in variables.items() if n != "dossier"}),
        }
        made = self._operator.post("/api/dossiers", body)
        self._key = made["processInstanceKey"]
        self._codes = {dossier["code"]: made["code"]}

    def tasks(self) -> Sequence[OpenTask]:
        body = {
            "filter": {"processInstanceKey": self._key, "state": "CREATED"},
            "sort": [{"field": "creationDate", "order": "ASC"}],
        }
        items = self._operator.post("/v2/user-tasks/search", body)["items"]
        return [self._task(item) for item in items]

    def complete(self, task: OpenTask, group: str, answers: Mapping[str, object]) -> Refusal | None:
        person = self._people[group]
        person.close()  # idle since its last task: the server may have hung up meanwhile
        body = {"variables": _plain(answers)}
        try:
            person.post(f"/v2/user-tasks/{task.key}/completion", body)
        except Refused as refusal:
            # Who is no candidate may not even know of the task.
            if refusal.status == 403 or (refusal.status == 404 and group not in task.groups):
                return Refusal(code="forbidden")
            problem = json.loads(refusal.body)
            assert refusal.status == 400, problem
            codes = tuple((one["pointer"], one["code"]) for one in problem.get("errors", ()))
            return Refusal(code=problem["code"], codes=codes)
        return None

    def status(self) -> int:
        """The portal code the dossier shows."""
        (code,) = self._codes.values()
        return int(self._operator.get(f"/api/dossiers/{code}")["status"])

    def message(self, name: str, key: str, variables: Mapping[str, object]) -> bool:
        key = self._codes.get(key, key)
        body = {"name": name, "correlationKey": key, "variables": _plain(variables)}
        try:
            self._operator.post("/v2/messages/correlation", body)
        except Refused as refusal:
            assert refusal.status == 404, refusal
            return False
        return True

    def clock(self, at: datetime) -> None:
        self._now = at.astimezone(UTC)
        since = self._now - datetime(1970, 1, 1, tzinfo=UTC)
        milliseconds = since // timedelta(milliseconds=1)
        self._operator.call("PUT", "/v2/clock", {"timestamp": milliseconds})

    def now(self) -> datetime:
        return self._now

    def variables(self) -> Mapping[str, object]:
        body = {"filter": {"scopeKey": self._key}, "page": {"limit": 1000}}
        items = self._operator.post(f"/v2/variables/search{_WHOLE}", body)["items"]
        return {item["name"]: _value(item["value"]) for item in items}

    def ended(self) -> Sequence[str] | None:
        instance = self._operator.get(f"/v2/process-instances/{self._key}")
        if instance["state"] != "COMPLETED":
            return None
        ends = self._elements({"type": "END_EVENT", "state": "COMPLETED"})
        return [item["elementId"] for item in ends]

    def incidents(self) -> Sequence[str]:
        path = f"/v2/process-instances/{self._key}/incidents/search"
        items = self._operator.post(path, {"filter": {"state": "ACTIVE"}})["items"]
        return [f"{item['elementId']}: {item['errorMessage']}" for item in items]

    def trail(self) -> Trail:
        if not self._key:
            return Trail()
        flows = self._operator.get(f"/v2/process-instances/{self._key}/sequence-flows")["items"]
        return Trail(
            elements=[item["elementId"] for item in self._elements({})],
            flows=[item["elementId"] for item in flows],
        )

    def _elements(self, where: Mapping[str, str]) -> list[dict[str, Any]]:
        body = {
            "filter": {"processInstanceKey": self._key, **where},
            "page": {"limit": 1000},
        }
        items: list[dict[str, Any]] = self._operator.post("/v2/element-instances/search", body)[
            "items"
        ]
        return items

    def _task(self, item: Mapping[str, Any]) -> OpenTask:
        key = item["userTaskKey"]
        path = f"/v2/user-tasks/{key}/effective-variables/search{_WHOLE}"
        rows = self._operator.post(path, {"page": {"limit": 1000}})["items"]
        due = item.get("dueDate")
        return OpenTask(
            key=key,
            element_id=item["elementId"],
            groups=tuple(item.get("candidateGroups") or ()),
            due_at=datetime.fromisoformat(due) if due else None,
            variables={row["name"]: _value(row["value"]) for row in rows},
        )


def _value(text: str) -> object:
    value: object = json.loads(text, parse_float=Decimal)
    return value


def _plain(value: Mapping[str, object]) -> Any:
    # Scenario numbers are decimals; over the wire they are JSON numbers.
    return json.loads(json.dumps(value, default=_number))


def _number(value: object) -> int | float:
    assert isinstance(value, Decimal)
    return int(value) if value == value.to_integral_value() else float(value)
