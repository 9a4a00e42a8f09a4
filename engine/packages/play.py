"""Plays a scenario on a driver and tells the first thing that differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from engine.forms import Form
from engine.forms.options import same
from engine.packages import expect
from engine.packages.driver import Driver, OpenTask, Trail
from engine.packages.expect import Differs
from engine.packages.scenario import Scenario, Step, duration, instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a scenario expected and did not get, in both languages."""

    line: int
    step: int
    vi: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a scenario went; ``difference`` None means as told."""

    scenario: str
    name: Mapping[str, str]
    resource: str
    difference: Difference | None
    trail: Trail


class Player:
    """One scenario on one driver.

    ``forms`` (by the task's element id) give answers their types; ``results``
    says what each end event means.
    """

    def __init__(
        self,
        scenario: Scenario,
        driver: Driver,
        forms: Mapping[str, Form],
        results: Mapping[str, str],
    ) -> None:
        self.scenario = scenario
        self.driver = driver
        self.forms = forms
        self.results = results

    def play(self, process_id: str) -> Outcome:
        """Start, do every step, compare the end."""
        scenario, driver = self.scenario, self.driver
        line, number = scenario.document.line("start"), 0
        difference = None
        try:
            driver.start(scenario.process or process_id, scenario.at, scenario.variables)
            self._no_incident()
            for step in scenario.steps:
                line, number = step.line, step.number
                self._do(step)
                self._no_incident()
            line, number = scenario.document.line("ends"), 0
            self._end()
        except Differs as found:
            difference = Difference(line=line, step=number, vi=found.vi, en=found.en)
        return Outcome(
            scenario=scenario.resource,
            name=scenario.name,
            resource=scenario.resource,
            difference=difference,
            trail=driver.trail(),
        )

    def _do(self, step: Step) -> None:
        if step.action == "complete":
            self._complete(step)
        elif step.action == "refuse":
            self._refuse(step)
        elif step.action == "wait":
            self.driver.clock(self.driver.now() + duration(step.value))
        elif step.action == "clock":
            self.driver.clock(instant(step.value))
        elif step.action == "message":
            self._message(step)
        else:
            self._expect(step)

    def _complete(self, step: Step) -> None:
        task = self._task(step)
        refusal = self.driver.complete(task, self._group(step, task), self._answers(step, task))
        if refusal is not None:
            found = ", ".join(f"{place} {code}" for place, code in refusal.codes) or refusal.code
            raise Differs(
                f"công việc {task.element_id} bị từ chối: {found}",
                f"task {task.element_id} was refused: {found}",
            )

    def _refuse(self, step: Step) -> None:
        task = self._task(step)
        refusal = self.driver.complete(task, self._group(step, task), self._answers(step, task))
        code, place = str(step.what["code"]), step.what.get("at")
        if refusal is None:
            raise Differs(
                f"công việc {task.element_id} phải bị từ chối ({code}) nhưng đã được nhận",
                f"task {task.element_id} should be refused ({code}) but was taken",
            )
        found = [*refusal.codes, ("", refusal.code)]
        if not any(c == code and (place is None or p == place) for p, c in found):
            said = ", ".join(f"{p} {c}" for p, c in refusal.codes) or refusal.code
            raise Differs(
                f"chờ lỗi {place or ''} {code}, nhận được: {said}",
                f"expected the fault {place or ''} {code}, got: {said}",
            )

    def _message(self, step: Step) -> None:
        name, key = str(step.what["name"]), str(step.what["key"])
        variables = cast(Mapping[str, object], step.what.get("variables", {}))
        taken = self.driver.message(name, key, variables)
        if taken != step.what.get("taken", True):
            vi = "không ai nhận" if not taken else "đã có người nhận"
            en = "nobody took" if not taken else "somebody took"
            raise Differs(f"{vi} thông điệp {name}", f"{en} the message {name}")

    def _expect(self, step: Step) -> None:
        tasks = self.driver.tasks()
        if "tasks" in step.what:
            expect.open_tasks(cast(list[str], step.what["tasks"]), tasks)
        self._values(step.what.get("variables"))
        for element_id, due in cast(Mapping[str, str], step.what.get("due", {})).items():
            expect.due(expect.one(element_id, tasks), instant(due))
        groups = cast(Mapping[str, list[str]], step.what.get("groups", {}))
        for element_id, wanted in groups.items():
            expect.groups(expect.one(element_id, tasks), wanted)

    def _end(self) -> None:
        wanted = str(self.scenario.ends["at"])
        ended = self.driver.ended()
        if ended is None:
            found = expect.listed(Counter(task.element_id for task in self.driver.tasks()))
            raise Differs(
                f"hồ sơ chưa kết thúc, còn mở: {found}", f"the dossier has not ended, open: {found}"
            )
        if wanted not in ended:
            raise Differs(
                f"phải kết thúc ở {wanted}, đã kết thúc ở {', '.join(ended)}",
                f"should end at {wanted}, ended at {', '.join(ended)}",
            )
        result = self.scenario.ends.get("result")
        if result is not None and self.results.get(wanted) != result:
            raise Differs(
                f"kết quả của {wanted} trong procedure.yml không phải là {result}",
                f"the result of {wanted} in procedure.yml is not {result}",
            )
        self._values(self.scenario.ends.get("variables"))

    def _values(self, wanted: object) -> None:
        if isinstance(wanted, Mapping):
            expect.variables(wanted, self.driver.variables())

    def _no_incident(self) -> None:
        incidents = self.driver.incidents()
        if incidents:
            raise Differs(f"sự cố: {incidents[0]}", f"incident: {incidents[0]}")

    def _task(self, step: Step) -> OpenTask:
        where = cast(Mapping[str, object], step.what.get("where", {}))
        tasks = [
            task
            for task in self.driver.tasks()
            if all(same(expect.at(task.variables, path), value) for path, value in where.items())
        ]
        return expect.one(str(step.what["task"]), tasks)

    def _group(self, step: Step, task: OpenTask) -> str:
        meant = task.groups[0] if task.groups else "@"
        role, _, unit = meant.partition("@")
        role = str(step.what.get("role", role))
        agency = str(step.what.get("unit", self.scenario.unit or unit))
        # A unit's code stands for its People's Committee.
        return f"{role}@ubnd-{agency}" if agency.isdecimal() else f"{role}@{agency}"

    def _answers(self, step: Step, task: OpenTask) -> Mapping[str, object]:
        if "raw" in step.what:
            return cast(Mapping[str, object], step.what["raw"])
        path = ("steps", step.number - 1, step.action, "answers")
        form = self.forms.get(task.element_id)
        if form is None:
            return cast(Mapping[str, object], step.what.get("answers", {}))
        return cast(Mapping[str, object], self.scenario.document.typed(form.schema, *path) or {})
