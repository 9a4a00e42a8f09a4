"""Reading the feed: a page after a position, bounded by what the actor may see.

The head is read first and no page looks beyond it; positions rise with the
commits, so a cursor never passes by an event that comes late. A page looks at
no more than a window of positions, however few of them the caller may see.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, bindparam, or_, select

from engine.domain.actors import Actor
from engine.domain.feed.records import FeedPage, FeedQuery
from engine.store.published import COLUMNS, SOURCE, published_of
from engine.store.tables import event, feed, feed_head, root
from engine.store.visibility import visible_to

WINDOW = 10_000
MAX_LIMIT = 1_000

_HEAD = select(feed_head.c.position).where(feed_head.c.id == 1)
_ROWS = (
    select(feed.c.position, *COLUMNS)
    .select_from(
        SOURCE.join(feed, (feed.c.root_key == event.c.root_key) & (feed.c.seq == event.c.seq))
    )
    .where(feed.c.position > bindparam("after"), feed.c.position <= bindparam("until"))
    .order_by(feed.c.position)
)


def events_after(connection: Connection, actor: Actor, query: FeedQuery) -> FeedPage:
    """The next page; its cursor moves on even when nothing was found."""
    head = int(connection.execute(_HEAD).scalar_one())
    limit = max(1, min(query.limit, MAX_LIMIT))
    until = min(head, query.after + WINDOW)
    if until <= query.after:
        return FeedPage(items=(), cursor=query.after, head=head)
    statement = _ROWS.where(visible_to(actor, root)).limit(limit)
    if query.types:
        statement = statement.where(or_(*(_named(name) for name in query.types)))
    rows = connection.execute(statement, {"after": query.after, "until": until}).all()
    items = tuple(published_of(row, row.position) for row in rows)
    cursor = items[-1].position if len(items) == limit else until
    return FeedPage(items=items, cursor=cursor, head=head)


def _named(name: str) -> ColumnElement[bool]:
    if name.endswith("*"):
        return event.c.type.startswith(name[:-1], autoescape=True)
    return event.c.type == name
