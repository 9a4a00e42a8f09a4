"""User, service, script, decision tasks: what they ask for and what they leave."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from engine.domain.events import (
    ElementActivated,
    ElementCompleted,
    FlowTaken,
    InstanceCompleted,
    JobCreated,
    TaskCreated,
)
from engine.errors import Conflict, InvalidInput
from engine.ports.runtime import DecisionOutcome
from tests.unit.runtime.world import Driver, World, chain, process


def alone(element: str, **kwargs: object) -> Driver:
    """start, the element ``t``, end."""
    body = f'<startEvent id="s"/>{element}<endEvent id="e"/>' + chain("s", "t", "e")
    return Driver(process(body), **kwargs)  # type: ignore[arg-type]


def test_user_task_carries_assignment_schedule_form_and_headers() -> None:
    driver = alone(
        '<userTask id="t" name="Kiểm tra hồ sơ"><extensionElements>'
        '<zeebe:assignmentDefinition assignee="=người" candidateUsers="x, y"'
        ' candidateGroups="=[&quot;a&quot;, &quot;b&quot;]"/>'
        '<zeebe:taskSchedule dueDate="=hạn" followUpDate="2026-02-01T08:00:00"/>'
        '<zeebe:priorityDefinition priority="=40 + 7"/><zeebe:formDefinition formId="f1"'
        ' bindingType="versionTag" versionTag="v2"/><zeebe:taskHeaders><zeebe:header key="k"'
        ' value="v"/></zeebe:taskHeaders></extensionElements></userTask>',
        variables={"người": "Lan", "hạn": "2026-01-31"},
    )

    (task,) = driver.of(TaskCreated)
    assert task.name == "Kiểm tra hồ sơ"
    assert (task.assignee, task.candidate_groups, task.candidate_users) == (
        "Lan",
        ("a", "b"),
        ("x", "y"),
    )
    assert task.due_at == datetime(2026, 1, 30, 17, 0, tzinfo=UTC)
    assert task.follow_up_at == datetime(2026, 2, 1, 1, 0, tzinfo=UTC)
    assert (task.priority, task.form_id, task.form_binding, task.form_version_tag) == (
        47,
        "f1",
        "versionTag",
        "v2",
    )
    assert task.headers == {"k": "v"}


@pytest.mark.parametrize(
    ("owner", "groups", "users"),
    [
        ("", ("Một cửa, tầng 1",), ()),
        ("<potentialOwner><resourceRef>r</resourceRef></potentialOwner>", ("Lãnh đạo",), ()),
        (
            "<potentialOwner><resourceAssignmentExpression><formalExpression>"
            "group(g1), user(u1), g2</formalExpression>"
            "</resourceAssignmentExpression></potentialOwner>",
            ("g1", "g2"),
            ("u1",),
        ),
    ],
)
def test_candidates_without_extension(
    owner: str, groups: tuple[str, ...], users: tuple[str, ...]
) -> None:
    body = (
        '<laneSet id="ls"><lane id="l" name="Một cửa, tầng 1"><flowNodeRef>t</flowNodeRef></lane>'
        f'</laneSet><startEvent id="s"/><userTask id="t">{owner}</userTask>' + chain("s", "t")
    )
    driver = Driver(process(body, extra='<resource id="r" name="Lãnh đạo"/>'))

    (task,) = driver.of(TaskCreated)
    assert (task.candidate_groups, task.candidate_users) == (groups, users)


def test_service_task_waits_for_its_job() -> None:
    driver = alone(
        '<serviceTask id="t"><extensionElements>'
        '<zeebe:taskDefinition type="=&quot;pay-&quot; + kind" retries="5"/>'
        '<zeebe:taskHeaders><zeebe:header key="a" value="1"/></zeebe:taskHeaders>'
        "</extensionElements></serviceTask>",
        variables={"kind": "card"},
    )

    (job,) = driver.of(JobCreated)
    assert (job.type, job.retries, job.headers) == ("pay-card", 5, {"a": "1"})
    driver.complete("t", paid=True)
    assert driver.finished
    assert driver.value("paid") is True


def test_script_keeps_every_digit() -> None:
    driver = alone(
        '<scriptTask id="t"><extensionElements><zeebe:script expression="=a + 0.1"'
        ' resultVariable="b"/></extensionElements></scriptTask>',
        variables={"a": Decimal("12345678901234567890.2")},
    )

    assert driver.finished
    assert driver.value("b") == Decimal("12345678901234567890.3")


def test_standard_script_spreads_a_context() -> None:
    driver = alone(
        "<scriptTask id='t'><script>{x: 1, y: date(\"2026-01-31\")}</script></scriptTask>"
    )

    assert (driver.value("x"), driver.value("y")) == (1, "2026-01-31")


def test_business_rule_asks_the_decision() -> None:
    world = World()
    world.decisions["fee"] = lambda context: DecisionOutcome(value={"fee": context["pages"]})
    driver = alone(
        '<businessRuleTask id="t"><extensionElements><zeebe:calledDecision decisionId="fee"'
        ' resultVariable="r"/></extensionElements></businessRuleTask>',
        variables={"pages": 3},
        world=world,
    )

    assert driver.value("r") == {"fee": 3}


def test_missing_decision_is_an_incident_and_can_be_retried() -> None:
    driver = alone(
        '<businessRuleTask id="t"><extensionElements><zeebe:calledDecision decisionId="fee"'
        ' resultVariable="r"/></extensionElements></businessRuleTask>'
    )
    (incident,) = driver.incidents.values()
    assert incident.error_type == "DECISION_EVALUATION_ERROR"

    driver.world.decisions["fee"] = lambda context: DecisionOutcome(value=7)
    driver.retry("t")

    assert driver.finished
    assert driver.value("r") == 7
    assert not driver.incidents


@pytest.mark.parametrize("tag", ["task", "manualTask"])
def test_none_and_manual_tasks_pass(tag: str) -> None:
    assert alone(f'<{tag} id="t"/>').path() == ["s", "t", "e", "p"]


def test_every_element_is_in_the_journal() -> None:
    driver = alone('<task id="t"/>')

    kinds = [(e.element_id, e.element_type) for e in driver.of(ElementActivated)]
    assert kinds == [("p", "PROCESS"), ("s", "START_EVENT"), ("t", "TASK"), ("e", "END_EVENT")]
    assert [e.flow_id for e in driver.of(FlowTaken)] == ["s_t", "t_e"]
    assert len(driver.of(ElementCompleted)) == 4
    assert len(driver.of(InstanceCompleted)) == 1


def test_a_result_is_taken_once() -> None:
    driver = alone('<userTask id="t"/>')
    (key,) = driver.tasks
    driver.complete("t", done=1)

    assert driver.finished
    with pytest.raises(AssertionError):
        driver.complete("t")
    two = Driver(
        process('<startEvent id="s"/><userTask id="t"/><userTask id="u"/>' + chain("s", "t", "u"))
    )
    (key,) = two.tasks
    two.complete("t")
    with pytest.raises(Conflict):
        two._run(lambda p: p.submit(key, {}))


def test_not_a_number_is_refused_before_anything_is_written() -> None:
    driver = alone('<userTask id="t"/>')
    (key,) = driver.tasks

    with pytest.raises(InvalidInput, match="finite"):
        driver._run(lambda p: p.submit(key, {"a": 1, "b": float("nan")}))
    assert driver.open() == ["t"]


def test_typename_and_nfd_are_ordinary() -> None:
    driver = alone('<userTask id="t"/>')
    driver.complete("t", typename={"typename": "UUID"}, ten="Hồ sơ")

    assert driver.value("typename") == {"typename": "UUID"}
    assert driver.value("ten") == "Hồ sơ"
