"""Reading: one search grammar over all nouns, bounded by what the actor may see."""

from engine.store.views.reader import SqlViews

__all__ = ["SqlViews"]
