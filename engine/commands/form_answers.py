"""Answers of a task are checked against its form, from whichever door they come."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from engine.commands.context import Context
from engine.domain.records import TaskRecord
from engine.errors import InvalidInput
from engine.feel import Environment
from engine.forms import Form, compile_form
from engine.ports.runtime import Process


def checked_answers(
    task: TaskRecord, process: Process, answers: Mapping[str, object], context: Context
) -> Mapping[str, object]:
    """The answers as they will be stored; ``InvalidInput`` names each wrong field."""
    if task.form_id is None:
        return answers
    source = context.uow.definitions.form_source(
        task.form_id, task.form_binding, task.form_version_tag, task.definition
    )
    if source is None:
        raise InvalidInput(
            f"The form {task.form_id} of this task is not deployed.", code="form-not-deployed"
        )
    now = context.uow.now
    environment = Environment(now=lambda: now, zone=context.settings.zone)
    checked = _compiled(source).validate(answers, process.visible(task.element_key), environment)
    if checked.faults:
        raise InvalidInput("The form has faults.", checked.faults, code="form-invalid")
    return checked.values


@lru_cache(maxsize=512)
def _compiled(source: str) -> Form:
    return compile_form(source, "form")
