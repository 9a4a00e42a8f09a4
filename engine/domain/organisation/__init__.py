"""Units of the two tiers, agencies and reception points, as data with validity."""

from engine.domain.organisation.agencies import Agency, all_agencies, find_agency
from engine.domain.organisation.check import check_organisation
from engine.domain.organisation.points import ReceptionPoint, all_points, find_point
from engine.domain.organisation.succession import (
    Former,
    Step,
    former_units,
    present_units,
    successors,
)
from engine.domain.organisation.units import Unit, Units, units_of

__all__ = [
    "Agency",
    "Former",
    "ReceptionPoint",
    "Step",
    "Unit",
    "Units",
    "all_agencies",
    "all_points",
    "check_organisation",
    "find_agency",
    "find_point",
    "former_units",
    "present_units",
    "successors",
    "units_of",
]
