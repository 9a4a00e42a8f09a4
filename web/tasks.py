"""The task page: taken on opening, its form, the dossier beside it, completed or given back.

A post says which revision of the task its page showed, so a second click, the
back button or another clerk never completes what somebody has not seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import quote

from flask import Blueprint, Response, request

from engine.commands.assign_task import AssignTask
from engine.commands.complete_task import CompleteTask
from engine.errors import Conflict, Forbidden, InvalidInput, PreconditionFailed, Rejected
from engine.feel import Environment
from engine.forms import FormFault, Settled
from engine.ports.engine import Engine
from web.doors import acting, machine_now, moment, signed_in, urgency
from web.forms import answers_of, changed_rows, drawn, first_answers
from web.forms.pieces import Piece, id_of
from web.render import page, see_other
from web.task_work import TaskWork, done_before, is_offered, read_dossier, read_task
from web.visitor import current


def add_routes(pages: Blueprint, engine: Engine) -> None:
    """``GET`` and ``POST /tasks/<key>``."""
    tasks = TaskPages(engine)
    pages.add_url_rule("/tasks/<int:key>", "task", tasks.open, methods=["GET"])
    pages.add_url_rule("/tasks/<int:key>", "task_post", tasks.post, methods=["POST"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the page tells about the last post: a key of the catalogue, faults at fields."""

    key: str = ""
    faults: tuple[tuple[str, str], ...] = ()
    at: Mapping[str, str] = field(default_factory=dict)


class TaskPages:
    """The views of one task."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @signed_in
    def open(self, key: int) -> Response:
        """The page; who may take the task takes it by opening, but not from another site."""
        actor, work = acting(), read_task(self._engine, acting(), key)
        ours = request.headers.get("Sec-Fetch-Site", "none") in {"same-origin", "none"}
        ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
        free = work.is_open and work.assignee is None and is_offered(work.row, actor)
        if free and ours and not ahead:
            work = self._take(work, override=False)
        return self._show(work, None, Said())

    @signed_in
    def post(self, key: int) -> Response:
        """Complete, give back, take, or draw the form again with what was typed."""
        work, do = read_task(self._engine, acting(), key), request.form.get("do", "complete")
        if not work.is_open:
            return self._show(work, None, Said(key="task.ended"), 409)
        if do == "take":
            return self._show(self._take(work, override=True), None, Said())
        if do == "release":
            return self._release(work)
        answers = self._answers(work)
        if work.form is not None and do != "complete":
            changed_rows(do, answers, self._settled(work, answers).placed)
            return self._show(work, answers, Said())
        return self._complete(work, answers)

    def _take(self, work: TaskWork, *, override: bool) -> TaskWork:
        actor = acting()
        command = AssignTask(
            key=work.key, assignee=actor.name, allow_override=override, action="claim"
        )
        # Somebody may have been faster: the page read again says who.
        with suppress(Conflict, Forbidden):
            self._engine.execute(command, actor)
        return read_task(self._engine, actor, work.key)

    def _release(self, work: TaskWork) -> Response:
        command = AssignTask(key=work.key, assignee=None, action="release", revision=_revision())
        try:
            self._engine.execute(command, acting())
        except (Conflict, Forbidden) as refusal:
            return self._refused(work, None, refusal)
        return see_other(_desk())

    def _complete(self, work: TaskWork, answers: dict[str, object]) -> Response:
        command = CompleteTask(key=work.key, variables=answers, revision=_revision())
        try:
            self._engine.execute(command, acting())
        except InvalidInput as refusal:
            return self._show(work, answers, _said(refusal), 400)
        except (Conflict, Forbidden) as refusal:
            return self._refused(work, answers, refusal)
        name = str(work.row["name"] or work.row["element_id"])
        return see_other(f"{_desk()}&done={quote(name)}")

    def _refused(
        self, work: TaskWork, answers: dict[str, object] | None, refusal: Rejected
    ) -> Response:
        # Read again: the page shows who holds it now, and the revision to go on with.
        again = read_task(self._engine, acting(), work.key)
        key = "task.changed" if isinstance(refusal, PreconditionFailed) else "task.refused"
        if again.assignee not in {None, acting().name}:
            key = "task.held"
        return self._show(again, answers, Said(key=key if again.is_open else "task.ended"), 409)

    def _answers(self, work: TaskWork) -> dict[str, object]:
        if work.form is None:
            return {}
        zone, language = self._engine.settings.zone, current().words.language
        return answers_of(work.form, request.form, zone, language)

    def _settled(self, work: TaskWork, answers: Mapping[str, object]) -> Settled:
        if work.form is None:
            raise ValueError("a task without a form has nothing to settle")
        env = Environment(now=machine_now, zone=self._engine.settings.zone)
        return work.form.settle(answers, work.context, env)

    def _pieces(
        self, work: TaskWork, answers: dict[str, object] | None, said: Said
    ) -> tuple[Piece, ...]:
        if work.form is None:
            return ()
        given = first_answers(work.form, work.context) if answers is None else answers
        return drawn(
            work.form,
            self._settled(work, given),
            work.context,
            errors=said.at,
            zone=self._engine.settings.zone,
            language=current().words.language,
            papers=work.papers,
        )

    def _show(
        self, work: TaskWork, answers: dict[str, object] | None, said: Said, status: int = 200
    ) -> Response:
        actor, zone, row = acting(), self._engine.settings.zone, work.row
        dossier = read_dossier(self._engine, actor, row["root_key"]) or {}
        due = row["due_at"] or dossier.get("committed_due_at")
        mine = work.is_open and work.assignee == actor.name
        before = done_before(self._engine, actor, row["root_key"])
        return page(
            "task.html",
            status,
            task=row,
            name=row["name"] or row["element_id"],
            said=said,
            mine=mine,
            held=work.is_open and work.assignee not in {None, actor.name},
            may_take=work.is_open and not mine and self._may_take(work),
            pieces=self._pieces(work, answers, said) if work.is_open else (),
            dossier=dossier,
            due=moment(due, zone),
            urgency=urgency(due, machine_now()),
            history=[(each, moment(each["completed_at"], zone)) for each in before],
            desk=_place(),
            back=_desk(),
        )

    def _may_take(self, work: TaskWork) -> bool:
        actor = acting()
        if actor.has("admin", "supervisor", "operator", "integrator"):
            return True
        return work.assignee is None and is_offered(work.row, actor)


def _said(refusal: InvalidInput) -> Said:
    language = current().words.language
    told = [
        (each.pointer, each.texts[language] if isinstance(each, FormFault) else each.sentence)
        for each in refusal.faults
    ]
    return Said(
        key="" if told else "task.refused",
        faults=tuple((_anchor(pointer), sentence) for pointer, sentence in told),
        at=dict(reversed(told)),
    )


def _anchor(pointer: str) -> str:
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    return id_of(tuple(steps))


def _revision() -> int | None:
    written = request.form.get("revision", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else None


def _place() -> str:
    return request.values.get("desk", "")[:1000]


def _desk() -> str:
    place = _place()
    # Only what the desk itself wrote into the address: no newline, no other page.
    clean = place.isascii() and place.isprintable() and "#" not in place
    return f"/desk?{place}" if place and clean else "/desk?tab=mine"
