"""Rows of law in files: ``processes/_law/**`` as YAML or CSV."""

from engine.packages.law.files import read_book, read_law

__all__ = ["read_book", "read_law"]
