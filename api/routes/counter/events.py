"""The event feed: what happened, in the order it was published, for who polls."""

from __future__ import annotations

import time
from typing import Any, Final

from flask import Response, request

from api.answers import answer
from api.calls import actor, engine, waiting_room
from api.door import Door
from api.query import CURSOR, cursor_of, position_of, whole, words
from api.schemas.events import Feed
from engine.domain.feed.catalogue import kinds, schema_of
from engine.domain.feed.cloudevents import cloud_event
from engine.domain.feed.records import FeedPage, FeedQuery
from engine.errors import InvalidInput, NotFound

door = Door("Events", __name__, url_prefix="/api/events")
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 1.0
NOW: Final = "now"
QUERY: Final[dict[str, dict[str, Any]]] = {
    "after": CURSOR | {"description": "endCursor of the page before; now = what comes from here."},
    "types": {
        "type": "string",
        "maxLength": 4000,
        "description": "Event types with commas; motcua.task.* means all that begin so.",
    },
    "limit": {"type": "integer", "minimum": 1, "maximum": 1000, "description": "Most items (100)."},
    "wait": {
        "type": "integer",
        "minimum": 0,
        "maximum": 60,
        "description": "Seconds to wait for the first item (0).",
    },
}


@door.operation("GET", "", query=QUERY, answers={200: Feed}, reads="event")
def read_events() -> Response:
    """Events after a cursor, as CloudEvents, at least once and in order per subject.

    A page looks at 10,000 events at most, so it may be empty and have more behind it.
    """
    asked = FeedQuery(
        after=_after(request.args.get("after")),
        types=words(request, "types", QUERY["types"]),
        limit=whole(request, "limit", QUERY["limit"], 100),
    )
    page = _read(asked, whole(request, "wait", QUERY["wait"], 0))
    items = [cloud_event(item, engine().settings.installation) for item in page.items]
    more = page.cursor < page.head
    return answer({"items": items, "page": {"endCursor": cursor_of(page.cursor), "hasMore": more}})


@door.operation(
    "GET", "/schemas/<event_type>", answers={200: "application/schema+json"}, fails=(404,)
)
def get_event_schema(event_type: str) -> Response:
    """The JSON Schema of a type's data."""
    if event_type not in kinds():
        raise NotFound("There is no such event type; docs/events.md lists them.")
    return answer(schema_of(event_type), media="application/schema+json")


def _after(text: str | None) -> int:
    if text is None:
        return 0
    head = engine().views.events_after(actor(), FeedQuery(limit=1)).head
    if text == NOW:
        return head
    position = position_of(text, "after")
    if position > head:
        raise InvalidInput(
            "The cursor is ahead of the feed: the database was restored to an earlier state. "
            "Begin without a cursor; ids tell what you have already.",
            code="cursor-ahead",
        )
    return position


def _read(asked: FeedQuery, seconds: int) -> FeedPage:
    def once(after: int) -> FeedPage:
        query = FeedQuery(after=after, types=asked.types, limit=asked.limit)
        return engine().views.events_after(actor(), query)

    page = once(asked.after)
    end, pause = time.monotonic() + seconds, FIRST_PAUSE
    with waiting_room().seat() as seated:
        while not page.items and seated and (left := end - time.monotonic()) > 0:
            if page.cursor == page.head:
                time.sleep(min(pause, left))
                pause = min(pause * 1.5, LONGEST_PAUSE)
            page = once(page.cursor)
    return page
