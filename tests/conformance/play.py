"""Plays a case on a driver and compares what is seen with what the case says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.conformance.case import Case, Step
from tests.conformance.driver import Driver, Incident, Job, Refused, Task, Unexpected


def play(case: Case, driver: Driver) -> None:
    """Run the case; ``Unexpected`` says at which step what differed."""
    try:
        warned = driver.deploy(case.files)
    except Refused as refusal:
        _refusal(case, refusal)
        return
    if case.refused is not None:
        raise Unexpected(f"deployed, but must be refused by {case.refused}")
    for rule in case.warns:
        _same(f"a warning {rule}", rule in warned, True)
    if case.start is not None:
        driver.start(case.process, case.start)
    for number, step in enumerate(case.steps, 1):
        driver.checkpoint()
        try:
            STEPS[step.verb](driver, step)
        except Unexpected as difference:
            raise Unexpected(f"step {number} ({step.verb} {step.value}): {difference}") from None
    driver.checkpoint()
    _end(case, driver)


def _refusal(case: Case, refusal: Refused) -> None:
    if case.refused is None:
        raise Unexpected(f"refused: {refusal.findings}")
    rules = {rule for rule, _ in refusal.findings}
    if case.refused not in rules:
        raise Unexpected(f"refused by {sorted(rules)}, not by {case.refused}")
    if case.element is not None and (case.refused, case.element) not in refusal.findings:
        raise Unexpected(f"{case.refused} does not name {case.element}: {refusal.findings}")


def _end(case: Case, driver: Driver) -> None:
    states = driver.instances()
    incidents = [item.element_id for item in driver.incidents()]
    seen = f"{states}, incidents {incidents}, tasks {[task.element_id for task in driver.tasks()]}"
    if case.end == "none":
        fits = not states
    elif case.end == "completed":
        fits = bool(states) and set(states) == {"COMPLETED"}
    elif case.end == "terminated":
        fits = bool(states) and set(states) == {"TERMINATED"}
    elif case.end == "error":
        fits = bool(incidents)
    else:
        tasks = bool(driver.tasks()) == (case.end == "tasks")
        fits = "ACTIVE" in states and not incidents and tasks
    if not fits:
        raise Unexpected(f"must end {case.end}, but is {seen}")
    if case.end in ("completed", "terminated") and incidents:
        raise Unexpected(f"ended with open incidents: {seen}")


def _same(what: str, got: object, wanted: object) -> None:
    if got != wanted:
        raise Unexpected(f"{what}: expected {wanted!r}, got {got!r}")


def _variables(step: Step) -> Mapping[str, Any]:
    found = step.extra.get("vars") or {}
    assert isinstance(found, Mapping)
    return found


def _label(task: Task, wanted: Sequence[object]) -> str:
    return task.name if task.name in wanted and task.name is not None else task.element_id


def _expect_tasks(driver: Driver, step: Step) -> None:
    wanted = step.value if isinstance(step.value, list) else [step.value]
    got = Counter(_label(task, wanted) for task in driver.tasks())
    _same("open tasks", sorted(got.elements()), sorted(str(item) for item in wanted))


def _task(driver: Driver, step: Step) -> Task:
    for task in driver.tasks():
        if step.value in (task.name, task.element_id) and _fits(driver, task.element_key, step):
            return task
    open_tasks = [task.element_id for task in driver.tasks()]
    raise Unexpected(f"no such task is open; there are {open_tasks}")


def _fits(driver: Driver, element_key: int, step: Step) -> bool:
    where = step.extra.get("where")
    if not isinstance(where, Mapping):
        return True
    seen = driver.variables(element_key)
    return all(seen.get(name) == value for name, value in where.items())


def _expect_task(driver: Driver, step: Step) -> None:
    task = _task(driver, step)
    seen: dict[str, object] = {
        "assignee": task.assignee,
        "groups": sorted(task.groups),
        "users": sorted(task.users),
        "due": task.due,
        "follow_up": task.follow_up,
        "priority": task.priority,
        "form": task.form,
    }
    for name, wanted in step.extra.items():
        if name == "vars":
            _contains(driver.variables(task.element_key), _variables(step))
        elif seen[name] is not None or name != "form":
            _same(name, seen[name], sorted(wanted) if isinstance(wanted, list) else wanted)


def _contains(got: Mapping[str, object], wanted: Mapping[str, object]) -> None:
    for name, value in wanted.items():
        if name not in got:
            raise Unexpected(f"variable {name} is missing; there are {sorted(got)}")
        _same(f"variable {name}", got[name], value)


def _complete(driver: Driver, step: Step) -> None:
    driver.complete(_task(driver, step), _variables(step))


def _job(driver: Driver, step: Step) -> Job:
    for job in driver.jobs():
        if step.value in (job.type, job.element_id) and _fits(driver, job.element_key, step):
            return job
    raise Unexpected(f"no such job is open; there are {[job.type for job in driver.jobs()]}")


def _expect_jobs(driver: Driver, step: Step) -> None:
    wanted = step.value if isinstance(step.value, list) else [step.value]
    _same("open jobs", sorted(job.type for job in driver.jobs()), sorted(map(str, wanted)))


def _expect_job(driver: Driver, step: Step) -> None:
    job = _job(driver, step)
    if "retries" in step.extra:
        _same("retries", job.retries, step.extra["retries"])
    if "priority" in step.extra:
        _same("priority", job.priority, step.extra["priority"])
    if "headers" in step.extra:
        _same("headers", dict(job.headers), step.extra["headers"])
    _contains(driver.variables(job.element_key), _variables(step))


def _complete_job(driver: Driver, step: Step) -> None:
    driver.complete_job(_job(driver, step), _variables(step))


def _fail_job(driver: Driver, step: Step) -> None:
    retries = step.extra.get("retries", 0)
    assert isinstance(retries, int)
    driver.fail_job(_job(driver, step), retries, str(step.extra.get("message", "")))


def _job_error(driver: Driver, step: Step) -> None:
    code, message = str(step.extra["code"]), str(step.extra.get("message", ""))
    driver.job_error(_job(driver, step), code, message, _variables(step))


def _message(driver: Driver, step: Step) -> None:
    taken = driver.message(str(step.value), str(step.extra.get("key", "")), _variables(step))
    _same("somebody took the message", taken, not step.extra.get("lost", False))


def _publish(driver: Driver, step: Step) -> None:
    key, ttl = str(step.extra.get("key", "")), str(step.extra.get("ttl", "PT1H"))
    driver.publish(str(step.value), key, ttl, _variables(step))


def _expect_vars(driver: Driver, step: Step) -> None:
    assert isinstance(step.value, Mapping)
    _contains(driver.variables(), step.value)


def _expect_no_vars(driver: Driver, step: Step) -> None:
    assert isinstance(step.value, list)
    _same("leaked variables", sorted(set(step.value) & set(driver.variables())), [])


def _incident(driver: Driver, step: Step) -> Incident:
    for incident in driver.incidents():
        if incident.element_id == step.value:
            return incident
    there = [item.element_id for item in driver.incidents()]
    raise Unexpected(f"no incident there; there are {there}")


def _expect_incident(driver: Driver, step: Step) -> None:
    incident = _incident(driver, step)
    if "type" in step.extra:
        _same("type of the incident", incident.type, step.extra["type"])


def _expect_no_incident(driver: Driver, step: Step) -> None:
    _same("open incidents", [item.element_id for item in driver.incidents()], [])


def _resolve(driver: Driver, step: Step) -> None:
    incident = _incident(driver, step)
    if _variables(step):
        driver.set_variables(_variables(step), None)
    driver.resolve(incident)


def _set_vars(driver: Driver, step: Step) -> None:
    assert isinstance(step.value, Mapping)
    at = step.extra.get("at")
    element = next((task.element_key for task in driver.tasks() if task.element_id == at), None)
    driver.set_variables(step.value, element)


def _start(driver: Driver, step: Step) -> None:
    process = step.extra.get("process")
    values = step.value if isinstance(step.value, Mapping) else {}
    driver.start(str(process) if process else None, values)


def _expect_instances(driver: Driver, step: Step) -> None:
    wanted = step.value if isinstance(step.value, list) else [step.value]
    _same("instances", sorted(driver.instances()), sorted(str(item).upper() for item in wanted))


STEPS: dict[str, Callable[[Driver, Step], None]] = {
    "expect_tasks": _expect_tasks,
    "expect_task": _expect_task,
    "complete": _complete,
    "expect_jobs": _expect_jobs,
    "expect_job": _expect_job,
    "complete_job": _complete_job,
    "fail_job": _fail_job,
    "job_error": _job_error,
    "message": _message,
    "publish": _publish,
    "signal": lambda driver, step: driver.signal(str(step.value), _variables(step)),
    "advance": lambda driver, step: driver.advance(str(step.value)),
    "expect_vars": _expect_vars,
    "expect_no_vars": _expect_no_vars,
    "expect_incident": _expect_incident,
    "expect_no_incident": _expect_no_incident,
    "resolve": _resolve,
    "set_vars": _set_vars,
    "start": _start,
    "cancel": lambda driver, step: driver.cancel(),
    "expect_instances": _expect_instances,
}
