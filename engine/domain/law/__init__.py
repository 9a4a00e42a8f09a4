"""Law as data: effective-dated rows of many kinds, read as one book."""

from engine.domain.law.book import LawBook, book_of
from engine.domain.law.row import SINCE_EVER, LawRow, latest

__all__ = ["SINCE_EVER", "LawBook", "LawRow", "book_of", "latest"]
