"""Faults name the place and the rule, and never what was submitted."""

from __future__ import annotations

from typing import Any

import pytest

from api.schemas.nouns.user_task import UserTaskSearch
from api.schemas.requests.tasks import TaskAssignment, TaskUpdate
from api.validation import require_valid
from engine.errors import InvalidInput

SECRET = "079123456789"  # looks like a citizen's number


def _faults(schema: Any, body: Any) -> dict[str, str]:
    with pytest.raises(InvalidInput) as caught:
        require_valid(schema, body)
    text = str(caught.value) + "".join(fault.sentence for fault in caught.value.faults)
    assert SECRET not in text
    return {fault.pointer: fault.code for fault in caught.value.faults}


def test_unknown_and_missing_names() -> None:
    assert _faults(TaskAssignment, {"asignee": SECRET}) == {
        "/asignee": "unknown-key",
        "/assignee": "missing",
    }


def test_a_wrong_value_deep_inside() -> None:
    body = {"changeset": {"dueDate": SECRET, "priority": 101, "candidateUsers": [SECRET, 1]}}

    assert _faults(TaskUpdate, body) == {
        "/changeset/dueDate": "format",
        "/changeset/priority": "value",
        "/changeset/candidateUsers/1": "type",
    }


def test_a_wrong_operand_of_a_filter() -> None:
    body = {"filter": {"state": {"$in": ["CREATED", SECRET]}, "$or": [{"name": {"$is": SECRET}}]}}

    assert _faults(UserTaskSearch, body) == {
        "/filter/state/$in/1": "choice",
        "/filter/$or/0/name/$is": "unknown-key",
    }


def test_a_name_with_a_slash_is_escaped() -> None:
    assert _faults(TaskAssignment, {"assignee": "x", "a/b~c": 1}) == {"/a~1b~0c": "unknown-key"}


def test_a_flood_of_faults_is_cut() -> None:
    body = {"assignee": "x", **{f"name{number}": 1 for number in range(500)}}

    with pytest.raises(InvalidInput) as caught:
        require_valid(TaskAssignment, body)

    assert len(caught.value.faults) <= 20
