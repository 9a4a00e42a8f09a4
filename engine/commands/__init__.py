"""One file per ability; the folder listing is the feature list.

Each file holds a command (a frozen dataclass) and its handler in three
paragraphs: guard, change, record. Handlers never commit.
"""
