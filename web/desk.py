"""The desk: open tasks the signed-in clerk holds or may take, over all procedures.

Statements per page do not grow with its rows: counts of the tabs, one page of
tasks, one page of their dossiers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from engine.domain.actors import Actor
from engine.domain.text import fold, nfc
from engine.errors import InvalidInput
from engine.ports.engine import Engine
from engine.ports.views import Condition, Page, Query
from web.doors import acting, machine_now, moment, signed_in, urgency
from web.render import page

PAGE: Final = 25
SOON: Final = timedelta(hours=48)
TABS: Final = ("mine", "group", "soon", "overdue", "others")
_SORT: Final = (("deadline", "asc"), ("key", "asc"))


def add_routes(pages: Blueprint, engine: Engine) -> None:
    """``GET /desk``."""
    pages.add_url_rule("/desk", "desk", Desk(engine).show)


class Desk:
    """The page of open tasks."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @signed_in
    def show(self) -> Response:
        """One tab of the desk, searched and paged as the address says."""
        actor, now = acting(), machine_now()
        words = nfc(request.args.get("q", "").strip())[:100]
        counts = {tab: self._count(actor, tab, words, now) for tab in TABS}
        wanted = request.args.get("tab", "")
        tab = wanted if wanted in TABS else _first(counts)
        found = self._page(actor, tab, words, now)
        return page(
            "desk.html",
            tab=tab,
            counts=counts,
            words=words,
            rows=self._rows(actor, found, now),
            links=self._links(actor, tab, words, now, found),
            notice=request.args.get("done", ""),
            place=urlencode(_address(tab, words, **_cursor())),
            address=lambda to: f"/desk?{urlencode(_address(to, words))}",
        )

    def _count(self, actor: Actor, tab: str, words: str, now: datetime) -> int:
        query = Query(where=_where(actor, tab, now), any_of=_ways(words), limit=0)
        return self._engine.views.search("user_task", actor, query).total

    def _page(self, actor: Actor, tab: str, words: str, now: datetime) -> Page:
        query = Query(
            where=_where(actor, tab, now),
            any_of=_ways(words),
            sort=_SORT,
            limit=PAGE,
            **_cursor(),  # type: ignore[arg-type]  # after and before, both text
        )
        try:
            return self._engine.views.search("user_task", actor, query)
        except InvalidInput:
            # An old or mangled cursor: the first page is better than an error.
            first = Query(where=query.where, any_of=query.any_of, sort=_SORT, limit=PAGE)
            return self._engine.views.search("user_task", actor, first)

    def _rows(self, actor: Actor, found: Page, now: datetime) -> list[dict[str, object]]:
        roots = sorted({int(str(row["root_key"])) for row in found.items})
        where = (Condition(field="key", op="in", value=roots),)
        dossiers: dict[object, Mapping[str, object]] = {}
        if roots:
            seen = self._engine.views.search("dossier", actor, Query(where=where, limit=PAGE + 1))
            dossiers = {each["key"]: each for each in seen.items}
        return [self._row(row, dossiers.get(row["root_key"], {}), now) for row in found.items]

    def _row(
        self, row: Mapping[str, object], dossier: Mapping[str, object], now: datetime
    ) -> dict[str, object]:
        due = row["due_at"] or dossier.get("committed_due_at")
        return {
            "key": row["key"],
            "name": row["name"] or row["element_id"],
            "code": row["dossier_code"] or row["business_id"] or "",
            "procedure": row["process_name"],
            "applicant": dossier.get("applicant_name") or "",
            "assignee": row["assignee"],
            "due": moment(due, self._engine.settings.zone),
            "urgency": urgency(due, now),
        }

    def _links(
        self, actor: Actor, tab: str, words: str, now: datetime, found: Page
    ) -> dict[str, str]:
        links = {}
        for name, cursor in (("before", found.start_cursor), ("after", found.end_cursor)):
            # Only a cursor in the address, or a full page, can have something beyond it.
            full = name == "after" and len(found.items) == PAGE
            if cursor is None or not (_cursor() or full):
                continue
            query = Query(
                where=_where(actor, tab, now),
                any_of=_ways(words),
                sort=_SORT,
                limit=1,
                **{name: cursor},  # type: ignore[arg-type]  # after or before, a text
            )
            if self._engine.views.search("user_task", actor, query).items:
                links[name] = f"/desk?{urlencode(_address(tab, words, **{name: cursor}))}"
        return links


def _first(counts: Mapping[str, int]) -> str:
    return "mine" if counts["mine"] or not counts["group"] else "group"


def _where(actor: Actor, tab: str, now: datetime) -> tuple[Condition, ...]:
    open_ = Condition(field="state", op="eq", value="CREATED")
    mine = Condition(field="assignee", op="eq", value=actor.name)
    held = Condition(field="assignee", op="exists", value=True)
    if tab == "mine":
        return open_, mine
    if tab == "group":
        groups = Condition(field="candidate_group", op="in", value=list(actor.groups))
        free = Condition(field="assignee", op="exists", value=False)
        # Who belongs to no group oversees: everything free that they see.
        return (open_, free, groups) if actor.groups else (open_, free)
    if tab == "others":
        return open_, held, Condition(field="assignee", op="neq", value=actor.name)
    late = Condition(field="deadline", op="lt", value=now)
    if tab == "overdue":
        return open_, late
    until = Condition(field="deadline", op="lt", value=now + SOON)
    return open_, Condition(field="deadline", op="gte", value=now), until


def _ways(words: str) -> tuple[tuple[Condition, ...], ...]:
    """Code, applicant's name with or without marks, or the task's name."""
    text = words.replace("*", " ").replace("?", " ").replace("\0", "").strip()
    if not text:
        return ()
    return (
        (Condition(field="dossier_code", op="like", value=f"*{text.upper()}*"),),
        (Condition(field="applicant", op="like", value=f"*{fold(text)}*"),),
        (Condition(field="name", op="like", value=f"*{text}*"),),
    )


def _cursor() -> dict[str, str]:
    for name in ("after", "before"):
        if value := request.args.get(name):
            return {name: value}
    return {}


def _address(tab: str, words: str, **cursor: str) -> dict[str, str]:
    return {"tab": tab, **({"q": words} if words else {}), **cursor}
