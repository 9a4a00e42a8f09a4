"""A whole installation as a folder of files, and back: rows, blobs, checksums.

The same on SQLite and PostgreSQL, so a backup of one restores into the other.
"""

from engine.store.backup.load import restore
from engine.store.backup.manifest import Manifest
from engine.store.backup.save import backup

__all__ = ["Manifest", "backup", "restore"]
