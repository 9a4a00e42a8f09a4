"""Answers of the event feed."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.fields import Document, Flag, Instant, Items, Text
from api.schemas.search import answer

CloudEvent = answer(
    "CloudEvent",
    {
        "specversion": Text(values=("1.0",), required=True),
        "id": Text(required=True, doc="The same in the feed and in every delivery of a webhook."),
        "source": Text(required=True),
        "type": Text(required=True, doc="Ends in the version of its schema."),
        "subject": Text(required=True, doc="Key of the root: process instance, dossier, day."),
        "time": Instant(required=True),
        "datacontenttype": Text(values=("application/json",), required=True),
        "dataschema": Text(required=True),
        "sequence": Text(required=True, doc="Orders the events of one subject."),
        "unit": Text(doc="Path of the unit the root belongs to."),
        "procedure": Text(),
        "process": Text(doc="Id of the root's process."),
        "data": Document(required=True),
    },
)

FeedPage = answer(
    "FeedPage",
    {
        "endCursor": Text(required=True, doc="Give it as after of the next call, always."),
        "hasMore": Flag(required=True, doc="More was published already: ask again at once."),
    },
)

Feed = answer(
    "Feed",
    {
        "items": Items(fields.Nested(CloudEvent), required=True),
        "page": fields.Nested(FeedPage, required=True),
    },
)
