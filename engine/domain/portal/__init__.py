"""The national portal: what is told to it, in which shape, and how both sides are compared.

The shape follows public descriptions of the portal's service; the true
specification comes with the approval of a connection, so names and formats
stand here alone.
"""

from engine.domain.portal.message import PortalMessage, dossier_body, progress_body
from engine.domain.portal.reconciliation import Difference, Theirs, differences

__all__ = [
    "Difference",
    "PortalMessage",
    "Theirs",
    "differences",
    "dossier_body",
    "progress_body",
]
