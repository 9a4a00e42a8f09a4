"""Bodies that change user tasks."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.fields import Document, Flag, Instant, Items, Text, Whole
from api.schemas.search import request

_ACTION = Text(most=100, nullable=True, doc="A word for the history; 'assign' and so on if absent.")
_NAMES = Items(Text(least=1, most=200), most=200, nullable=True)

TaskCompletion = request(
    "UserTaskCompletion",
    {"variables": Document(nullable=True, doc="The answers."), "action": _ACTION},
)

TaskAssignment = request(
    "UserTaskAssignment",
    {
        "assignee": Text(least=1, most=200, required=True),
        "allowOverride": Flag(nullable=True, doc="false: only while nobody else holds it (true)."),
        "action": _ACTION,
    },
)

Changeset = request(
    "UserTaskChangeset",
    {
        "dueDate": Instant(nullable=True),
        "followUpDate": Instant(nullable=True),
        "candidateUsers": _NAMES,
        "candidateGroups": _NAMES,
        "priority": Whole(least=0, most=100, nullable=True),
    },
    null_means=frozenset({"dueDate", "followUpDate", "candidateUsers", "candidateGroups"}),
)

TaskUpdate = request(
    "UserTaskUpdate",
    {"changeset": fields.Nested(Changeset, allow_none=True), "action": _ACTION},
)
