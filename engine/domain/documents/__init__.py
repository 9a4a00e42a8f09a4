"""Papers of dossiers: what is kept of a file, which types are taken, what a component needs.

Pure rules. Names of files and reasons are personal and stand in rows only.
"""

from engine.domain.documents.components import (
    CHECKS,
    STATUSES,
    Component,
    is_settled,
    unsettled,
)
from engine.domain.documents.names import clean_name
from engine.domain.documents.record import (
    SOURCES,
    DocumentRecord,
    StoredBlob,
    UploadRecord,
)
from engine.domain.documents.sniff import ALLOWED, require_allowed, sniff

__all__ = [
    "ALLOWED",
    "CHECKS",
    "SOURCES",
    "STATUSES",
    "Component",
    "DocumentRecord",
    "StoredBlob",
    "UploadRecord",
    "clean_name",
    "is_settled",
    "require_allowed",
    "sniff",
    "unsettled",
]
