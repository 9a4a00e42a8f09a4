"""Borderless routing: who may receive, who decides, and why.

Support point, reception point and competent agency are three things. The
answer needs only the deciding facts and comes before anything is stored.
"""

from engine.domain.jurisdiction.catalogue import Entry, Fact, Rule, Scope
from engine.domain.jurisdiction.resolver import Accepted, Agency, Atlas, Refused, resolve

__all__ = ["Accepted", "Agency", "Atlas", "Entry", "Fact", "Refused", "Rule", "Scope", "resolve"]
