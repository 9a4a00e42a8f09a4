"""Borderless routing: who may receive, who decides, and why.

Support point, reception point and competent agency are three things. The
answer needs only the deciding facts and comes before anything is stored.
"""

from engine.domain.jurisdiction.atlas import Atlas, atlas_on
from engine.domain.jurisdiction.catalogue import Entry, Fact, Rule, entry_of, rule_of
from engine.domain.jurisdiction.resolver import Accepted, Refused, resolve
from engine.domain.jurisdiction.shown import described, in_language
from engine.domain.organisation import Agency

__all__ = [
    "Accepted",
    "Agency",
    "Atlas",
    "Entry",
    "Fact",
    "Refused",
    "Rule",
    "atlas_on",
    "described",
    "entry_of",
    "in_language",
    "resolve",
    "rule_of",
]
